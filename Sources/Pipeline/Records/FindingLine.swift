import Certificate
import FoundationEssentials

/// The findings of one record: one line of `findings.jsonl`. Only records with findings have one.
struct FindingLine: Codable, Sendable, Equatable {
    var row: Int
    var findings: [Item]

    struct Item: Codable, Sendable, Equatable {
        var rule: String
        var severity: String
        var row: Int?
        var column: String?
        var element: String?
        var item: String?
        var value: String?
        var message: String
        var remedy: String
        /// What the source decided about the rule; missing where the rule's own severity holds.
        var changed: Changed?

        struct Changed: Codable, Sendable, Equatable {
            var from: String
            var reason: String
            var by: String
        }

        init(_ finding: Finding) {
            rule = finding.rule
            severity = finding.severity.rawValue
            row = finding.row
            column = finding.column
            element = finding.element
            item = finding.item
            value = finding.value
            message = finding.message
            remedy = finding.remedy
            changed = finding.change.map { Changed(from: $0.from.rawValue, reason: $0.reason, by: $0.decidedBy) }
        }

        var finding: Finding {
            Finding(
                rule: rule, severity: Finding.Severity(rawValue: severity) ?? .error, row: row, column: column, element: element,
                item: item, value: value, message: message, remedy: remedy,
                change: changed.map {
                    Finding.Change(from: Finding.Severity(rawValue: $0.from) ?? .error, reason: $0.reason, decidedBy: $0.by)
                })
        }
    }

    init(row: Int, findings: [Finding]) {
        self.row = row
        self.findings = findings.map(Item.init)
    }

    /// The line with its line break.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [0x0A]
    }

    static func decode(_ line: some Sequence<UInt8>) throws -> FindingLine {
        try JSONDecoder().decode(FindingLine.self, from: Data(line))
    }
}

extension FindingLine {
    /// The ids of the rules that are errors, each once, joined by commas.
    static func rules(_ findings: [Finding]) -> String {
        var seen: Set<String> = []
        return findings.filter { $0.severity == .error && seen.insert($0.rule).inserted }.map(\.rule).joined(separator: ",")
    }
}
