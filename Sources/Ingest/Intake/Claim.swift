public import Linux
public import Spool

/// Taking files out of inboxes. Whatever stops it, wherever, a file is in the inbox, in the spool, or in both with the same bytes.
///
/// Blocking. Safe from any thread, as long as each entry is taken by one at a time and `recover` runs alone.
public enum Claim {
    /// What became of an entry that was taken.
    public struct Taken: Sendable {
        public let submission: Submission
        /// Why the producer's file is still in the inbox although its copy is in the spool; nil when it is gone, as it should be.
        /// `Intake.leaveAlone` keeps it from being taken again; the next start tries to remove it once more.
        public let leftBehind: SystemError?
        /// The producer's file where it has to be watched for a while before it goes; nil elsewhere.
        public let lingering: Lingering?
    }

    /// The source's settings as of the claim, in the submission's directory.
    public static let profileFileName = "profile.toml"

    /// Takes a file into the spool: a copy, hashed on the way and on disk; then the record; then the move into `ingest`; and only then is the
    /// producer's file removed, if it is still the one that was copied. Where a lease can't tell whether somebody still writes to it, it is
    /// kept for a while under a hidden name instead (`Lingering`).
    /// - Parameters:
    ///   - profile: the bytes of the source's settings in force, kept beside the original.
    ///   - isNetworkMount: the source's settings say that the inbox is one.
    public static func take(
        _ file: ReadyFile, into spool: Spool, profile: [UInt8], isNetworkMount: Bool = false
    ) throws(ClaimError) -> Taken {
        let inbox = try filing { () throws(SystemError) in try Directory(file.inbox) }
        let submission = try copy(file, from: inbox, into: spool) { (arrival) throws(SystemError) in
            try arrival.write(profileFileName, profile)
        }
        try spooling { () throws(SpoolError) in
            try spool.move(submission.id, from: .tmp, to: .ingest, digest: submission.sha256, with: [submission.received])
        }
        let released = release(submission, file.entry.name, marker: file.marker, in: inbox, isNetworkMount, spool)
        return Taken(submission: submission, leftBehind: released.error, lingering: released.lingering)
    }

    /// Makes the submission's directory in `tmp` and puts it on disk, or leaves nothing behind.
    static func copy(
        _ file: ReadyFile, from inbox: borrowing Directory, into spool: Spool, as knownID: SubmissionID? = nil,
        adding addFiles: (borrowing Arrival) throws(SystemError) -> Void
    ) throws(ClaimError) -> Submission {
        let producer = try open(file, in: inbox)
        let arrival = try filing { () throws(SystemError) in try Arrival(in: spool, as: knownID) }
        do throws(ClaimError) {
            let submission = try fill(arrival, file, producer)
            try filing { () throws(SystemError) in
                try arrival.write(Submission.fileName, submission.bytes)
                try addFiles(arrival)
                try arrival.sync()
            }
            return submission
        } catch {
            arrival.discard()
            throw error
        }
    }

    private static func open(_ file: ReadyFile, in inbox: borrowing Directory) throws(ClaimError) -> Descriptor {
        do throws(SystemError) {
            let producer = try inbox.open(file.entry.name)
            let status = try producer.status()
            if status.kind == .regular, status.links == 1, status.isUnchanged(since: file.status) { return producer }
        } catch { if !error.isNotFound && !error.isSymbolicLink { throw .system(error) } }
        throw .changed(file.entry)
    }

    private static func fill(
        _ arrival: borrowing Arrival, _ file: ReadyFile, _ producer: borrowing Descriptor
    ) throws(ClaimError) -> Submission {
        let receivedAt = Timestamp.now()
        let (sha256, size): (String, Int)
        let after: FileStatus
        do throws(SystemError) {
            (sha256, size) = try arrival.copyOriginal(producer, as: file.name, limit: file.status.size)
            after = try producer.status()
        } catch { throw .system(error) }
        guard size == file.status.size, after.isUnchanged(since: file.status) else { throw .changed(file.entry) }
        if let expected = file.marker?.sha256, expected != sha256 {
            throw .checksum(file.entry, expected: expected, actual: sha256)
        }
        return Submission(
            id: arrival.id, source: file.entry.source, name: file.name, receivedAt: receivedAt, origin: Submission.Origin(file.status),
            sha256: sha256)
    }
}
