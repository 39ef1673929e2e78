import ArgumentParser
import Audit
import FoundationEssentials
import Linux

/// `ecocctl show`: what the ledger says of a vehicle or a submission, put together as it is asked for.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what the ledger says of a vehicle or of a submission.",
        discussion:
            "Of a vehicle: what was delivered, from which file and row, under which rules and reference data, released and sealed how, to whom, "
            + "and what they answered, each with its entry in the ledger. Needs no daemon. Exit code 1 when the ledger knows nothing of it."
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: "A VIN, or a submission's id.")
    var subject: String

    @Option(help: ArgumentHelp("Of a vehicle: the certificate's stage. Default: the highest.", valueName: "number"))
    var stage: Int?

    @Option(
        name: [.customLong("certificate-version"), .customLong("version")],
        help: ArgumentHelp("Of a vehicle: the certificate's version. Default: the highest.", valueName: "number"))
    var certificateVersion: Int?

    @Flag(help: "Every entry of the ledger about it, in order, instead.")
    var history = false

    @Option(help: ArgumentHelp("Of a vehicle: write a page to print into this file, too.", valueName: "file"))
    var html: String?

    @Flag(help: "Of a vehicle: every value of its published certificate, and where it came from, instead.")
    var values = false

    func run() throws {
        if values { return try ShowValues(common: common, vin: subject, stage: stage, version: certificateVersion).run() }
        do {
            let places = try common.places()
            let ledger = try LedgerHistory(path: places.ledger)
            if history { return try showHistory(ledger) }
            if html == nil, stage == nil, certificateVersion == nil, let report = try SubmissionReport(subject, from: ledger) {
                if common.json { try Console.json(report) } else { report.show() }
                return
            }
            let report = try VehicleReport.gather(
                subject, stage: stage, version: certificateVersion, from: ledger, spool: places.spool)
            guard let report else { throw CommandRefusal(.no, unknown) }
            if let html { try write(VehiclePage(report).html, to: html) }
            if common.json { try Console.json(report) } else { report.show() }
        } catch let error as LedgerError {
            throw CommandRefusal(.usage, "\(error)")
        }
    }

    private var unknown: String {
        guard stage != nil || certificateVersion != nil else { return "The ledger knows no submission and no vehicle '\(subject)'." }
        let version = certificateVersion.map { ", version \($0)" } ?? ""
        return "The ledger knows no certificate of '\(subject)'\(stage.map { ", stage \($0)" } ?? "")\(version)."
    }

    private func showHistory(_ ledger: LedgerHistory) throws {
        let bySubmission = try ledger.history(submission: subject)
        let places = try bySubmission.isEmpty ? ledger.history(vin: subject) : bySubmission
        guard !places.isEmpty else { throw CommandRefusal(.no, "The ledger knows no submission and no vehicle '\(subject)'.") }
        if common.json { return try Console.json(places.map { HistoryLine($0.entry, volume: $0.volume.origin) }) }
        for volume in ledger.volumes {
            let entries = places.filter { $0.volume.origin == volume.origin }.map(\.entry)
            if entries.isEmpty { continue }
            if ledger.volumes.count > 1 { Console.line("volume \(volume.origin)") }
            HistoryLine.show(entries)
        }
    }

    /// A file that is there is replaced, whole or not at all.
    private func write(_ text: String, to path: String) throws {
        do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
            throw CommandRefusal(.usage, "The page can't be written to '\(path)'. Give a file in a folder that you may write to.")
        }
    }
}
