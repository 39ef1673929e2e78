import Audit
public import Certificate
import Linux
public import Spool

/// Why an entry was refused: what `refusal.json` in its directory says.
public struct Refusal: Sendable, Equatable {
    public let rule: String
    public let message: String
    public let remedy: String

    /// The file's name in the submission's directory.
    public static let fileName = "refusal.json"

    init(_ finding: Finding) {
        rule = finding.rule
        message = finding.message
        remedy = finding.remedy
    }

    /// The refusal of a submission in `rejected`, or nil for one that came further than the inbox.
    public static func load(_ id: SubmissionID, from spool: Spool) throws -> Refusal? {
        let directory = try spool.open(id, in: .rejected)
        guard try directory.statusIfPresent(fileName) != nil else { return nil }
        let object = try FlatObject(reading: try directory.readFile(fileName, limit: 1 << 16))
        guard case .text(let rule)? = object.fields["rule"], case .text(let message)? = object.fields["message"],
            case .text(let remedy)? = object.fields["remedy"]
        else { return nil }
        return Refusal(rule: rule, message: message, remedy: remedy)
    }

    /// The finding about the whole file.
    public var finding: Finding { Finding(rule: rule, severity: .error, message: message, remedy: remedy) }

    var bytes: [UInt8] {
        FlatObject(["v": 1, "rule": .text(rule), "message": .text(message), "remedy": .text(remedy)]).bytes
    }

    func rejected(_ id: SubmissionID) -> Event {
        Event(.rejected, submission: id.text, ["reason": .text(message), "rules": .text(rule)])
    }

    private init(rule: String, message: String, remedy: String) {
        (self.rule, self.message, self.remedy) = (rule, message, remedy)
    }
}
