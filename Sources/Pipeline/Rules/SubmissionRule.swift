import Certificate

/// The rules that the pipeline itself decides: whether a file or a vehicle came before, and what may follow on what.
enum SubmissionRule: String, Sendable, CaseIterable {
    case repeatedFile = "FILE-90"
    case incompleteFile = "FILE-91"
    case repeatedVehicle = "ID-01"
    case knownCertificate = "ID-02"
    case correction = "ID-03"
    case firstVersion = "ID-04"
    case allOrNothing = "ID-05"
    case referenceID = "ID-06"
    case correctionsRefused = "ID-07"
    case earlierUnderWay = "ID-08"
    case nextVersion = "ID-09"
    case laterDateTime = "ID-10"
    case approvalDate = "ID-11"
    case previousStage = "ID-12"
    case rejectedByPerson = "REL-01"

    /// What the rule asks, in one sentence.
    var title: String {
        switch self {
        case .repeatedFile: "A file is answered once."
        case .incompleteFile: "A file ends as its format asks."
        case .repeatedVehicle: "A vehicle stands in a file once."
        case .knownCertificate: "A certificate is published once."
        case .correction: "Other values for a published certificate are a correction."
        case .correctionsRefused: "A source that takes no corrections doesn't change a published certificate."
        case .earlierUnderWay: "A correction comes when the version before it is published."
        case .nextVersion: "A correction has the next version."
        case .laterDateTime: "A correction has a later date-time than the message it corrects."
        case .approvalDate: "A correction keeps the approval's date of issue, unless the approval number changes with it."
        case .previousStage: "A later stage names the stage before as it was published."
        case .rejectedByPerson: "A held submission goes on when a person releases it."
        case .firstVersion: "The first message about a vehicle and stage is version 1."
        case .allOrNothing: "Where the source publishes all or nothing, every record of the file is good."
        case .referenceID: "A reference id is given to one message only."
        }
    }

    var severity: Finding.Severity {
        switch self {
        case .repeatedFile, .knownCertificate: .information
        case .incompleteFile, .correction: .warning
        case .repeatedVehicle, .firstVersion, .allOrNothing, .referenceID, .correctionsRefused, .earlierUnderWay, .nextVersion,
            .laterDateTime,
            .approvalDate, .previousStage, .rejectedByPerson:
            .error
        }
    }
}

extension SubmissionRule {
    /// Where it comes from.
    var source: String {
        switch self {
        case .referenceID: "RULES 2"
        case .firstVersion: "RULES 4"
        case .nextVersion: "RULES 5"
        case .laterDateTime: "RULES 6"
        case .approvalDate: "RULES 9"
        case .previousStage: "RULES 93"
        case .correction, .correctionsRefused, .earlierUnderWay, .rejectedByPerson: "docs/release.md"
        case .repeatedFile, .incompleteFile, .repeatedVehicle, .knownCertificate, .allOrNothing: "docs/architecture.md"
        }
    }
}
