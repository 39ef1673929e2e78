public import Audit
import Linux
import Spool

/// Compares `archive` and `rejected` with the ledger, in both directions: first every submission that the ledger has there, with the digests of
/// its original and its bundles, then every directory that lies there. Only reads, over connections of its own. Used by one thread.
///
/// A submission is recorded as being there after its rename, and nothing leaves again, so the daemon may go on beside it.
public final class ArchiveCheck {
    /// Where a check can go on that was cut off.
    public struct Place: Codable, Sendable, Equatable {
        /// The volume's name and the last submission of it that was checked.
        var volume: String
        var submission: String
    }

    public struct Progress: Codable, Sendable, Equatable {
        public var submissions = 0
        public var bytes = 0
        public var findings = 0

        /// Nothing done yet.
        public init() {}
    }

    /// Directories older than this may have been removed, as docs/spool.md says.
    static let keptYears = 10
    private static let page = 256
    /// What a directory costs beside its files' bytes, so that a rate in bytes bounds small submissions as well.
    private static let directoryCost = 64 << 10

    private let spool: String
    private let ledger: LedgerHistory
    private let pause: (Int) throws -> Void
    private let found: (ArchiveFinding) -> Void
    private let advanced: (Place, Progress) throws -> Void
    private var progress = Progress()

    /// - Parameters:
    ///   - pause: called with bytes that were read, or as much as it cost; throws to end the check.
    ///   - found: called with each finding.
    ///   - advanced: called after each page of submissions.
    public init(
        spool: String, ledger: LedgerHistory, pause: @escaping (Int) throws -> Void, found: @escaping (ArchiveFinding) -> Void,
        advanced: @escaping (Place, Progress) throws -> Void
    ) {
        (self.spool, self.ledger, self.pause, self.found, self.advanced) = (spool, ledger, pause, found, advanced)
    }

    /// - Parameter place: where an earlier check was cut off, with what it had done until then.
    @discardableResult
    public func run(from place: Place? = nil, after done: Progress = Progress()) throws -> Progress {
        progress = done
        var volumes = ledger.volumes[...]
        if let place { volumes = volumes.drop { $0.origin != place.volume } }
        if volumes.isEmpty { volumes = ledger.volumes[...] }
        for volume in volumes { try check(volume, after: volume.origin == place?.volume ? place?.submission ?? "" : "") }
        for stage in [Stage.archive, .rejected] { try checkStrays(in: stage) }
        return progress
    }

    private func check(_ volume: LedgerHistory.Volume, after start: String) throws {
        var last = start
        while true {
            let page = try volume.reader.endedSubmissions(after: last, limit: Self.page)
            for state in page { try check(state, volume) }
            guard let newest = page.last else { return }
            last = newest.id
            try advanced(Place(volume: volume.origin, submission: last), progress)
        }
    }

    private func check(_ state: SubmissionState, _ volume: LedgerHistory.Volume) throws {
        let submission = ArchivedSubmission(
            state: state, certificates: try volume.reader.certificates(submission: state.id), folder: "\(spool)/\(state.stage)"
        ) { bytes in
            self.progress.bytes += bytes
            try self.pause(bytes)
        }
        let findings = try submission.findings()
        progress.submissions += 1
        try pause(Self.directoryCost)
        if let findings { return findings.forEach(tell) }
        guard !Self.mayBeGone(state.id) else { return }
        tell(
            ArchiveFinding(
                state.id, "its directory isn't in '\(spool)/\(state.stage)', where the ledger has it",
                remedy: "Put it back from a backup of the spool. If it was removed on purpose: 'ecocctl doctor --acknowledge'."))
    }

    /// The id begins with the year in which it was received.
    private static func mayBeGone(_ id: String) -> Bool {
        guard let year = Int(id.prefix(4)) else { return false }
        return year + keptYears < Ledger.currentYear()
    }

    private func checkStrays(in stage: Stage) throws {
        let folder: Directory
        do { folder = try Directory("\(spool)/\(stage.rawValue)") } catch {
            return tell(ArchiveFinding(stage.rawValue, "the folder can't be read: \(error)", remedy: "Look whether it is mounted."))
        }
        var failure: (any Error)?
        try folder.forEachName { (bytes) throws(SystemError) in
            guard failure == nil, let id = SubmissionID(String(decoding: bytes, as: UTF8.self)) else { return }
            do { try checkStray(id, in: stage) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func checkStray(_ id: SubmissionID, in stage: Stage) throws {
        let recorded = try ledger.newest(knowing: id.text)?.reader.submission(id.text)?.stage
        guard recorded != stage.rawValue else { return }
        // Its move may be on its way to the ledger: the name was there before the record.
        try pause(Self.directoryCost)
        let again = try ledger.newest.reader.submission(id.text)?.stage
        guard again != stage.rawValue, try !isMoving(id) else { return }
        tell(
            ArchiveFinding(
                id.text,
                "it lies in '\(spool)/\(stage.rawValue)', but "
                    + (recorded.map { "the ledger has it in '\($0)'" } ?? "the ledger has never received it"),
                remedy: "Move it out of the spool and keep it."))
    }

    private func isMoving(_ id: SubmissionID) throws -> Bool {
        try ledger.newest.reader.openMoves().contains { $0.submission == id.text }
    }

    private func tell(_ finding: ArchiveFinding) {
        progress.findings += 1
        found(finding)
    }
}
