import Audit
import Linux

/// What recovery found after a stop in the middle of moves.
public struct Recovery: Sendable, Equatable {
    /// Moves that had been made; only their end wasn't on record.
    public internal(set) var confirmed: [SubmissionID] = []
    /// Moves that were intended and have been made now.
    public internal(set) var redone: [SubmissionID] = []
    /// What needs a person. While there is any, the daemon isn't ready.
    public internal(set) var incidents: [Incident] = []

    /// Nothing found.
    public init() {}

    /// A submission that isn't where the ledger says, or isn't what the ledger says.
    public struct Incident: Sendable, Hashable, CustomStringConvertible {
        public let submission: String
        /// What was found, in one sentence.
        public let what: String
        /// What to do, in one sentence.
        public let remedy: String

        public init(submission: String, what: String, remedy: String) {
            (self.submission, self.what, self.remedy) = (submission, what, remedy)
        }

        public var description: String { "submission \(submission): \(what). \(remedy)" }
    }
}

extension Spool {
    /// Brings the folders and the ledger together: run it before anything else, with no other thread in the spool.
    ///
    /// An open move found at its destination is confirmed, one found at its start is made now; both only when the directory holds the
    /// submission with the digest on record. Anything else is an incident: recorded once, and returned each time until it is mended.
    /// Running it again changes nothing.
    public func recover() throws(SpoolError) -> Recovery {
        let open: [OpenMove]
        do { open = try ledger.openMoves() } catch { throw SpoolError("read the open moves", .ledger(error)) }
        var recovery = Recovery()
        for move in open {
            if let incident = try finish(move, in: &recovery) { recovery.incidents.append(incident) }
        }
        try record(recovery.incidents)
        return recovery
    }

    /// Nil when the move is finished.
    private func finish(_ open: OpenMove, in recovery: inout Recovery) throws(SpoolError) -> Recovery.Incident? {
        guard let id = SubmissionID(open.submission), let from = Stage(rawValue: open.from), let to = Stage(rawValue: open.to) else {
            return Recovery.Incident(
                submission: open.submission,
                what: "the ledger has a move from '\(open.from)' to '\(open.to)' that this version doesn't know",
                remedy: "Start the newest version of ecocd that has worked on this spool.")
        }
        let move = Move(id, from: from, to: to, digest: open.digest)
        switch (try isPresent(id, in: from), try isPresent(id, in: to)) {
        case (false, true):
            if let doubt = doubt(about: move, in: to) { return doubt }
            try complete(move, what: "the move had been made and is on record now") { () throws(SystemError) in }
            recovery.confirmed.append(id)
        case (true, false):
            if let doubt = doubt(about: move, in: from) { return doubt }
            try complete(move, what: "the move was intended and has been made now") { () throws(SystemError) in try rename(move) }
            recovery.redone.append(id)
        case (false, false): return missing(move)
        case (true, true): return doubled(move)
        }
        return nil
    }

    private func complete(_ move: Move, what: String, _ rename: () throws(SystemError) -> Void) throws(SpoolError) {
        try performing("recover submission \(move.id)") { () throws(SystemError) in
            try rename()
            try syncFolders(of: [move])
        }
        let recovered = Event(.recovered, submission: move.id.text, ["what": .text(what), "stage": .text(move.to.rawValue)])
        ledger.enqueue([move.moved, recovered])
    }

    /// Nil when the directory is that of the submission on record.
    private func doubt(about move: Move, in stage: Stage) -> Recovery.Incident? {
        let reason: String
        do {
            let found = try load(move.id, in: stage).sha256
            if found == move.digest { return nil }
            reason = "its submission.json names the digest '\(found)', the ledger names '\(move.digest)'"
        } catch { reason = "\(error)" }
        return Recovery.Incident(
            submission: move.id.text, what: "the directory '\(path(stage, move.id))' isn't the one on record: \(reason)",
            remedy: "Put the directory back from a backup and restart ecocd.")
    }

    private func missing(_ move: Move) -> Recovery.Incident {
        Recovery.Incident(
            submission: move.id.text, what: "it is neither in '\(path(move.from))' nor in '\(path(move.to))'",
            remedy: "Put its directory back into '\(path(move.from))', from a backup or from where somebody moved it, and restart ecocd.")
    }

    private func doubled(_ move: Move) -> Recovery.Incident {
        Recovery.Incident(
            submission: move.id.text, what: "it is both in '\(path(move.from))' and in '\(path(move.to))'",
            remedy: "One of them is a copy that somebody made: move that one out of the spool and restart ecocd.")
    }

    /// Puts incidents on record: each once, unless it was mended and has come again.
    public func record(_ incidents: [Recovery.Incident]) throws(SpoolError) {
        guard !incidents.isEmpty else { return }
        do throws(LedgerError) {
            let reader = try LedgerReader(path: ledger.path)
            var events: [Event] = []
            for incident in incidents where try !isOnRecord(incident, reader) {
                events.append(
                    Event(.incident, submission: incident.submission, ["what": .text(incident.what), "remedy": .text(incident.remedy)]))
            }
            if !events.isEmpty { try ledger.commit(events) }
        } catch { throw SpoolError("record an incident", .ledger(error)) }
    }

    private func isOnRecord(_ incident: Recovery.Incident, _ reader: LedgerReader) throws(LedgerError) -> Bool {
        let kinds: Set = [Event.Kind.incident.rawValue, Event.Kind.recovered.rawValue]
        let last = try reader.history(submission: incident.submission).last { $0.record.map { kinds.contains($0.kind) } ?? false }
        return last?.record?.text("what") == incident.what
    }
}
