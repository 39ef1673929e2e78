import Audit
public import Linux
public import Spool

extension Claim {
    /// What was left of claims that a stop interrupted.
    public struct Recovered: Sendable {
        /// Submissions whose claim is complete now.
        public internal(set) var completed: [SubmissionID] = []
        /// Entries that belong to a claimed or refused submission but couldn't be removed: `Intake.leaveAlone` keeps them from being taken
        /// again.
        public internal(set) var leftBehind: [LeftBehind] = []
        /// Producers' files that lie aside in their inboxes and have to be watched on.
        public internal(set) var lingering: [Lingering] = []
        /// Entries of `tmp` that nothing is on record of, removed: their files are still in the inboxes.
        public internal(set) var removed: [String] = []
        /// Sources with open claims whose inbox can't be read now: don't scan it before `complete` could.
        public internal(set) var unreachable: Set<String> = []
        /// Submissions with open claims whose directory can't be used. While there is any, the daemon isn't ready.
        public internal(set) var incidents: [Recovery.Incident] = []

        /// Nothing found.
        public init() {}

        /// Whether there was nothing to do and nothing is left.
        public var isEmpty: Bool {
            completed.isEmpty && leftBehind.isEmpty && lingering.isEmpty && removed.isEmpty && unreachable.isEmpty && incidents.isEmpty
        }

        public struct LeftBehind: Sendable, Equatable {
            public let entry: InboxEntry
            public let submission: SubmissionID
            public let status: FileStatus
            /// The rest of a sentence that begins with the entry's name.
            public let reason: String
        }
    }

    /// Completes the claims on record and removes what isn't on record. Run it after `Spool.recover`, before the first scan, alone.
    /// Running it again changes nothing.
    /// - Parameter inboxes: the settings of all sources. A claim of a source that isn't among them stays open.
    public static func recover(_ spool: Spool, inboxes: [InboxSettings]) throws(ClaimError) -> Recovered {
        var recovered = Recovered()
        let (receipts, moves) = try openWork(of: spool)
        let open = Set(moves.map(\.submission))
        for receipt in receipts {
            // A submission that is in no stage, or whose move is in doubt, is `Spool.recover`'s to judge.
            guard let settings = inboxes.first(where: { $0.source == receipt.source }), let id = SubmissionID(receipt.submission),
                !open.contains(id.text), let stage = try spooling({ () throws(SpoolError) in try spool.stage(of: id) })
            else { continue }
            complete(id, in: stage, settings, spool, &recovered)
        }
        try spooling { () throws(SpoolError) in try spool.record(recovered.incidents) }
        try removeLeftovers(spool, keeping: open, &recovered)
        return recovered
    }

    /// Completes open claims of one source: of an inbox that couldn't be read at the start and can now, and of files that couldn't be removed.
    /// No claim of these submissions may be under way, and none of them in work.
    /// - Parameter submissions: which of them.
    public static func complete(
        _ submissions: Set<SubmissionID>, of settings: InboxSettings, in spool: Spool
    ) throws(ClaimError) -> Recovered {
        do { try spool.ledger.flush() } catch { throw .spool(SpoolError("read what is open in the ledger", .ledger(error))) }
        var recovered = Recovered()
        let (receipts, moves) = try openWork(of: spool)
        let open = Set(moves.map(\.submission))
        for receipt in receipts where receipt.source == settings.source && !open.contains(receipt.submission) {
            guard let id = SubmissionID(receipt.submission), submissions.contains(id),
                let stage = try spooling({ () throws(SpoolError) in try spool.stage(of: id) })
            else { continue }
            complete(id, in: stage, settings, spool, &recovered)
        }
        try spooling { () throws(SpoolError) in try spool.record(recovered.incidents) }
        return recovered
    }

    /// The submissions of a source whose claims aren't complete.
    public static func open(of source: String, in spool: Spool) throws(ClaimError) -> Set<SubmissionID> {
        do throws(LedgerError) {
            try spool.ledger.flush()
            return Set(try spool.ledger.openReceipts().filter { $0.source == source }.compactMap { SubmissionID($0.submission) })
        } catch { throw .spool(SpoolError("read what is open in the ledger", .ledger(error))) }
    }

    static func openWork(of spool: Spool) throws(ClaimError) -> (receipts: [Receipt], moves: [OpenMove]) {
        do throws(LedgerError) { return (try spool.ledger.openReceipts(), try spool.ledger.openMoves()) } catch {
            throw .spool(SpoolError("read what is open in the ledger", .ledger(error)))
        }
    }

