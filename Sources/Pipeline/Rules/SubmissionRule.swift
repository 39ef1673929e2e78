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

    /// What the rule asks, in one sentence.
    var title: String {
        switch self {
        case .repeatedFile: "A file is answered once."
        case .incompleteFile: "A file ends as its format asks."
        case .repeatedVehicle: "A vehicle stands in a file once."
        case .knownCertificate: "A certificate is published once."
        case .correction: "A published certificate isn't changed by sending other values."
        case .firstVersion: "The first message about a vehicle and stage is version 1."
        case .allOrNothing: "Where the source publishes all or nothing, every record of the file is good."
        case .referenceID: "A reference id is given to one message only."
        }
    }

    var severity: Finding.Severity {
        switch self {
        case .repeatedFile, .knownCertificate: .information
        case .incompleteFile: .warning
        case .repeatedVehicle, .correction, .firstVersion, .allOrNothing, .referenceID: .error
        }
    }
}
