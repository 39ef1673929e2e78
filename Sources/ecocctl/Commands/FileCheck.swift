import ArgumentParser
import Certificate
import Configuration
import Linux
import Page
import Pipeline

/// `ecocctl check FILE`: what the daemon would make of it.
struct FileCheck {
    let command: CheckCommand
    let file: String

    private var common: CommonOptions { command.common }

    func run() throws {
        let configuration = try common.configuration()
        guard let source = try command.source.map({ try named($0, configuration) }) ?? only(configuration) else {
            throw CommandRefusal(
                .usage, "There are several sources; say which with --source: \(configuration.sources.map(\.name).joined(separator: ", ")).")
        }
        try refuseToOverwrite()
        let row = try row(source)
        var found = CheckedFindings(isGrouped: !command.all && row == nil, row: row)
        let grounds: DryRunGrounds
        let forecast: DryRun.Forecast
        let progress = Progress(isWanted: !common.json) { "ecocctl: \($0) records checked" }
        do {
            grounds = try DryRunGrounds(configuration, referenceFolder: command.reference)
            forecast = try DryRun(source: source, grounds: grounds).run(file, row: row, progress: progress.step) {
                found.add($0, vin: $1)
            }
        } catch {
            progress.end()
            throw CommandRefusal(.usage, "\(error)")
        }
        progress.end()
        if command.page != nil, forecast.isRejected, let finding = forecast.file {
            throw CommandRefusal(.no, "\(file) as a whole would be rejected, so there is no page: \(finding.message) \(finding.remedy)")
        }
        let report = CheckReport(file: file, source: source, forecast: forecast, grounds: grounds, found: found)
        if let row, !forecast.isRejected { try look(at: row, report) } else { try report.show(asJSON: common.json) }
        try end(forecast, grounds, row)
    }

    /// Which record to look at closely: nil for none. A ready message has one only.
    private func row(_ source: Source) throws -> Int? {
        guard command.values || command.page != nil, command.row == nil else { return command.row }
        guard source.profile.isMessage else {
            throw CommandRefusal(.usage, "Say with --row whose values or page to show: 'ecocctl check FILE --row 2 --values'.")
        }
        return 1
    }

    private func end(_ forecast: DryRun.Forecast, _ grounds: DryRunGrounds, _ row: Int?) throws {
        let isTurnedDown = row == nil ? forecast.rejected > 0 : forecast.vehicle?.fate == .rejected
        if forecast.isRejected || isTurnedDown { throw ExitCode(RefusalCode.no.rawValue) }
        if case .closed = grounds.reference { throw ExitCode(RefusalCode.notAllowed.rawValue) }
    }

    private func look(at row: Int, _ report: CheckReport) throws {
        guard let vehicle = report.forecast.vehicle else {
            let rows = report.forecast.rows.map { "The file has records from row \($0.lowerBound) to row \($0.upperBound)." }
            throw CommandRefusal(.usage, "There is no record in row \(row) of \(file). \(rows ?? "The file has no records.")")
        }
        let written = try command.page.flatMap { try write(vehicle, to: $0) }
        guard command.page != "-" else {
            if vehicle.fate == .rejected {
                Console.error("Row \(row) would be rejected; the page shows the values as far as they are known.")
            }
            return
        }
        try report.show(vehicle, showsValues: command.values, page: written, asJSON: common.json)
    }

    /// - Returns: the file that was written.
    private func write(_ vehicle: VehicleForecast, to path: String) throws -> String? {
        let html = vehicle.page(PageLanguage(rawValue: command.language) ?? .english)
        guard path != "-" else {
            try Console.bytes(html)
            return nil
        }
        let bytes = path.hasSuffix(".pdf") ? try PDFEngine.render(html) : html
        do { try OutputFile.write(bytes, to: path) } catch { throw CommandRefusal(.usage, "\(error)") }
        return path
    }

    /// `--page` followed by the ERP's file by mistake would replace it.
    private func refuseToOverwrite() throws {
        guard let page = command.page, page != "-" else { return }
        let isPage = [".html", ".htm", ".pdf"].contains { page.lowercased().hasSuffix($0) }
        guard isPage else {
            throw CommandRefusal(.usage, "A page is written into a file whose name ends in .html or .pdf, not into '\(page)'.")
        }
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
}

/// The findings of a look, as they are shown: grouped, or those of one row, or all.
struct CheckedFindings {
    let isGrouped: Bool
    /// Only this row's and those of the file.
    let row: Int?
    private(set) var groups = FindingGroups()
    private(set) var single: [(finding: Finding, vin: String?)] = []

    init(isGrouped: Bool, row: Int?) { (self.isGrouped, self.row) = (isGrouped, row) }

    mutating func add(_ finding: Finding, vin: String?) {
        if isGrouped {
            groups.add(finding, vin: vin)
        } else if row == nil || finding.row == nil || finding.row == row {
            single.append((finding, vin))
        }
    }
}
