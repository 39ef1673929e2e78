import Audit
import Linux
import Spool

extension Claim {
    /// Removes the producer's file, whose copy is in the spool, and records that. A file that isn't the one that was copied stays.
    /// - Parameter name: nil when the file is known to be gone, and only that has to be recorded.
    /// - Returns: why the file is still there; nil when it isn't.
    static func release(
        _ submission: Submission, _ name: FileName?, marker: ReadyFile.Marker?, in inbox: borrowing Directory, _ spool: Spool
    ) -> SystemError? {
        do throws(SystemError) {
            if let name, let status = try inbox.statusIfPresent(name), submission.origin.isUntouched(in: status) {
                // The marker first: one without its file would vouch for the next delivery of this name.
                if let marker { try remove(marker, in: inbox) }
                try remove(name, of: submission, in: inbox)
            }
            try inbox.sync()
        } catch { return error }
        spool.ledger.enqueue([submission.claimed])
        return nil
    }

    private static func remove(_ marker: ReadyFile.Marker, in inbox: borrowing Directory) throws(SystemError) {
        if let status = try inbox.statusIfPresent(marker.name), status.isUnchanged(since: marker.status) { try inbox.unlink(marker.name) }
    }

    /// Between a look at a name and its removal, the producer may put a new file there. So the name is changed first, and what then is under
    /// the new name can't be exchanged any more.
    private static func remove(_ name: FileName, of submission: Submission, in inbox: borrowing Directory) throws(SystemError) {
        let aside = asideName(submission.id)
        do { try inbox.renameNoReplace(name, to: inbox, as: aside) } catch {
            if error.isNotFound { return }
            // FUSE and some network file systems have no rename without replacing.
            guard error.isNotSupported else { throw error }
            return try inbox.unlink(name)
        }
        try settleAside(name, of: submission, in: inbox)
    }

    /// Removes what lies aside when it is the file that was copied; gives it its name back when it is a later delivery.
    static func settleAside(_ name: some EntryName, of submission: Submission, in inbox: borrowing Directory) throws(SystemError) {
        let aside = asideName(submission.id)
        guard let status = try inbox.statusIfPresent(aside) else { return }
        if submission.origin.isSameContent(in: status) { return try inbox.unlink(aside) }
        do { try inbox.renameNoReplace(aside, to: inbox, as: name) } catch {
            guard error.isAlreadyThere else { throw error }
            // A third delivery has taken the name: the second gets one of its own, and both are taken.
            try inbox.renameNoReplace(aside, to: inbox, as: "\(submission.id)-\(submission.name)")
        }
    }

    static func asideName(_ id: SubmissionID) -> String { Intake.ownPrefix + id.text }
}