    private static func complete(
        _ id: SubmissionID, in stage: Stage, _ settings: InboxSettings, _ spool: Spool, _ recovered: inout Recovered
    ) {
        let submission: Submission
        do { submission = try spool.load(id, in: stage) } catch {
            recovered.incidents.append(
                Recovery.Incident(
                    submission: id.text, what: "its claim can't be completed, because its directory is damaged: \(error)",
                    remedy: "Put the directory back from a backup and restart ecocd."))
            return
        }
        do throws(SystemError) { try complete(submission, in: stage, settings, spool, &recovered) } catch {
            recovered.unreachable.insert(settings.source)
        }
    }

    private static func complete(
        _ submission: Submission, in stage: Stage, _ settings: InboxSettings, _ spool: Spool, _ recovered: inout Recovered
    ) throws(SystemError) {
        let inbox = try Directory(settings.path)
        let found = try producersEntry(of: submission, in: inbox)
        let error: SystemError
        switch finish(submission, in: stage, found?.name, settings, inbox, spool) {
        case .gone: return recovered.completed.append(submission.id)
        case .lingers(let lingering): return recovered.lingering.append(lingering)
        case .stays(let cause): error = cause
        }
        guard let found else { throw error }
        recovered.leftBehind.append(
            Recovered.LeftBehind(
                entry: InboxEntry(source: settings.source, name: found.name), submission: submission.id, status: found.status,
                reason: "belongs to submission \(submission.id) but can't be removed: \(error)"))
    }

    private static func finish(
        _ submission: Submission, in stage: Stage, _ name: FileName?, _ settings: InboxSettings, _ inbox: borrowing Directory,
        _ spool: Spool
    ) -> Released {
        do throws(SystemError) {
            if let name, try isOriginalMissing(submission, in: stage, spool) {
                try putAside(name, of: submission, from: inbox, in: stage, spool)
                return .gone
            }
            let aside = asideName(submission.id)
            if let status = try inbox.statusIfPresent(aside) {
                // Written to or not: whoever watches it decides.
                if try isUnguarded(aside, status, in: inbox, settings.isNetworkMount) {
                    return .lingers(Lingering(submission, in: inbox.path))
                }
                _ = try settleAside(submission.name, of: submission, in: inbox, keeping: false)
            }
            let marker = try markerLeft(by: submission, name, settings, inbox)
            return release(submission, name, marker: marker, in: inbox, settings.isNetworkMount, spool)
        } catch { return .stays(error) }
    }

    /// The producer's file under whatever name, with nothing written to it and its name unchanged since the claim.
    private static func producersEntry(
        of submission: Submission, in inbox: borrowing Directory
    ) throws(SystemError) -> (name: FileName, status: FileStatus)? {
        if let name = FileName(submission.name), let status = try inbox.statusIfPresent(name),
            submission.origin.agrees(with: status, isRenamed: false)
        {
            return (name, status)
        }
        for name in try inbox.entries() {
            if let status = try inbox.statusIfPresent(name),
                try isOriginal(of: submission, name, status, isRenamed: false, in: inbox)
            {
                return (name, status)
            }
        }
        return nil
    }

    /// A refused entry is its own original: it is missing while the entry is still in the inbox.
    private static func isOriginalMissing(_ submission: Submission, in stage: Stage, _ spool: Spool) throws(SystemError) -> Bool {
        let original = try spool.open(submission.id, in: stage).openDirectory(Submission.originalFolder)
        return try original.statusIfPresent(submission.name) == nil
    }

    /// The marker of a file that is still there; where the file is gone, a marker belongs to a later delivery.
    private static func markerLeft(
        by submission: Submission, _ name: FileName?, _ settings: InboxSettings, _ inbox: borrowing Directory
    ) throws(SystemError) -> ReadyFile.Marker? {
        guard let markerName = name?.text.flatMap({ text in settings.marker.suffix.map { text + $0 } }),
            let status = try inbox.statusIfPresent(markerName), status.kind == .regular
        else { return nil }
        return ReadyFile.Marker(name: markerName, status: status, sha256: nil)
    }

    private static func removeLeftovers(_ spool: Spool, keeping open: Set<String>, _ recovered: inout Recovered) throws(ClaimError) {
        let removed = try filing { () throws(SystemError) in
            let stage = try Directory(spool.path(.tmp))
            let leftovers = try stage.entries().filter { !open.contains($0.description) }
            for name in leftovers { try stage.removeTree(name) }
            if !leftovers.isEmpty { try stage.sync() }
            return leftovers
        }
        recovered.removed += removed.map(\.description).sorted()
    }
}
