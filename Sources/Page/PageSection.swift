import Certificate

/// The parts of the page in the order of Annex VIII of Regulation (EU) 2020/683; the message's own data end the first page, the rest the last.
enum PageSection: String, CaseIterable, Sendable {
    case general, approval, signature, message
    case construction, dimensions, masses, power, speed, axles, bodywork, coupling, environment, miscellaneous
    case further

    /// The key of its title.
    var title: String { "section.\(rawValue)" }

    /// The section of an item by its first number.
    init(item: [Int]) {
        self =
            switch item.first ?? 0 {
            case 0: .general
            case 1...3: .construction
            case 4...12: .dimensions
            case 13...19: .masses
            case 20...28: .power
            case 29: .speed
            case 30...37: .axles
            case 38...43: .bodywork
            case 44...45: .coupling
            case 46...49: .environment
            default: .miscellaneous
            }
    }

    /// Elements without an item that belong to the first page all the same, in the order in which they are shown.
    static let listed: [PageSection: [String]] = [
        .message: ["IviReferenceId", "IviVersionNumber", "IviVersionDateTime", "IviVersionNumberXsd", "IntendedCountryRegistration"],
        .approval: [
            "TypeApprovalNumber", "TypeApprovalIssueDate", "TypeApprovalType", "DesignatedTypeApprovalCountry",
            "ProvisionalTypeApprovalIndicator", "ProvisionalApprovalTerritoryCountry", "ProductionYearSmallSeries",
            "ProductionSequentialNumberSmallSeries", "RightLeftHandTraffic", "MetricImperialSpeedometer", "MetricImperialOdometer",
        ],
        .signature: ["SignerName", "SignerPosition", "SignatureLocation", "SignatureDate"],
    ]

    /// Elements without an item that are read together with one, and stand behind it.
    static let besides = [
        "StageOfCompletion": "0.4", "CompletedAltered": "0.4", "DescriptionCompletedAltered": "0.4", "LocationStatutoryPlate23Wheel": "0.6",
        "LocationVin23Wheel": "0.6", "ManufacturerStageNumber": "0.5", "RemarkSubjectLanguage": "52",
    ]
}
