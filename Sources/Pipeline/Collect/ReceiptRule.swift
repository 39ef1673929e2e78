import Certificate

/// The rules that a receipt must keep to be taken, beside those of every inbox (docs/receipts.md).
enum ReceiptRule: String, CaseIterable {
    case name = "RCPT-01"
    case unknownBundle = "RCPT-02"
    case otherBundle = "RCPT-03"
    case outcome = "RCPT-04"

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
