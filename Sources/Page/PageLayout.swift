/// What the page knows of single elements besides the catalogue: tables of names, from which `PagePlan` is made.
enum PageLayout {
    /// How a value names the group that it stands in, at the head of a table's column.
    enum Naming: Sendable {
        case none
        /// Behind the group's own name, in place of a row.
        case number
        /// By its meaning, in place of a row.
        case code
        /// By its meaning, and in a row, too.
        case codeWithRow

        var isCode: Bool { self == .code || self == .codeWithRow }
        var replacesRow: Bool { self == .number || self == .code }
    }

    static let namings: [String: Naming] = [
        "AxleNumber": .number, "TyreNumber": .number, "AxleGroupNumber": .number, "ManufacturerStageNumber": .number,
        "MechanicalCouplingNumber": .number, "GearNumber": .number, "BrakedTypeTrail": .code, "BodyworkTypeTrailer": .code,
        "LocationMarkingsSubject": .code, "TestFamilyIdentifier": .code, "EnergySource": .codeWithRow,
    ]

    /// Groups whose codes say which item of the form a value is: each value is a row of its own, and the codes stand in its label.
    struct Parts: Sendable {
        /// The elements with the codes, outermost first.
        let namers: [String]
        /// The element whose item the codes decide.
        let element: String
        /// By the codes, joined with a blank; a code alone stands for each that begins with it.
        let items: [String: String]
    }

    static let parts: [String: Parts] = [
        "TestFamilyIdentifiersGroup": Parts(
            namers: ["TestFamilyIdentifier"], element: "TestFamilyIdentifierValue",
            items: [
                "IP": "0.2.3.1", "ATCT": "0.2.3.2", "PEMS": "0.2.3.3", "RL": "0.2.3.4", "RM": "0.2.3.5", "PR": "0.2.3.6", "EV": "0.2.3.7",
            ]),
        "BodyworkTypeGroup": Parts(
            namers: ["BrakedTypeTrail", "BodyworkTypeTrailer"], element: "TechnicallyPermissibleMaximumTowableMass",
            items: ["BRK DB": "18.1", "BRK DA": "18.2", "BRK DC": "18.3", "UNB": "18.4"]),
    ]

    /// A number and the power of ten behind it are one value: `1.07 × 10¹¹`.
    static let exponentEnding = "Exponent"

    /// Values for 100 km, whose unit the group's energy source decides.
    static let byFuel = ["WltpFuelConsumption", "TypeVIIFuelConsumption"]

    /// By code of the energy source: the keys of the unit's text (docs/page.md).
    static let fuelUnits: [String: String] = [
        "10": "unit.liquid", "11": "unit.liquid", "12": "unit.liquid", "15": "unit.liquid", "16": "unit.liquid", "20": "unit.liquid",
        "21": "unit.liquid", "22": "unit.liquid", "30": "unit.liquid", "40": "unit.gas", "44": "unit.gas", "55": "unit.gas",
        "50": "unit.hydrogen",
    ]
    static let otherFuelUnit = "unit.fuel"

    /// Speed category symbols in km/h (UN Regulations No 30, 54 and 75).
    static let speeds: [String: String] = [
        "A1": "5", "A2": "10", "A3": "15", "A4": "20", "A5": "25", "A6": "30", "A7": "35", "A8": "40", "B": "50", "C": "60", "D": "65",
        "E": "70", "F": "80", "G": "90", "J": "100", "K": "110", "L": "120", "M": "130", "N": "140", "P": "150", "Q": "160", "R": "170",
        "S": "180", "T": "190", "U": "200", "H": "210", "V": "240", "W": "270", "Y": "300",
    ]

