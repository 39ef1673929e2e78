import Certificate

/// The rules that a receipt must keep to be taken, beside those of every inbox (docs/receipts.md).
enum ReceiptRule: String, CaseIterable {
    case name = "RCPT-01"
    case unknownBundle = "RCPT-02"
    case otherBundle = "RCPT-03"
    case outcome = "RCPT-04"

    /// What the rule asks, in one sentence.
    var title: String {
        switch self {
        case .name: "A receipt's name begins with a bundle's name and a dot."
        case .unknownBundle: "A receipt answers a bundle that was published to its destination."
        case .otherBundle: "A receipt's JSON speaks of the bundle that the receipt is named after."
        case .outcome: "A receipt's outcome is accepted or rejected, and the ending of its name says nothing else."
        }
    }

    var remedy: String {
        switch self {
        case .name: "Name the receipt after its bundle, without .asice, then a dot and anything."
        case .unknownBundle: "Look for whom the authority's answer is meant, and put it into that destination's receipts."
        case .otherBundle: "Let the receipt's name and its 'bundle' speak of the same bundle."
        case .outcome: "Write accepted or rejected as its 'outcome', and let the name's ending say the same or nothing."
        }
    }

    /// - Parameter message: a whole sentence.
    func finding(_ message: String) -> Finding { Finding(rule: rawValue, severity: .error, message: message, remedy: remedy) }
}
