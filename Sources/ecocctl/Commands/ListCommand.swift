import ArgumentParser
import Audit

/// `ecocctl list`: submissions, newest first, from the ledger.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List submissions, newest first.")

    @OptionGroup var common: CommonOptions

    @Option(help: "Only those in this stage: ingest, validate, generate, sign, publish, archive or rejected.")
    var stage: String?

    @Option(help: "Only those of this source.")
    var source: String?

    @Option(help: "Only those with this vehicle.")
    var vin: String?

    @Option(help: "At most so many.")
    var limit = 50

    private struct Row: Encodable {
        var submission, source, file, stage, sha256: String
        var accepted, rejected, published: Int
    }

    func run() throws {
        do {
            let history = try LedgerHistory(path: common.places().ledger)
            let rows = try history.submissions(source: source, stage: stage, vin: vin, limit: limit).map {
                Row(
                    submission: $0.id, source: $0.source, file: $0.name, stage: $0.stage, sha256: $0.sha256, accepted: $0.validated,
                    rejected: $0.rejected, published: $0.published)
            }
            if common.json { return try Console.json(rows) }
            Console.table(
                ["SUBMISSION", "SOURCE", "STAGE", "ACCEPTED", "REJECTED", "PUBLISHED", "FILE"],
                rows.map { [$0.submission, $0.source, $0.stage, String($0.accepted), String($0.rejected), String($0.published), $0.file] })
        } catch let error as LedgerError {
            throw CommandRefusal(.usage, "\(error)")
        }
    }
}