    /// Elements without an item that belong to the first sections all the same, in the order in which they are shown.
    static let listed: [PageSection: [String]] = [
        .message: ["IviReferenceId", "IviVersionNumber", "IviVersionDateTime", "IviVersionNumberXsd", "IntendedCountryRegistration"],
        .approval: [
            "TypeApprovalNumber", "TypeApprovalIssueDate", "TypeApprovalType", "DesignatedTypeApprovalCountry",
            "ProvisionalTypeApprovalIndicator", "ProvisionalApprovalTerritoryCountry", "ProductionYearSmallSeries",
            "ProductionSequentialNumberSmallSeries", "SubjectApprovalCertificateNumber", "RightLeftHandTraffic",
            "MetricImperialSpeedometer",
            "MetricImperialOdometer",
        ],
        .signature: ["SignerName", "SignerPosition", "SignatureLocation", "SignatureDate"],
    ]

    /// The item behind which an element without one stands, or everything in a group that has none of its own and no nearer group here.
    static let besides: [String: String] = [
        "StageOfCompletion": "0.4", "CompletedAltered": "0.4", "DescriptionCompletedAltered": "0.4", "ManufacturerStageNumber": "0.5",
        "LocationStatutoryPlate23Wheel": "0.6", "LocationVin23Wheel": "0.6",
        "SteeringCategory": "2", "GeneralConstructionGroup": "3", "BrakedAxleIndicator": "3", "TrackTrainGroup": "3",
        "DimensionGroup": "12.1", "GroundClearanceBetweenAxles": "12.1",
        "NumberOfSetsBallastMasses": "13", "BallastSetGroup": "13", "BallastMassTotal": "13",
        "MinimalPermissibleDistributionMassCompletedAxle": "15",
        "AxleGroupGroup": "16.3", "InServiceMaximumMassGroup": "17.1", "TowingBrakedTypeTrailGroup": "18",
        "MaximumStaticVerticalMassCouplingPointGroup": "19", "MassGroup": "19", "TyreAxleMassCombinationGroup": "19",
        "ManufacturerHybridApplication": "20", "HybridApplicationCode": "21", "EnergyConvertorGroup": "22",
        "CategoryHybridElectricVehicle": "23.1", "ElectricVehicleConfiguration": "23.1",
        "SubFuelType": "26.1", "FuellingArrangement": "26.1", "EnergySourceGroup": "26.1", "AdditionalEnergySourceGroup": "26",
        "PowerGroup": "27.4", "PowerMassRatio": "27.4", "ConvertingPerformanceIndicator": "27.4", "MaximumAssistanceFactor": "27.4",
        "PowerTakeOffGroup": "28",
        "DeclaredMaximumSpeedForward": "29", "DeclaredMaximumSpeedRearward": "29", "MaximumAssistanceSpeed": "29",
        "AxleGroup": "33", "TyreAxleGroup": "35", "TrackSetGroup": "35",
        "AdvancedBrakingSystem": "36", "ElectronicBrakingSystem": "36", "ElectricalControlLineIndicator": "36",
        "Iso7638ConnectorIndicator": "36", "TrailerBrakeGroup": "36", "BrakingTransmissionGroup": "36",
        "BodyworkGroup": "38", "LoadPlatformGroup": "38", "RollOverProtectiveStructureGroup": "38",
        "SpecialPurposesConstructionCharacteristicsGroup": "38",
        "NumberOfSeatingPositionsExcludingDriver": "42", "NumberOfSeatingPositionsLowerDeck": "42",
        "NumberOfSeatingPositionsUpperDeck": "42", "SeatingPositionConfiguration": "42", "ReversibleDrivingPositionIndicator": "42",
        "LocationArrangementSeats": "42", "DriverSeatTypeCategoryGroup": "42",
        "MechanicalCouplingGroup": "45.1", "ThreePointLiftingMechanism": "45.1", "AdditionalCouplingPoints": "45.1",
        "ThreePointLiftingMechanismMaximumTowableMass": "45.1",
        "SoundLevelGroup": "46", "TestTypeIGroup": "48", "TestTypeIIGroup": "48", "TestNrscGroup": "48", "TestWhscGroup": "48",
        "TestNrtcGroup": "48", "TestWhtcGroup": "48", "TestTypeVIIGroup": "49.4", "VectoGroup": "49.5.2",
        "DescriptionServiceAndMaintenance": "52", "RemarkSubjectLanguage": "52",
    ]
}
