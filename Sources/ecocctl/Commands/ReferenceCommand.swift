import ArgumentParser
import Audit
import Certificate
import Control
import FoundationEssentials
import Pipeline

/// `ecocctl reference`: type-approval reference data (docs/reference-data.md).
struct ReferenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Type-approval reference data: what there is, and what is in force for which vehicles.",
        subcommands: [
            ReferenceListCommand.self, ReferenceShowCommand.self, ReferenceDiffCommand.self, ReferenceImportCommand.self,
            ReferenceActivateCommand.self, ReferenceRetireCommand.self,
        ], defaultSubcommand: ReferenceListCommand.self)
}

extension CommonOptions {
    func references() throws -> StoredReferences {
        do { return try StoredReferences(places()) } catch let refusal as CommandRefusal { throw refusal } catch {
            throw CommandRefusal(.usage, "\(error)")
        }
    }
}

extension StoredReferences {
    func found(_ id: String) throws -> ReferenceVersion {
        do { return try version(named: id) } catch { throw CommandRefusal(.no, "\(error)") }
    }

    /// What is wrong with a file of the store is told as a refusal.
    func reading<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do { return try body() } catch { throw CommandRefusal(.usage, "\(error)") }
    }
}

/// One version for people and programs.
struct ReferenceLine: Encodable {
    let id, sha256, state, approval, type, variant, version, file, submission: String
    let validFrom, validTo: String?

    init(_ version: ReferenceVersion) {
        (id, sha256, state) = (version.id, version.sha256, version.state.rawValue)
        (approval, type, variant, self.version) = (version.approval, version.type, version.variant, version.version)
        (file, submission, validFrom, validTo) = (version.name, version.submission, version.validFrom, version.validTo)
    }
}

/// `ecocctl reference list`.
struct ReferenceListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the versions that are in force or wait for activation, by approval, type, variant and version."
    )

    @OptionGroup var common: CommonOptions

    @Flag(help: "Retired ones, too.")
    var all = false

    func run() throws {
        let lines = try common.references().versions.filter { all || $0.state != .retired }.map(ReferenceLine.init)
        if common.json { return try Console.json(lines) }
        Console.table(
            ["ID", "STATE", "MADE FROM", "MADE UNTIL", "APPROVAL", "TYPE", "VARIANT", "VERSION", "FILE"],
            lines.map { line in
                [
                    line.id, line.state, line.validFrom ?? "-", line.validTo ?? "-", line.approval, line.type, line.variant, line.version,
                    line.file,
                ]
            })
    }
}

/// `ecocctl reference show`.
struct ReferenceShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a version: its days, its history and its values.",
        discussion: "Exit code 1 when there is no such version.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id, or its beginning.")
    var id: String

    @Flag(help: "Print the version's file instead, as it is stored.")
    var xml = false

    private struct Answer: Encodable {
        let reference: ReferenceLine
        let history: [HistoryLine]
        let values: [Value]

        struct Value: Encodable {
            let element: String
            let item: String?
            let value: String
        }
    }

    func run() throws {
        let references = try common.references()
        let version = try references.found(id)
        if xml {
            return print(String(decoding: try references.reading { try references.file(of: version) }, as: UTF8.self), terminator: "")
        }
        let (values, history) = try references.reading { (try references.values(of: version), try references.history(of: version)) }
        let items = values.fields.map { field in
            Answer.Value(
                element: FieldPath.write(field.key), item: field.key.resolve(in: .initialVehicleInformation).element.item,
                value: field.value)
        }
        if common.json {
            return try Console.json(
                Answer(
                    reference: ReferenceLine(version), history: history.map { HistoryLine($0.entry, volume: $0.volume.origin) },
                    values: items))
        }
        Console.line("\(version.sha256): \(version.state.rawValue)")
        Console.line("\(version.approval), type \(version.type), variant \(version.variant), version \(version.version)")
        Console.line(
            "vehicles made from \(version.validFrom ?? "the first") until \(version.validTo ?? "the last"); from \(version.name)\n")
        HistoryLine.show(history.map(\.entry))
        Console.line()
        Console.table(["ELEMENT", "ITEM", "VALUE"], items.map { [$0.element, $0.item ?? "", $0.value] })
    }
}

/// `ecocctl reference diff`.
struct ReferenceDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what differs between two versions, field by field.",
        discussion: "Exit code 0 when nothing does, 1 when something does or there is no such version.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the older version, or its beginning.")
    var old: String

    @Argument(help: "The id of the newer version, or its beginning.")
    var new: String

    func run() throws {
        let references = try common.references()
        let (before, after) = (try references.found(old), try references.found(new))
        let changes = try references.reading { try references.difference(from: before, to: after) }
        if common.json {
            try Console.json(changes)
        } else if changes.isEmpty {
            Console.line("No value differs.")
        } else {
            Console.table(
                ["ELEMENT", "ITEM", before.id, after.id],
                changes.map { [$0.element, $0.item ?? "", $0.before ?? "(none)", $0.after ?? "(none)"] })
        }
        if !changes.isEmpty { throw ExitCode(RefusalCode.no.rawValue) }
    }
}

/// `ecocctl reference activate`.
struct ReferenceActivateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate", abstract: "Put versions in force. Recorded with your name.",
        discussion: """
            A version in force for the same approval, type, variant and version ends on the day before --valid-from. Exit code 1 when \
            two would be for the same days, 3 when you may not decide.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The ids, or their beginnings.")
    var ids: [String]

    @Option(help: ArgumentHelp("The first day of manufacture; default: as the file says. Empty: no limit.", valueName: "YYYY-MM-DD"))
    var validFrom: String?

    @Option(help: ArgumentHelp("The last day of manufacture; default: as the file says. Empty: no limit.", valueName: "YYYY-MM-DD"))
    var validTo: String?

    @Flag(help: "Take the place of versions that are in force for the same days.")
    var replace = false

    @Option(help: "Why; it stays in the ledger.")
    var reason: String?

    func run() throws {
        for id in ids {
            let reference = ControlRequest.Reference(version: id, validFrom: validFrom, validTo: validTo, replaces: replace)
            try common.show(common.ask(ControlRequest(.activateReference, reference: reference, reason: reason)))
        }
    }
}

/// `ecocctl reference retire`.
struct ReferenceRetireCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "No vehicle gets this version any more. Recorded with your name.",
        discussion: "What is in work keeps it. Exit code 1 when there is no such version, 3 when you may not decide.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id, or its beginning.")
    var id: String

    @Option(help: "Why; it stays in the ledger.")
    var reason: String

    func run() throws {
        try common.show(common.ask(ControlRequest(.retireReference, reference: .init(version: id), reason: reason)))
    }
}
