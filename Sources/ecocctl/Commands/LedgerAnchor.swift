import ArgumentParser
import Audit
import Configuration
import Control
import Hashing
import Pipeline

/// `ecocctl ledger anchor`: has authorities outside sign the ledger's newest head, and gives what they signed to the daemon.
struct LedgerAnchor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchor", abstract: "Have the configured authorities outside sign the newest head, and record it.",
        discussion:
            "Asks over the network; the daemon checks and records. Exit codes: 0 all recorded or nothing new, 1 not all, 2 unusable, 3 not allowed, 4 daemon not reachable."
    )

    @OptionGroup var common: CommonOptions

    @Flag(help: "Also when nothing was recorded since the last anchor.")
    var force = false

    @Option(help: "Seconds for each answer.")
    var timeout = 30

    private struct Result: Encodable {
        var kind: String
        var authority: String
        var size: Int
        /// `recorded`, `nothing-new` or `failed`.
        var outcome: String
        var time: String?
        var message: String
    }

    func validate() throws {
        guard (1...600).contains(timeout) else { throw ValidationError("--timeout must lie between 1 and 600.") }
    }

    func run() throws {
        let settings = try common.daemonSettings()
        guard settings.anchoring.isConfigured else {
            throw CommandRefusal(
                .usage,
                "No authority is configured. Set [anchor] timestamp-url and timestamp-trusted, or a [[witness]], in \(common.config).")
        }
        let judge: AnchorJudge
        do { judge = try AnchorJudge(settings.anchoring) } catch { throw CommandRefusal(.usage, "\(common.config): \(error)") }
        try checkDaemon()
        let results: [Result]
        do {
            let reader = try LedgerReader(path: settings.ledger)
            let note = try reader.head()
            guard let head = CheckpointNote(note) else { throw CommandRefusal(.no, "The ledger's head isn't a signed checkpoint.") }
            results = try anchor(settings.anchoring, judge, Head(note: note, parsed: head, reader: reader))
        } catch let error as LedgerError {
            throw CommandRefusal(.usage, "\(error)")
        }
        if common.json { try Console.json(results) } else { show(results) }
        if results.contains(where: { $0.outcome == "failed" }) { throw ExitCode(RefusalCode.no.rawValue) }
    }

    /// Tokens cost money: none is fetched that nobody would take.
    private func checkDaemon() throws {
        let incidents = try common.ask(.status).status?.incidents ?? []
        guard let doubt = incidents.first(where: { $0.submission == "ledger" }) else { return }
        throw CommandRefusal(.no, "Nothing is anchored while the ledger is in doubt: \(doubt.what). \(doubt.remedy)")
    }

    private struct Head {
        let note: String
        let parsed: CheckpointNote
        let reader: LedgerReader
        var size: Int { parsed.size }
    }

    private func anchor(_ settings: Configuration.Anchoring, _ judge: AnchorJudge, _ head: Head) throws -> [Result] {
        var results: [Result] = []
        if let authority = settings.timestamp {
            let last = try head.reader.largestAnchoredSize(.timestamp)
            results.append(
                try obtain(.timestamp, authority.url, head, last, judge) { () throws(AnchorFailure) in
                    try TimeStampErrand(authority: authority, seconds: timeout).token(over: head.note)
                })
        }
        for witness in settings.witnesses {
            guard let key = WitnessKey(witness.key) else { continue }  // the judge has read it before
            let last = try head.reader.largestAnchoredSize(.cosignature, authority: key.name)
            let errand = WitnessErrand(witness: witness, key: key, reader: head.reader, seconds: timeout)
            results.append(
                try obtain(.cosignature, key.name, head, last, judge) { () throws(AnchorFailure) in
                    Array(try errand.cosignature(of: head.parsed, note: head.note, lastSize: last ?? 0).line.utf8)
                })
        }
        return results
    }

    private func obtain(
        _ kind: Anchor.Kind, _ name: String, _ head: Head, _ last: Int?, _ judge: AnchorJudge, _ fetch: () throws(AnchorFailure) -> [UInt8]
    ) throws -> Result {
        var result = Result(kind: kind.rawValue, authority: name, size: head.size, outcome: "failed", message: "")
        if !force, let last, try head.reader.firstEntryToAnchor(from: last) == nil {
            (result.outcome, result.message) = ("nothing-new", "Nothing was recorded since the head of \(last) entries.")
            return result
        }
        do {
            let evidence = try fetch()
            switch judge.judge(kind, note: head.note, evidence: evidence, isFresh: true) {
            case .unknown(let reason), .untrusted(let reason), .broken(let reason): throw AnchorFailure(message: "\(name): \(reason)")
            case .good(let authority, let time): (result.authority, result.time) = (authority, time.textToTheSecond)
            }
            result.message = try record(kind, head.note, evidence)
            result.outcome = "recorded"
        } catch let failure as AnchorFailure {
            result.message = failure.message
        }
        return result
    }

    /// A daemon that isn't there or doesn't allow it ends the command: it is the same for every authority.
    private func record(_ kind: Anchor.Kind, _ note: String, _ evidence: [UInt8]) throws -> String {
        let question = AnchorQuestion(kind: kind.rawValue, note: note, evidence: Base64.encode(evidence))
        do {
            return try common.ask(ControlRequest(.recordAnchor, anchor: question)).message ?? "Recorded."
        } catch let refusal as CommandRefusal where refusal.code == .no {
            throw AnchorFailure(message: "The daemon refused it: \(refusal.message)")
        }
    }

    private func show(_ results: [Result]) {
        for result in results {
            let time = result.time.map { ", \($0)" } ?? ""
            let line = "\(result.outcome)  \(result.kind) by \(result.authority), \(result.size) entries\(time): \(result.message)"
            Console.line(Console.visible(line))
        }
    }
}
