import ArgumentParser
import Certificate
import Configuration
import FoundationEssentials
import Pipeline

/// `ecocctl check`: is the configuration in order; what would become of this file? Works offline.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration, or a file without publishing it.",
        discussion:
            "Without FILE: the configuration and every profile in it. With FILE: a dry run, with all findings. Exit code 1 when something is wrong."
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: "A file as the ERP would drop it.")
    var file: String?

    @Option(help: "The source whose profile reads it. Not needed when there is only one.")
    var source: String?

    @Option(help: ArgumentHelp("Folder with reference files to check against. Default: the reference data in force.", valueName: "folder"))
    var reference: String?

    private struct ConfigurationAnswer: Encodable {
        var configuration: String
        var valid: Bool
        var problem: String?
        var sources: [String]
    }

    private struct FileAnswer: Encodable {
        var file: String
        var records = 0
        var acceptable = 0
        var findings: [Item] = []

        struct Item: Encodable {
            var rule, severity: String
            var row: Int?
            var vin, column, element, item, value: String?
            var message, remedy: String
            var changed: Changed?

            struct Changed: Encodable { var from, reason, by: String }

            init(_ finding: Finding, vin: String?) {
                (rule, severity, row, self.vin, column) = (finding.rule, finding.severity.rawValue, finding.row, vin, finding.column)
                (element, item, value, message, remedy) = (
                    finding.element, finding.item, finding.value, finding.messageWithChange, finding.remedy
                )
                changed = finding.change.map { Changed(from: $0.from.rawValue, reason: $0.reason, by: $0.decidedBy) }
            }
        }
    }

    func run() throws {
        guard let file else { return try checkConfiguration() }
        try checkFile(file)
    }

    private func checkConfiguration() throws {
        var answer = ConfigurationAnswer(configuration: common.config, valid: true, problem: nil, sources: [])
        do {
            let configuration = try Configuration.load(common.config)
            answer.sources = configuration.sources.map(\.name)
            if let problem = LedgerName.problem(configuration) { throw problem }
            _ = try AnchorJudge(configuration.anchoring)
        } catch {
            answer.valid = false
            answer.problem = "\(error)"
        }
        if common.json {
            try Console.json(answer)
        } else {
            Console.line(answer.problem ?? "\(common.config): in order; sources: \(answer.sources.joined(separator: ", "))")
        }
        if !answer.valid { throw ExitCode(RefusalCode.no.rawValue) }
    }

    private func checkFile(_ file: String) throws {
        let configuration = try common.configuration()
        guard let source = try self.source.map({ try named($0, configuration) }) ?? only(configuration) else {
            throw CommandRefusal(
                .usage, "There are several sources; say which with --source: \(configuration.sources.map(\.name).joined(separator: ", ")).")
        }
        var answer = FileAnswer(file: file)
        var isRejected = false
        do {
            let dryRun = try reference.map { try DryRun(source: source, referenceFolder: $0) } ?? inForce(source, configuration)
            if let finding = try dryRun.incompleteness(file) { answer.findings.append(.init(finding, vin: nil)) }
            let outcomes = try dryRun.run(file)
            answer.records = outcomes.count
            answer.acceptable = outcomes.count { $0.isAcceptable }
            answer.findings += outcomes.flatMap { outcome in outcome.findings.map { .init($0, vin: outcome.vin) } }
        } catch let problem as DryRun.FileProblem {
            isRejected = true
            answer.findings.append(.init(problem.finding, vin: nil))
        } catch {
            throw CommandRefusal(.usage, "\(error)")
        }
        if common.json { try Console.json(answer) } else { show(answer, isRejected) }
        if isRejected || answer.acceptable < answer.records { throw ExitCode(RefusalCode.no.rawValue) }
    }

    /// Before the daemon's first start nothing is in force: what lies in the inbox is what there will be.
    private func inForce(_ source: Source, _ configuration: Configuration) throws -> DryRun {
        guard FileManager.default.fileExists(atPath: configuration.ledger) else {
            return try DryRun(source: source, referenceFolder: configuration.reference.intake.path)
        }
        return try DryRun(source: source, references: StoredReferences(configuration.places))
    }

    private func named(_ name: String, _ configuration: Configuration) throws -> Source {
        guard let source = configuration.source(name) else {
            throw CommandRefusal(.usage, "There is no source '\(name)', only \(configuration.sources.map(\.name).joined(separator: ", ")).")
        }
        return source
    }

    private func only(_ configuration: Configuration) -> Source? {
        configuration.sources.count == 1 ? configuration.sources[0] : nil
    }

    private func show(_ answer: FileAnswer, _ isRejected: Bool) {
        if !answer.findings.isEmpty {
            Console.table(
                ["ROW", "RULE", "SEVERITY", "COLUMN", "VALUE", "WHAT IS WRONG, AND WHAT TO DO"],
                answer.findings.map { finding in
                    [
                        finding.row.map(String.init) ?? "-", finding.rule, finding.severity, finding.column ?? finding.element ?? "-",
                        String((finding.value ?? "-").prefix(30)), "\(finding.message) \(finding.remedy)",
                    ]
                })
            Console.line()
        }
        Console.line(
            isRejected
                ? "\(answer.file): the file as a whole would be rejected"
                : "\(answer.file): \(answer.records) records, \(answer.acceptable) would be accepted, \(answer.records - answer.acceptable) rejected"
        )
    }
}
