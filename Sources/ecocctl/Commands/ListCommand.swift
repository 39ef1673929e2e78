import ArgumentParser
import Audit
import Glibc

/// `ecocctl list`: submissions, newest first, from the ledger.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List submissions, newest first.")

    @OptionGroup var common: CommonOptions

    @Option(help: "Only those in this stage: ingest, validate, generate, hold, sign, publish, archive, rejected or lost.")
    var stage: String?

    @Option(help: "Only those of this source.")
    var source: String?

    @Option(help: "Only those with this vehicle.")
    var vin: String?

    @Option(help: "At most so many.")
    var limit = 50

    private struct Row: Encodable {
        var submission, source, file, stage, sha256: String
        /// Its directory isn't there; left out where it is, or where that can't be told.
        var missing: Bool?
        var accepted, rejected, published: Int
    }

    func run() throws {
        do {
            let configuration = try common.configuration()
            let history = try LedgerHistory(path: configuration.ledger)
            let rows = try history.submissions(source: source, stage: stage, vin: vin, limit: limit).map { (state) throws(LedgerError) in
                Row(
                    submission: state.id, source: state.source, file: state.name, stage: state.stage, sha256: state.sha256,
                    missing: try isMissing(state, configuration.spool, history), accepted: state.validated, rejected: state.rejected,
                    published: state.published)
            }
            if common.json { return try Console.json(rows) }
            Console.table(
                ["SUBMISSION", "SOURCE", "STAGE", "ACCEPTED", "REJECTED", "PUBLISHED", "FILE"],
                rows.map {
                    [
                        $0.submission, $0.source, $0.stage + ($0.missing == true ? " (MISSING)" : ""), String($0.accepted),
                        String($0.rejected), String($0.published), $0.file,
                    ]
                })
        } catch let error as LedgerError {
            throw CommandRefusal(.usage, "\(error)")
        }
    }

    /// Nil unless it certainly is: who may not look into a stage's folder learns nothing, and a submission that is being moved is somewhere.
    private func isMissing(_ state: SubmissionState, _ spool: String, _ history: LedgerHistory) throws(LedgerError) -> Bool? {
        let stages = ["ingest", "validate", "generate", "hold", "sign", "publish"]
        guard stages.contains(state.stage) else { return nil }
        for stage in [state.stage] + stages + ["archive", "rejected"] {
            guard access("\(spool)/\(stage)", X_OK) == 0, access("\(spool)/\(stage)/\(state.id)", F_OK) != 0 else { return nil }
        }
        let now = try history.newest.reader.submission(state.id)?.stage
        return now == state.stage ? true : nil
    }
}
