/// The findings of one message, at most `MessageReader.Limit.findings`: a hostile file can't fill the memory with them.
struct StructureFindings {
    private(set) var list: [Finding] = []

    /// What a rule says of one place.
    struct Report {
        let rule: StructureRule
        var severity = Finding.Severity.error
        let line: Int
        let element: String
        var value: String?
        let message: String
        let remedy: String
    }

    mutating func add(_ report: Report) {
        guard list.count < MessageReader.Limit.findings else { return }
        guard list.count < MessageReader.Limit.findings - 1 else { return list.append(Self.further(line: report.line)) }
        list.append(
            Finding(
                rule: report.rule.rawValue, severity: report.severity, row: report.line, element: report.element, value: report.value,
                message: report.message, remedy: report.remedy))
    }

    private static func further(line: Int) -> Finding {
        Finding(
            rule: StructureRule.furtherFindings.rawValue, severity: .error, row: line, message: "There are more faults than are listed.",
            remedy: "Mend those that are listed, then send the file again.")
    }
}
