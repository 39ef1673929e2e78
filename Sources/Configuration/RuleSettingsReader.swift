import Certificate
import Validate

/// What a source decides about rules: `[[rule]]`.
struct RuleSettingsReader {
    let path: String
    let bytes: [UInt8]

    /// The form of the settings alone: a submission's own copy must stay readable when rules come and go.
    func read(_ settings: [SourceSettings.RuleSettings]) throws(ConfigurationError) -> [RuleChange] {
        var changes: [RuleChange] = []
        for rule in settings {
            guard !changes.contains(where: { $0.rule == rule.id }) else {
                throw fault(rule.id, "there are two [[rule]] for '\(rule.id)'", "Keep the one that is meant.")
            }
            guard let severity = Finding.Severity(rawValue: rule.severity) else {
                let known = Finding.Severity.allCases.reversed().map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
                throw fault(rule.id, "the severity '\(rule.severity)' of rule '\(rule.id)' is unknown", "Use one of \(known).")
            }
            try checkText(rule.reason, "reason", of: rule.id, limit: 500)
            try checkText(rule.by, "by", of: rule.id, limit: 100)
            changes.append(RuleChange(rule: rule.id, severity: severity, reason: rule.reason, decidedBy: rule.by))
        }
        return changes
    }

    /// Whether this program's rules allow the changes.
    func check(_ changes: [RuleChange]) throws(ConfigurationError) {
        for change in changes {
            guard let problem = change.problem() else { continue }
            switch problem {
            case .unknown:
                throw fault(
                    change.rule, "there is no rule '\(change.rule)' about vehicles",
                    "Look for a typing mistake; 'ecocctl rules list' names them.")
            case .fixed(let reason):
                throw fault(
                    change.rule, "the severity of '\(change.rule)' can't be changed, because \(reason)",
                    "Remove this [[rule]], and have the data mended at its source.")
            case .nothingChanges:
                throw fault(
                    change.rule, "'\(change.rule)' has the severity \"\(change.severity.rawValue)\" anyway",
                    "Remove this [[rule]], or give another severity.")
            }
        }
    }

    private func checkText(_ text: String, _ key: String, of rule: String, limit: Int) throws(ConfigurationError) {
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard text.contains(where: { !$0.isWhitespace }), text.count <= limit, isPlain else {
            throw fault(
                rule, "'\(key)' of rule '\(rule)' must be a line of text with at most \(limit) characters",
                key == "by" ? "Name the person who decided it." : "Say in one sentence why.")
        }
    }

    private func fault(_ rule: String, _ message: String, _ remedy: String) -> ConfigurationError {
        ConfigurationFile(path: path, bytes: bytes).fault(in: "\"\(rule)\"", message, remedy)
    }
}
