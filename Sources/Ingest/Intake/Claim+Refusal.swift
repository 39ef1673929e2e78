import Linux
public import Spool

extension Claim {
    /// What became of an entry that was refused.
    public enum Refused: Sendable {
        /// It lies in `rejected`, on record, under `original` of this submission.
        case kept(Submission)
        /// It couldn't be moved out of the inbox; `reason` is the rest of a sentence that begins with the entry's name. Nothing is on record of
        /// it, or the record of `submission` is open, which `complete` ends. `Intake.leaveAlone` keeps it from being refused over and over.
        case blocked(reason: String, submission: SubmissionID?)
    }

    /// A refused file that has to be copied, because the inbox lies on another file system, is copied up to this size. Bytes.
    static let maximumCopiedBytes = 64 << 20

    /// Puts a refused entry aside into `rejected`: the entry itself, by rename, so that links aren't followed, pipes aren't opened and
    /// nothing is copied. From an inbox on another file system, a regular file is copied when it is small.
    public static func refuse(_ refused: RefusedEntry, into spool: Spool) throws(ClaimError) -> Refused {
        let inbox = try filing { () throws(SystemError) in try Directory(refused.inbox) }
        let (status, home) = try filing { () throws(SystemError) in
            (try inbox.statusIfPresent(refused.entry.name), try Directory(spool.path(.rejected)).descriptor.status().device)
        }
        guard let status, status.isUnchanged(since: refused.status) else { throw .changed(refused.entry) }
        return status.device == home ? try rename(refused, from: inbox, into: spool) : try copyAcross(refused, from: inbox, into: spool)
    }

    /// The record comes first. A crash between it and the rename leaves an open receipt, by which `recover` makes the rename.
    private static func rename(
        _ refused: RefusedEntry, from inbox: borrowing Directory, into spool: Spool
    ) throws(ClaimError) -> Refused {
        guard refused.status.kind != .directory || inbox.mayChange(directory: refused.entry.name) else {
            return .blocked(reason: "is a directory that ecocd may not write to, so it can't be moved out of the inbox", submission: nil)
        }
        let refusal = Refusal(refused.finding)
        let submission = try filing { () throws(SystemError) in try prepare(refused, refusal, in: spool) }
        try record(submission, refusal, in: spool)
        do throws(SystemError) { try putAside(refused.entry.name, of: submission, from: inbox, in: .rejected, spool) } catch {
            return .blocked(reason: "is on record as refused but couldn't be moved out of the inbox: \(error)", submission: submission.id)
        }
        return .kept(submission)
    }

    private static func prepare(_ refused: RefusedEntry, _ refusal: Refusal, in spool: Spool) throws(SystemError) -> Submission {
        let arrival = try Arrival(in: spool)
        let submission = Submission(
            id: arrival.id, source: refused.entry.source, name: storedName(refused.entry.name), receivedAt: .now(),
            origin: Submission.Origin(refused.status), sha256: "")
        do throws(SystemError) {
            try arrival.write(Submission.fileName, submission.bytes)
            try arrival.write(Refusal.fileName, refusal.bytes)
            try arrival.sync()
        } catch {
            arrival.discard()
            throw error
        }
        return submission
    }

    private static func record(_ submission: Submission, _ refusal: Refusal, in spool: Spool) throws(ClaimError) {
        try spooling { () throws(SpoolError) in
            try spool.move(
                submission.id, from: .tmp, to: .rejected, digest: submission.sha256,
                with: [submission.received, refusal.rejected(submission.id)])
        }
    }

    /// Moves the entry itself to the place of the original, and records that.
    static func putAside(
        _ name: FileName, of submission: Submission, from inbox: borrowing Directory, in stage: Stage, _ spool: Spool
    ) throws(SystemError) {
        let original = try spool.open(submission.id, in: stage).openDirectory(Submission.originalFolder)
        try inbox.renameNoReplace(name, to: original, as: submission.name)
        try original.sync()
        try inbox.sync()
        spool.ledger.enqueue([submission.claimed])
    }

    private static func copyAcross(
        _ refused: RefusedEntry, from inbox: borrowing Directory, into spool: Spool
    ) throws(ClaimError) -> Refused {
        guard refused.status.kind == .regular, refused.status.links == 1, refused.status.size <= maximumCopiedBytes else {
            return .blocked(
                reason:
                    "is refused but stays: its inbox lies on another file system, and only small regular files can be copied from there",
                submission: nil)
        }
        let file = ReadyFile(
            entry: refused.entry, inbox: refused.inbox, name: storedName(refused.entry.name), status: refused.status, marker: nil)
        let refusal = Refusal(refused.finding)
        let submission = try copy(file, from: inbox, into: spool) { (arrival) throws(SystemError) in
            try arrival.write(Refusal.fileName, refusal.bytes)
        }
        try record(submission, refusal, in: spool)
        if let error = release(submission, refused.entry.name, marker: nil, in: inbox, spool) {
            return .blocked(reason: "is on record as refused but couldn't be removed from the inbox: \(error)", submission: submission.id)
        }
        return .kept(submission)
    }

    /// The name that people can read and type, short enough for reports to be named after it.
    static func storedName(_ name: FileName) -> String {
        if IntakeRule.finding(forName: name) == nil, let text = name.text { return text }
        var short = ""
        for character in name.description where short.utf8.count + character.utf8.count <= IntakeRule.maximumNameBytes {
            short.append(character)
        }
        return short.isEmpty ? "unnamed" : short
    }
}
