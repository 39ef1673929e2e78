/// The rules that a message's XML is read by. The first six end the reading, the others give findings.
enum StructureRule: String {
    case notWellFormed = "XML-01"
    case documentType = "XML-02"
    case tooLarge = "XML-03"
    case encoding = "XML-04"
    case notIVI = "XML-05"
    case otherVersion = "XML-06"
    case unknownElement = "XML-10"
    case misplacedElement = "XML-11"
    case repeatedElement = "XML-12"
    case tooManyGroups = "XML-13"
    case attribute = "XML-14"
    case strayText = "XML-15"
    case emptyGroup = "XML-16"
    case furtherFindings = "XML-17"
}
