import Foundation

/// What the return reports say: read as an ERP team would.
struct DemoResult {
    private var reports: [Report] = []

    struct Report: Decodable {
        var source: String
        var file: String
        var records: [Record]
    }

    struct Record: Decodable {
        var row: Int
        var vin: String?
        var status: String
        var bundle: String?
        var findings: [Finding]
    }

    struct Finding: Decodable {
        var rule, severity: String
        var column, element, value: String?
        var message, remedy: String
    }

    struct Bundle {
        let vin: String
        let file: String
    }

    init(house: DemoHouse) throws {
        for export in try house.exports() {
            let folder = "\(house.spool)/returns/\(export.source)"
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".report.json") {
                let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
                reports.append(try JSONDecoder().decode(Report.self, from: data))
            }
        }
    }

    var firstBundle: Bundle? {
        reports.lazy.flatMap(\.records).compactMap { record in
            record.bundle.map { Bundle(vin: record.vin ?? "", file: $0) }
        }.first
    }

    func showRecords() {
        Console.table(
            ["SOURCE", "ROW", "VIN", "BECAME", "BUNDLE"],
            reports.flatMap { report in
                report.records.map { [report.source, String($0.row), $0.vin ?? "-", $0.status, $0.bundle ?? "-"] }
            })
    }

    func showFindings() {
        for report in reports {
            Console.line("\(report.source), \(report.file):")
            for record in report.records {
                for finding in record.findings where finding.severity != "information" {
                    let column = finding.column ?? finding.element ?? "-"
                    let value = finding.value.map { ", value '\(Console.visible($0))'" } ?? ""
                    Console.line(
                        "  row \(record.row), column \(column)\(value)\n    \(finding.rule) \(finding.severity): \(finding.message)\n    do: \(finding.remedy)"
                    )
                }
            }
        }
    }
}
