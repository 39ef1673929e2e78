import Certificate
import Validate

/// What a source decides about rules: `[[rule]]`.
struct SourceRuleReader {
    let tables: [SettingsTable]
    let scope: SourceReader.Scope

    func read() -> [RuleChange] {
        var changes: [RuleChange] = []
        for table in tables {
            let before = table.faults.count
            let change = RuleChange(
                rule: table.requiredText("id"), severity: severity(table), reason: line(table, "reason", limit: 500),
                decidedBy: line(table, "by", limit: 100))
            table.finish()
            guard table.faults.count == before else { continue }
            if changes.contains(where: { $0.rule == change.rule }) {
                table.fault(at: "id", "there are two [[rule]] for '\(change.rule)'", "Keep the one that is meant.")
                continue
            }
            if scope == .inForce { check(change, table) }
            changes.append(change)
        }
        return changes
    }

    private func severity(_ table: SettingsTable) -> Finding.Severity {
        let text = table.requiredText("severity")
        if let severity = Finding.Severity(rawValue: text) { return severity }
        if !text.isEmpty {
            let known = Finding.Severity.allCases.reversed().map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            table.fault(at: "severity", "the severity '\(text)'\(of(table)) is unknown", "Use one of \(known).")
        }
        return .error
    }

    private func line(_ table: SettingsTable, _ key: String, limit: Int) -> String {
        guard table.isSet(key) else { return table.requiredText(key) }
        guard let text = table.text(key) else { return "" }
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        if !text.contains(where: { !$0.isWhitespace }) || text.count > limit || !isPlain {
            table.fault(
                at: key, "'\(key)'\(of(table)) must be a line of text with at most \(limit) characters",
                key == "by" ? "Name the person who decided it." : "Say in one sentence why.")
        }
        return text
    }

    private func of(_ table: SettingsTable) -> String { table.plainText("id").map { " of rule '\($0)'" } ?? "" }

    /// Whether this program's rules allow the change.
    private func check(_ change: RuleChange, _ table: SettingsTable) {
        switch change.problem() {
        case nil: break
        case .unknown:
            table.fault(
                at: "id", "there is no rule '\(change.rule)' about vehicles", "Look for a typing mistake; 'ecocctl rules list' names them.")
        case .fixed(let reason):
            table.fault(
                at: "id", "the severity of '\(change.rule)' can't be changed, because \(reason)",
                "Remove this [[rule]], and have the data mended at its source.")
        case .nothingChanges:
            table.fault(
                at: "severity", "'\(change.rule)' has the severity \"\(change.severity.rawValue)\" anyway",
                "Remove this [[rule]], or give another severity.")
        }
    }
}
