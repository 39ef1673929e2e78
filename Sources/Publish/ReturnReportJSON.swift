import Certificate

/// The report as one JSON object (RFC 8259), UTF-8, its keys always in the same order, a line for each record.
enum ReturnReportJSON {
    static let format = "ecocd-return-report/1"

    /// Everything up to the opening bracket of the records.
    static func start(_ summary: ReturnReport.Summary) -> [UInt8] {
        let counts = summary.counts
        let members = [
            ("format", text(format)), ("submission", text(summary.submission)), ("source", text(summary.source)),
            ("file", text(summary.file)), ("sha256", text(summary.sha256)), ("received-at", text(summary.receivedAt)),
            ("outcome", text(summary.outcome.rawValue)), ("first-submission", text(summary.firstSubmission)),
            ("rule-set", text(summary.ruleSetVersion)),
            (
                "counts",
                object([
                    ("records", String(counts.records)), ("published", String(counts.published)), ("rejected", String(counts.rejected)),
                    ("duplicates", String(counts.duplicates)), ("warnings", String(counts.warnings)),
                ])
            ),
            ("findings", array(summary.findings.map(finding))),
        ]
        return Array("\(object(members).dropLast()),\"records\":[".utf8)
    }

    static let end: [UInt8] = Array("\n]}\n".utf8)

    /// One record, on a line of its own.
    static func record(_ entry: ReturnReport.Entry, isFirst: Bool) -> [UInt8] {
        let certificate = entry.certificate
        let members = [
            ("row", String(entry.row)), ("vin", text(entry.vin)), ("status", text(entry.status.rawValue)),
            ("certificate", text(certificate?.name)), ("stage", certificate.map { String($0.stage) } ?? "null"),
            ("version", certificate.map { String($0.version) } ?? "null"), ("bundle", text(certificate?.bundle)),
            ("findings", array(entry.findings.map(finding))),
        ]
        return Array("\(isFirst ? "" : ",")\n\(object(members))".utf8)
    }

    private static func finding(_ finding: Finding) -> String {
        object([
            ("rule", text(finding.rule)), ("severity", text(finding.severity.rawValue)), ("row", finding.row.map { String($0) } ?? "null"),
            ("column", text(finding.column)), ("element", text(finding.element)), ("item", text(finding.item)),
            ("value", text(finding.value)), ("message", text(finding.message)), ("remedy", text(finding.remedy)),
            ("changed", finding.change.map(change) ?? "null"),
        ])
    }

    private static func change(_ change: Finding.Change) -> String {
        object([("from", text(change.from.rawValue)), ("reason", text(change.reason)), ("by", text(change.decidedBy))])
    }

    private static func object(_ members: [(name: String, value: String)]) -> String {
        "{\(members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ","))}"
    }

    private static func array(_ values: [String]) -> String { "[\(values.joined(separator: ","))]" }

    /// A JSON string, or null.
    private static func text(_ value: String?) -> String {
        guard let value else { return "null" }
        guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else { return "\"\(value)\"" }
        var escaped: [UInt8] = [0x22]
        for byte in value.utf8 {
            switch byte {
            case 0x22, 0x5C: escaped += [0x5C, byte]
            case 0x0A: escaped += Array("\\n".utf8)
            case 0x0D: escaped += Array("\\r".utf8)
            case 0x09: escaped += Array("\\t".utf8)
            case ..<0x20: escaped += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: escaped.append(byte)
            }
        }
        escaped.append(0x22)
        return String(decoding: escaped, as: UTF8.self)
    }
}
