/// The rules that a message's XML is read by. The first seven end the reading, the others give findings.
public enum StructureRule: String, Sendable, CaseIterable {
    case notWellFormed = "XML-01"
    case documentType = "XML-02"
    case tooLarge = "XML-03"
    case encoding = "XML-04"
    case notIVI = "XML-05"
    case otherVersion = "XML-06"
    case oldMessage = "XML-07"
    case unknownElement = "XML-10"
    case misplacedElement = "XML-11"
    case repeatedElement = "XML-12"
    case tooManyGroups = "XML-13"
    case attribute = "XML-14"
    case strayText = "XML-15"
    case emptyGroup = "XML-16"
    case furtherFindings = "XML-17"

    /// What the rule asks, in one sentence.
    public var title: String {
        switch self {
        case .notWellFormed: "The message is well-formed XML."
        case .documentType: "The message has no document type declaration."
        case .tooLarge: "The message can be held in memory and is not larger than the limit."
        case .encoding: "The message is in the encoding that it declares."
        case .notIVI: "The root element is that of an IVI message."
        case .otherVersion: "The message is of IVI 2.0."
        case .oldMessage: "The message isn't one of IVI 1.x."
        case .unknownElement: "Every element is one of IVI 2.0."
        case .misplacedElement: "Every element stands in the group that IVI 2.0 has it in."
        case .repeatedElement: "An element that isn't a table's group stands once."
        case .tooManyGroups: "A table has at most \(FieldKey.maximumIndex) groups."
        case .attribute: "Elements have no attributes."
        case .strayText: "Text stands in value elements only."
        case .emptyGroup: "A group holds values."
        case .furtherFindings: "All faults of the message are listed."
        }
    }
}
