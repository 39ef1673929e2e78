import Audit
import Hashing
public import Linux
import Spool

extension Claim {
    /// What became of a producer's file whose copy is in the spool.
    enum Released {
        /// It is gone, or is another file by now, and that is on record.
        case gone
        /// It lies under our hidden name, to be looked at again. The claim stays open.
        case lingers(Lingering)
        /// It couldn't be removed. The claim stays open.
        case stays(SystemError)

        var error: SystemError? { if case .stays(let error) = self { error } else { nil } }
        var lingering: Lingering? { if case .lingers(let lingering) = self { lingering } else { nil } }
    }

    /// Removes the producer's file, whose copy is in the spool, and records that. A file that isn't the one that was copied stays, and one that
    /// somebody may still write to unseen is kept under a hidden name.
    /// - Parameter name: nil when the file is known to be gone, and only that has to be recorded.
    static func release(
        _ submission: Submission, _ name: FileName?, marker: ReadyFile.Marker?, in inbox: borrowing Directory, _ isNetworkMount: Bool,
        _ spool: Spool
    ) -> Released {
        do throws(SystemError) {
            if let name, let status = try inbox.statusIfPresent(name),
                try isOriginal(of: submission, name, status, isRenamed: false, in: inbox)
            {
                // The marker first: one without its file would vouch for the next delivery of this name.
                if let marker { try remove(marker, in: inbox) }
                let lingers = try isUnguarded(name, status, in: inbox, isNetworkMount)
                try setAside(name, of: submission, in: inbox)
                if try settleAside(name, of: submission, in: inbox, keeping: lingers) {
                    try inbox.sync()
                    return .lingers(Lingering(submission, in: inbox.path))
                }
            }
            try inbox.sync()
        } catch { return .stays(error) }
        spool.ledger.enqueue([submission.claimed])
        return .gone
    }

    private static func remove(_ marker: ReadyFile.Marker, in inbox: borrowing Directory) throws(SystemError) {
        if let status = try inbox.statusIfPresent(marker.name), status.isUnchanged(since: marker.status) { try inbox.unlink(marker.name) }
    }

    /// Whether somebody may be writing to the file: on a network or FUSE mount, where a lease says nothing of writers elsewhere even when it is
    /// given, and wherever it isn't given.
    static func isUnguarded(
        _ name: some EntryName, _ status: FileStatus, in inbox: borrowing Directory, _ isNetworkMount: Bool
    ) throws(SystemError) -> Bool {
        // What isn't a file has no writers.
        guard status.kind == .regular else { return false }
        if isNetworkMount { return true }
        if try inbox.descriptor.fileSystem() != .local { return true }
        do throws(SystemError) { return try inbox.open(name).writers() != .none } catch {
            // Gone or exchanged in this moment: what comes after looks again.
            if error.isNotFound || error.isSymbolicLink { return false }
            throw error
        }
    }

    // MARK: Knowing the file again

    /// Whether an entry is the producer's file that was copied, with nothing written to it since.
    ///
    /// Size and times must be the same. Then the same inode on the same device is the same file. Where it isn't, devices or inodes may only have been
    /// numbered anew, and the content decides: of the same bytes there is a copy in the spool, whatever file they are in. An entry that was
    /// refused without being read has no digest, and there the inode's number has to do.
    static func isOriginal(
        of submission: Submission, _ name: some EntryName, _ status: FileStatus, isRenamed: Bool, in inbox: borrowing Directory
    ) throws(SystemError) -> Bool {
        let origin = submission.origin
        guard origin.agrees(with: status, isRenamed: isRenamed) else { return false }
        if origin.isSameInode(in: status) { return true }
        if submission.sha256.isEmpty { return status.inode == origin.inode }
        guard status.kind == .regular else { return false }
        return try sha256(of: inbox.open(name)) == submission.sha256
    }

    /// The SHA-256 of a file from its read position to its end, in hexadecimal. Blocking.
    public static func sha256(of file: borrowing Descriptor) throws(SystemError) -> String {
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while case let count = try file.read(into: &buffer), count > 0 {
            hash.update(count == buffer.count ? buffer : Array(buffer[..<count]))
        }
        return hash.finish().hexadecimal
    }

    // MARK: Aside

    static func asideName(_ id: SubmissionID) -> String { Intake.ownPrefix + id.text }

    /// Between a look at a name and its removal, the producer may put a new file there. So the name is changed first, and what then is under
    /// the new name can't be exchanged any more.
    private static func setAside(_ name: FileName, of submission: Submission, in inbox: borrowing Directory) throws(SystemError) {
        do { try inbox.renameToOwnName(name, to: inbox, as: asideName(submission.id)) } catch { if !error.isNotFound { throw error } }
    }

    /// Removes what lies aside when it is the file that was copied, or keeps it; gives it its name back when it is a later delivery.
    /// - Returns: whether it is kept.
    static func settleAside(
        _ name: some EntryName, of submission: Submission, in inbox: borrowing Directory, keeping: Bool
    ) throws(SystemError) -> Bool {
        let aside = asideName(submission.id)
        guard let status = try inbox.statusIfPresent(aside) else { return false }
        if try isOriginal(of: submission, aside, status, isRenamed: true, in: inbox) {
            if !keeping { try inbox.unlink(aside) }
            return keeping
        }
        do { try inbox.renameNoReplace(aside, to: inbox, as: name) } catch {
            guard error.isAlreadyThere || error.isNotSupported else { throw error }
            // A third delivery has taken the name, or could take it unseen: the second gets one of its own, and both are taken.
            try inbox.renameToOwnName(aside, to: inbox, as: "\(submission.id)-\(submission.name)")
        }
        return false
    }
}
