/// A return report, read as a program of the ERP team would.
struct Report: Decodable, Sendable {
    var submission: String
    var source: String
    var file: String
    var outcome: String
    var first: String?
    var counts: Counts
    var findings: [Finding]
    var records: [Record]

    enum CodingKeys: String, CodingKey {
        case submission, source, file, outcome, counts, findings, records
        case first = "first-submission"
    }

    struct Counts: Decodable, Sendable {
        var records, published, rejected, duplicates, warnings: Int
    }

    struct Record: Decodable, Sendable {
        var row: Int
        var vin: String?
        var status: String
        var bundle: String?
        var findings: [Finding]

        var rules: [String] { findings.map(\.rule) }
    }

    struct Finding: Decodable, Sendable {
        var rule, severity: String
        var row: Int?
        var column, element, value: String?
        var message, remedy: String
        var changed: Change?
    }

    struct Change: Decodable, Sendable, Equatable { var from, reason, by: String }

    var bundles: [String] { records.compactMap(\.bundle) }
    /// The rules of all findings, of the file and of its records.
    var rules: [String] { findings.map(\.rule) + records.flatMap(\.rules) }
}
