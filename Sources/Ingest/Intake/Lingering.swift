import Audit
import Certificate
public import Linux
public import Spool

/// A producer's file that was taken, from a folder where no lease tells whether somebody still writes to it. A writer that had it open goes on
/// writing to it, whatever its name. So it lies in the inbox under our hidden name for a while and is compared with what was taken before it
/// goes. Its claim stays open meanwhile: after a restart `Claim.recover` finds it again.
public struct Lingering: Sendable {
    public let submission: Submission
    /// The inbox's folder.
    let inbox: String
    private var seen: FileStatus?
    /// Since when it has been as it is, in CLOCK_MONOTONIC nanoseconds.
    private var since: UInt64 = 0
    private var isLate = false

    init(_ submission: Submission, in inbox: String) { (self.submission, self.inbox) = (submission, inbox) }

    /// What a look came to.
    public enum Look: Sendable {
        /// It is to be looked at again.
        case waits
        /// It was written to: told the first time it is seen. It is to be looked at again.
        case late(Recovery.Incident)
        /// It has gone: nothing was written to it, or somebody has taken it away.
        case over
        /// It was written to, and the whole of it is kept as this refused submission, whose own file may linger.
        case kept(Submission, Lingering?)
        /// It was written to, and can't be kept; the rest of a sentence that begins with the file's name. It stays.
        case blocked(reason: String)
    }

    /// Looks whether anything was written to it since it was taken; when its time is over, removes it or keeps what came.
    ///
    /// Blocking: at its end the file is read once more. Each at a time on one thread.
    /// - Parameters:
    ///   - now: CLOCK_MONOTONIC in nanoseconds.
    ///   - settings: of its source. It must stay as it was for `lingerSeconds` to go, and one that was written to for `settleSeconds` to be kept.
    public mutating func look(now: UInt64, _ settings: InboxSettings, into spool: Spool) throws(ClaimError) -> Look {
        let folder = try filing { () throws(SystemError) in try Directory(inbox) }
        let aside = Claim.asideName(submission.id)
        guard let status = try filing({ () throws(SystemError) in try folder.statusIfPresent(aside) }) else { return over(spool) }
        if seen.map({ !status.isUnchanged(since: $0) }) ?? true { (seen, since) = (status, now) }
        if !submission.origin.agrees(with: status, isRenamed: true) {
            if !isLate { return try late(spool) }
            return isOver(settings.settleSeconds, now) ? try keep(status, in: folder, settings, spool) : .waits
        }
        guard isOver(settings.lingerSeconds, now) else { return .waits }
        // Times can be set at will, and some file systems have coarse ones: the bytes decide.
        guard try filing({ () throws(SystemError) in try Claim.sha256(of: folder.open(aside)) }) == submission.sha256 else {
            return isLate ? try keep(status, in: folder, settings, spool) : try late(spool)
        }
        try filing { () throws(SystemError) in
            try folder.unlink(aside)
            try folder.sync()
        }
        return over(spool)
    }

    private func isOver(_ seconds: Int, _ now: UInt64) -> Bool { now - min(now, since) >= UInt64(seconds) * 1_000_000_000 }

    private func over(_ spool: Spool) -> Look {
        spool.ledger.enqueue([submission.claimed])
        return .over
    }

    /// On record before anything is done about it.
    private mutating func late(_ spool: Spool) throws(ClaimError) -> Look {
        let incident = Recovery.Incident(
            submission: submission.id.text,
            what:
                "'\(submission.name)' of source '\(submission.source)' was written to after it was taken, so its last rows are in no certificate",
            remedy:
                "When it has settled, the whole file is kept in rejected (FILE-13) and the source gets a report: have it delivered again. Let transfers end with a rename or a marker, or raise settle-seconds."
        )
        try spooling { () throws(SpoolError) in try spool.record([incident]) }
        isLate = true
        return .late(incident)
    }

    private func keep(
        _ status: FileStatus, in folder: borrowing Directory, _ settings: InboxSettings, _ spool: Spool
    ) throws(ClaimError) -> Look {
        guard let name = FileName(Claim.asideName(submission.id)) else { return .waits }
        let entry = InboxEntry(source: submission.source, name: name)
        let finding = IntakeRule.finding(forLate: status, of: submission)
        let refused = RefusedEntry(entry: entry, inbox: inbox, status: status, finding: finding)
        switch try Claim.refuse(refused, into: spool, named: submission.name, limit: .max, isNetworkMount: settings.isNetworkMount) {
        case .blocked(let reason, _): return .blocked(reason: reason)
        case .kept(let kept):
            spool.ledger.enqueue([submission.claimed])
            return .kept(kept, try Claim.lingering(kept, in: folder))
        }
    }
}

extension Claim {
    /// The file of a submission that lies aside in its inbox, or nil.
    public static func lingering(_ submission: Submission, inbox: String) throws(ClaimError) -> Lingering? {
        try lingering(submission, in: try filing { () throws(SystemError) in try Directory(inbox) })
    }

    static func lingering(_ submission: Submission, in inbox: borrowing Directory) throws(ClaimError) -> Lingering? {
        let status = try filing { () throws(SystemError) in try inbox.statusIfPresent(asideName(submission.id)) }
        return status == nil ? nil : Lingering(submission, in: inbox.path)
    }
}
