import Testing

@testable import Validate

/// One change to a sound vehicle, and the only rule it should trip.
struct RuleCase: Sendable, CustomTestStringConvertible {
    let rule: String
    let vehicle: VehicleFixture
    let changes: [String]

    init(_ rule: String, _ vehicle: VehicleFixture, _ changes: String...) {
        self.rule = rule
        self.vehicle = vehicle
        self.changes = changes
    }

    var testDescription: String { "\(rule) \(vehicle) \(changes.joined(separator: "; "))" }

    private static let secondStage = [
        "StageOfCompletion V", "ManufacturerStageNumber 2", "PreviousStageTypeApprovalNumber e4*2018/858*00100*00", "PreviousStageType T0",
        "PreviousStageVariant V0", "PreviousStageVersion E0",
    ]

    private init(stage2 rule: String, _ vehicle: VehicleFixture, _ changes: String...) {
        self.rule = rule
        self.vehicle = vehicle
        self.changes = Self.secondStage + changes
    }

    /// Each trips its rule and no other.
    static let tripping: [RuleCase] = [
        RuleCase("CAT-01", .petrolCar, "ActualMass 15x2"),
        RuleCase("CAT-01", .petrolCar, "Colour 11"),
        RuleCase("CAT-02", .petrolCar, "-SignerName"),
        RuleCase("CAT-02", .petrolCar, "-MakeTable"),
        RuleCase("CAT-02", .petrolCar, "-DesignatedTypeApprovalCountry"),
        RuleCase("CAT-02", .petrolCar, "AxleGroupTable[1].AxleGroupNumber 1"),
        RuleCase("CAT-03", .trailer, "-AxleGroupMemberTable[2]"),
        RuleCase("CAT-05", .petrolCar, "-MassGroup", "-TechnicallyPermissibleMaximumCombinationMass"),
        RuleCase("CAT-05", .petrolCar, "-DimensionGroup"),
        RuleCase("VIN-01", .petrolCar, "VehicleIdentificationNumber WAUZZZ1A2BCO04711"),
        RuleCase("VIN-01", .van, "VehicleIdentificationNumber WAUZZZ1A2BIQ04711"),
        RuleCase("VIN-02", .petrolCar, "VehicleIdentificationNumber WAUZZZ1A2BC00A711"),
        RuleCase("APP-01", .petrolCar, "TypeApprovalNumber e4-2018/858-00123-01"),
        RuleCase("APP-02", .petrolCar, "DesignatedTypeApprovalCountry e1"),
        RuleCase("APP-03", .petrolCar, "TypeApprovalNumber e4*168/2013*00123*01"),
        RuleCase("APP-03", .moped, "TypeApprovalNumber e4*167/2013*00123*01"),
        RuleCase("APP-04", .petrolCar, "TypeApprovalNumber e4*KS18/858*00123*01"),
        RuleCase("APP-04", .petrolCar, "TypeApprovalType ESS"),
        RuleCase("APP-05", .petrolCar, "Version N/A"),
        RuleCase("DAT-01", .petrolCar, "TypeApprovalIssueDate 2026-08-21"),
        RuleCase("DAT-02", .petrolCar, "SignatureDate 2026-08-19"),
        RuleCase("DAT-03", .petrolCar, "IviVersionDateTime 2026-08-20T23:59:59+02:00"),
        RuleCase("DAT-04", .petrolCar, "DateManufactureVehicle 2026-09-02", "SignatureDate 2026-09-02"),
        RuleCase("DAT-05", .moped, "DateManufactureVehicle 2026-08-20"),
        RuleCase("STG-01", .van, "StageOfCompletion V"),
        RuleCase(stage2: "STG-02", .van, "-PreviousStageVariant"),
        RuleCase("STG-03", .van, "PreviousStageType T0"),
        RuleCase(
            stage2: "STG-04", .van, "PreviousStageTypeApprovalNumber e4*2018/858*00123*01", "PreviousStageVariant V1",
            "PreviousStageVersion E1"),
        RuleCase("STG-05", .van, "ManufacturerStageNumber 0"),
        RuleCase("CATG-01", .petrolCar, "NumberOfSeatingPositionsIncludingDriver 10"),
        RuleCase("CATG-02", .van, "VehicleCategory N1"),
        RuleCase("CATG-02", .van, "VehicleCategory N3"),
        RuleCase("CATG-02", .trailer, "VehicleCategory O3"),
        RuleCase("CATG-03", .petrolCar, "CodeForBodywork BB"),
        RuleCase("CON-01", .petrolCar, "-LocationMarkingsTable[1]"),
        RuleCase("CON-01", .van, "-LocationMarkingsTable"),
        RuleCase("CON-02", .petrolCar, "LocationVin23Wheel R"),
        RuleCase("CON-02", .moped, "LocationMarkingsSubject VIN", "LocationMarkingsVehiclePart PASCT"),
        RuleCase("CON-03", .moped, "-LocationVin23Wheel"),
        RuleCase("CON-04", .petrolCar, "NumberOfDoors 4"),
        RuleCase("CON-05", .petrolCar, "AxleTable[2].TyreAxleTable[1].RecommendedTyrePressure 230"),
        RuleCase("CON-06", .petrolCar, "LocationArrangementSeats 2+3"),
        RuleCase("CON-07", .van, "TypeApprovalTransportDangerousGoodsIndicator Y"),
        RuleCase("CON-07", .van, "TypeApprovalTransportDangerousGoodsClass FL"),
        RuleCase("CON-08", .van, "MaximumAuthorisedDimensionsDerogationIndicator Y"),
        RuleCase("CON-09", .petrolCar, "ColourTable[2].Colour 1"),
        RuleCase("AXL-01", .petrolCar, "NumberOfAxles 3"),
        RuleCase("AXL-01", .petrolCar, "-AxleTable"),
        RuleCase("AXL-02", .petrolCar, "AxleTable[2].AxleNumber 3"),
        RuleCase("AXL-03", .petrolCar, "NumberOfPoweredAxles 2"),
        RuleCase("AXL-04", .van, "NumberOfSteeredAxles 2"),
        RuleCase("AXL-05", .van, "NumberOfAxlesWithTwinWheels 0"),
        RuleCase("AXL-06", .trailer, "NumberOfBrakedAxles 1"),
        RuleCase("AXL-07", .petrolCar, "AxleTable[1].AxleSpacing 2650"),
        RuleCase("AXL-08", .petrolCar, "-AxleTable[1].AxleSpacing"),
        RuleCase("AXL-08", .petrolCar, "AxleTable[2].AxleSpacing 2700"),
        RuleCase("AXL-09", .trailer, "AxleGroupTable[1].AxleGroupMemberTable[2].MemberAxleNumber 3"),
        RuleCase("AXL-10", .electricCar, "InterconnectionWithPoweredAxleNumber 3"),
        RuleCase(
            "AXL-11", .petrolCar, "TyreAxleCombinationNumber 1", "AxleNumberCombination 3", "TyreNumberCombination 1"),
        RuleCase("AXL-12", .petrolCar, "AxleTable[2].TechnicallyPermissibleMassAxle 899"),
        RuleCase("AXL-12", .trailer, "TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint 50"),
        RuleCase("AXL-13", .van, "AxleTable[2].DistributionMassRunningOrderAxle 1201"),
        RuleCase("AXL-13", .trailer, "MechanicalCouplingDistributionMassRunningOrder 90"),
        RuleCase("AXL-14", .van, "AxleTable[1].TyreAxleTable[2].TyreNumber 1"),
        RuleCase("AXL-15", .van, "AxleTable[1].TyreAxleTable[2].TyreFittedProductionIndicator N"),
        RuleCase("AXL-16", .van, "AxleTable[1].TyreAxleTable[1].TyreFittedProductionIndicator Y"),
        RuleCase("AXL-17", .van, "-LoadCapacityIndexTwinWheel"),
        RuleCase("MAS-01", .petrolCar, "ActualMass 1499"),
        RuleCase("MAS-02", .petrolCar, "ActualMass 2000"),
        RuleCase("MAS-03", .petrolCar, "MassInRunningOrder 2000", "-ActualMass"),
        RuleCase(
            "MAS-04", .petrolCar, "TowingBrakedTypeTrailTable[2].BodyworkTypeTable[1].TechnicallyPermissibleMaximumCombinationMass 1999"),
        RuleCase(
            "MAS-05", .petrolCar, "TowingBrakedTypeTrailTable[2].BodyworkTypeTable[1].TechnicallyPermissibleMaximumCombinationMass 3001"),
        RuleCase("MAS-06", .petrolCar, "AllowedActualMassMin 1600", "AllowedActualMassMax 1500"),
        RuleCase("MAS-07", .petrolCar, "AllowedActualMassMin 1400"),
        RuleCase("MAS-07", .petrolCar, "AllowedActualMass 1520", "AllowedActualMassMin 1500", "AllowedActualMassMax 1600"),
        RuleCase("MAS-08", .van, "InServiceMaximumPermissibleLadenMass 4900"),
        RuleCase(
            "MAS-08", .van, "InServiceMaximumPermissibleLadenMassAxle 3000",
            "InServiceMaximumPermissibleLadenMassAxleCountry DE",
            "InServiceMaximumPermissibleLadenMassAxleTrafficRegulation 96/53/EC"
        ),
        RuleCase("MAS-08", .trailer, "InServiceMaximumPermissibleAxleGroupLadenMass 3300"),
        RuleCase("TOW-01", .petrolCar, "-TowingBrakedTypeTrailTable[1].BrakedTypeTrail"),
        RuleCase("TOW-01", .petrolCar, "TowingBrakedTypeTrailTable[1].BrakedTypeTrail INB"),
        RuleCase("TOW-02", .petrolCar, "-BodyworkTypeTrailer"),
        RuleCase(
            "TOW-03", .moped, "VehicleCategory T1a", "TypeApprovalNumber e4*167/2013*00123*00", "-23Wheel", "-LocationArrangementSeats",
            "-RecommendedTyrePressure", "LocationMarkingsTable[1].LocationMarkingsSubject STAT",
            "LocationMarkingsTable[1].LocationMarkingsVehiclePart CHASS", "LocationMarkingsTable[2].LocationMarkingsSubject VIN",
            "LocationMarkingsTable[2].LocationMarkingsVehiclePart CHASS",
            "TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint 80"),
        RuleCase("TOW-04", .petrolCar, "MechanicalCouplingNumber 1"),
        RuleCase("TOW-04", .petrolCar, "MechanicalCouplingNumberTowingMasses 1"),
        RuleCase("TOW-05", .moped, "MechanicalCouplingNumber 1", "MechanicalCouplingPartsMake A"),
        RuleCase("TOW-06", .trailer, "MechanicalCouplingNumberVerticalMass 2"),
        RuleCase("TOW-07", .petrolCar, "MechanicalCouplingCanBeFittedClass A"),
        RuleCase("TOW-07", .van, "MechanicalCouplingCanBeFittedClass A"),
        RuleCase("ENE-01", .electricCar, "PureElectricVehicleIndicator N"),
        RuleCase("ENE-01", .petrolCar, "PureElectricVehicleIndicator Y", "-FuelType"),
        RuleCase("ENE-02", .petrolCar, "-PureElectricVehicleIndicator"),
        RuleCase("ENE-03", .electricCar, "EnergyConvertorTable[2].WorkingPrinciple ELECT"),
        RuleCase("ENE-03", .electricCar, "-EnergyConvertorTable"),
        RuleCase("ENE-04", .electricCar, "MaximumNetPowerCombustion 90"),
        RuleCase("ENE-05", .petrolCar, "Maximum30MinutesPower 60"),
        RuleCase("ENE-06", .electricCar, "FuelType M"),
        RuleCase("ENE-07", .petrolCar, "DualFuelType Type 1A"),
        RuleCase("ENE-08", .electricCar, "ConsolidatedMaximumNetPowerElectric 150"),
        RuleCase(
            "ENE-08", .electricCar, "EnergyConvertorTable[2].WorkingPrinciple ELECT",
            "EnergyConvertorTable[2].EnergySourceTable[1].EnergySource 95"),
        RuleCase("ENE-09", .electricCar, "CombustionCycle 4ST"),
        RuleCase("ENE-11", .plugInHybrid, "-EnergyConvertorTable[2].EnergySourceTable"),
        RuleCase("ENE-12", .plugInHybrid, "-EnergyConvertorTable[2].WorkingPrinciple"),
        RuleCase("ENE-13", .electricCar, "ClassHybridVehicle NOVC-FCHV"),
        RuleCase("ENE-14", .plugInHybrid, "-WltpEquivalentAllElectricOffVehicleChargingRange"),
        RuleCase("ENE-15", .petrolCar, "WltpCo2WeightedCombined 20"),
        RuleCase("ENE-15", .petrolCar, "WltpFuelConsumptionChargeDepletingCombined 1.2"),
        RuleCase("ENE-16", .plugInHybrid, "WltpCo2Combined 20"),
        RuleCase("ECO-01", .petrolCar, "EcoInnovationsFittedIndicator Y"),
        RuleCase("ECO-01", .petrolCar, "EcoInnovationCountry e4", "GeneralCodeEcoInnovation 28"),
    ]

    /// Each comes close to its rule, but is sound.
    static let sound: [RuleCase] = [
        RuleCase("CAT-01", .petrolCar, "ActualMass 001520"),
        RuleCase(
            "CAT-02", .petrolCar, "EURepresentativeName A", "EURepresentativeAddressLine1 B", "EURepresentativePlaceOfResidence C",
            "EURepresentativeCountryOfResidence D"),
        RuleCase("CAT-03", .trailer, "-AxleGroupTable"),
        RuleCase("CAT-05", .petrolCar, "-GeneralConstructionGroup", "NumberOfWheels 4"),
        RuleCase("VIN-01", .petrolCar, "VehicleIdentificationNumber WAUZZZ1A2BC104711"),
        RuleCase("VIN-02", .petrolCar, "VehicleIdentificationNumber WAUZZZ1A2BCAB0000"),
        RuleCase("APP-01", .petrolCar, "TypeApprovalNumber e4*2007/46*1234*19"),
        RuleCase("APP-02", .petrolCar, "DesignatedTypeApprovalCountry e50", "TypeApprovalNumber e50*2018/858*00123*01"),
        RuleCase("APP-03", .moped, "VehicleCategory L3e-A1"),
        RuleCase("APP-04", .petrolCar, "TypeApprovalType ESS", "TypeApprovalNumber e4*KS18/858*00123*01"),
        RuleCase("APP-05", .moped, "Version N/A"),
        RuleCase("DAT-01", .petrolCar, "TypeApprovalIssueDate 2026-08-20"),
        RuleCase("DAT-02", .petrolCar, "SignatureDate 2026-08-20"),
        RuleCase("DAT-03", .petrolCar, "IviVersionDateTime 2026-08-21T00:00:00Z"),
        RuleCase("DAT-04", .petrolCar, "DateManufactureVehicle 2026-09-01", "SignatureDate 2026-09-01"),
        RuleCase("DAT-05", .van, "DateManufactureVehicle 2026-08-19"),
        RuleCase(stage2: "STG-01", .van),
        RuleCase(stage2: "STG-02", .van, "StageOfCompletion I"),
        RuleCase("STG-03", .van, "StageOfCompletion I"),
        RuleCase(stage2: "STG-04", .van, "PreviousStageTypeApprovalNumber e4*2018/858*00123*01", "PreviousStageVariant V1"),
        RuleCase(
            stage2: "STG-05", .van, "ManufacturerTable[2].ManufacturerStageNumber 1", "ManufacturerTable[2].ManufacturerName Base",
            "ManufacturerTable[2].ManufacturerAddressLine1 Street", "ManufacturerTable[2].ManufacturerPlaceOfResidence Town",
            "ManufacturerTable[2].ManufacturerCountryOfResidence Country"),
        RuleCase("CATG-01", .petrolCar, "NumberOfSeatingPositionsIncludingDriver 9"),
        RuleCase("CATG-02", .van, "TechnicallyPermissibleMaximumLadenMass 3501"),
        RuleCase("CATG-02", .trailer, "TechnicallyPermissibleMaximumLadenMass 3550"),
        RuleCase("CATG-03", .van, "CodeForBodywork BA"),
        RuleCase("CON-01", .moped, "Make OTHER"),
        RuleCase("CON-02", .moped, "LocationVin23Wheel elsewhere"),
        RuleCase("CON-03", .moped, "LocationStatutoryPlate23Wheel elsewhere"),
        RuleCase("CON-04", .petrolCar, "NumberOfDoors 4", "-NumberOfDoorsBack"),
        RuleCase("CON-05", .moped, "AxleTable[1].TyreAxleTable[1].RecommendedTyrePressure 250"),
        RuleCase("CON-06", .moped, "LocationArrangementSeats 2"),
        RuleCase("CON-07", .van, "TypeApprovalTransportDangerousGoodsIndicator Y", "TypeApprovalTransportDangerousGoodsClass FL"),
        RuleCase(
            "CON-08", .van, "MaximumAuthorisedDimensionsDerogationIndicator Y", "RemarkSubjectDescription RMRKS",
            "RemarkSubjectLanguage en",
            "Remark Maximum authorised dimensions derogation"),
        RuleCase("CON-09", .petrolCar, "ColourTable[2].Colour 2"),
        RuleCase(stage2: "AXL-01", .van, "-AxleTable"),
        RuleCase("AXL-02", .moped, "AxleTable[1].AxleNumber 2", "AxleTable[2].AxleNumber 1"),
        RuleCase("AXL-03", .petrolCar, "NumberOfPoweredAxles 2", "AxleTable[2].PoweredAxleIndicator Y"),
        RuleCase("AXL-04", .petrolCar, "NumberOfSteeredAxles 1"),
        RuleCase(
            "AXL-05", .van, "NumberOfAxlesWithTwinWheels 2", "AxleTable[1].TwinWheelsAxleIndicator Y",
            "AxleTable[1].TyreAxleTable[1].LoadCapacityIndexTwinWheel 1", "AxleTable[1].TyreAxleTable[2].LoadCapacityIndexTwinWheel 1"),
        RuleCase("AXL-06", .trailer, "NumberOfBrakedAxles 1", "AxleTable[1].BrakedAxleIndicator N"),
        RuleCase("AXL-07", .trailer, "Wheelbase 4000"),
        RuleCase(
            "AXL-08", .petrolCar, "-AxleTable[1].AxleSpacing", "AxleTable[1].AxleSpacingAdjustableMin 2700",
            "AxleTable[1].AxleSpacingAdjustableMax 2750"),
        RuleCase(
            "AXL-09", .trailer, "AxleGroupTable[1].AxleGroupMemberTable[1].MemberAxleNumber 2",
            "AxleGroupTable[1].AxleGroupMemberTable[2].MemberAxleNumber 1"),
        RuleCase("AXL-10", .electricCar, "InterconnectionWithPoweredAxleNumber 2"),
        RuleCase("AXL-11", .petrolCar, "TyreAxleCombinationNumber 1", "AxleNumberCombination 2", "TyreNumberCombination 1"),
        RuleCase("AXL-12", .petrolCar, "AxleTable[2].TechnicallyPermissibleMassAxle 900"),
        RuleCase("AXL-13", .van, "-AxleTable[2].DistributionMassRunningOrderAxle"),
        RuleCase("AXL-14", .van, "AxleTable[1].TyreAxleTable[1].TyreNumber 2", "AxleTable[1].TyreAxleTable[2].TyreNumber 1"),
        RuleCase("AXL-15", .petrolCar, "-TyreFittedProductionIndicator"),
        RuleCase(
            "AXL-16", .petrolCar, "AxleTable[2].TyreAxleTable[2].TyreNumber 2",
            "AxleTable[2].TyreAxleTable[2].TyreFittedProductionIndicator N"),
        RuleCase("AXL-17", .van, "-LoadCapacityIndexTwinWheel", "AxleTable[2].TwinWheelsAxleIndicator N", "NumberOfAxlesWithTwinWheels 0"),
        RuleCase("MAS-01", .petrolCar, "ActualMass 1500"),
        RuleCase("MAS-02", .petrolCar, "ActualMass 1999"),
        RuleCase("MAS-03", .petrolCar, "MassInRunningOrder 1999", "-ActualMass"),
        RuleCase(
            "MAS-04", .petrolCar, "TowingBrakedTypeTrailTable[2].BodyworkTypeTable[1].TechnicallyPermissibleMaximumCombinationMass 2000"),
        RuleCase("MAS-05", .petrolCar, "-TechnicallyPermissibleMaximumTowableMass"),
        RuleCase("MAS-06", .petrolCar, "AllowedRollingResistanceMin 9.5", "AllowedRollingResistanceMax 10.5"),
        RuleCase("MAS-07", .petrolCar, "AllowedActualMassMin 1500", "AllowedActualMassMax 1500"),
        RuleCase("MAS-08", .van, "InServiceMaximumPermissibleLadenMass 4900", "InServiceMaximumPermissibleMassCountry DE"),
        RuleCase(
            "MAS-08", .trailer, "InServiceMaximumPermissibleAxleGroupLadenMass 3300",
            "InServiceMaximumPermissibleLadenMassAxleGroupTrafficRegulation 96/53/EC"),
        RuleCase("TOW-01", .petrolCar, "TowingBrakedTypeTrailTable[1].BrakedTypeTrail UNB"),
        RuleCase("TOW-02", .petrolCar, "TowingBrakedTypeTrailTable[1].BrakedTypeTrail UNB", "-BodyworkTypeTrailer"),
        RuleCase("TOW-03", .petrolCar, "TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint 80"),
        RuleCase("TOW-04", .van, "MechanicalCouplingNumber 1", "MechanicalCouplingNumberTowingMasses 1"),
        RuleCase("TOW-05", .trailer, "MechanicalCouplingPartsMake A"),
        RuleCase("TOW-06", .trailer, "MechanicalCouplingNumberVerticalMass 1"),
        RuleCase("TOW-07", .van, "MechanicalCouplingCanBeFittedClass A", "StageOfCompletion I"),
        RuleCase("ENE-01", .electricCar, "PureElectricVehicleIndicator N", "EnergyConvertorTable[1].EnergySourceTable[2].EnergySource 50"),
        RuleCase("ENE-02", .van, "-PureElectricVehicleIndicator"),
        RuleCase(
            "ENE-03", .electricCar, "EnergyConvertorTable[2].EnergySourceTable[1].EnergySource 95",
            "ConsolidatedMaximum30MinutesPower 120"),
        RuleCase(
            "ENE-04", .petrolCar, "-EngineSpeedMaximumNetPower", "EngineSpeedMaximumNetPowerMin 5000",
            "EngineSpeedMaximumNetPowerMax 5500"),
        RuleCase("ENE-05", .electricCar, "Maximum15MinutesPower 80"),
        RuleCase("ENE-06", .petrolCar, "FuelType F"),
        RuleCase("ENE-07", .petrolCar, "FuelType D", "DualFuelType Type 1A"),
        RuleCase(
            "ENE-08", .electricCar, "EnergyConvertorTable[2].EnergySourceTable[1].EnergySource 95",
            "ConsolidatedMaximumNetPowerElectric 240"),
        RuleCase("ENE-09", .petrolCar, "CombustionCycle ROT"),
        RuleCase("ENE-11", .plugInHybrid, "EnergyConvertorTable[1].EnergySourceTable[1].EnergySource 20"),
        RuleCase("ENE-12", .plugInHybrid, "EnergyConvertorTable[1].WorkingPrinciple INTCI"),
        RuleCase("ENE-13", .electricCar, "ElectricVehicleConfiguration PUREE"),
        RuleCase(
            "ENE-14", .plugInHybrid, "-WltpEquivalentAllElectricOffVehicleChargingRange", "VehicleCategory N2",
            "TechnicallyPermissibleMaximumLadenMass 3600", "CodeForBodywork BB", "-TowingBrakedTypeTrailTable",
            "-TechnicallyPermissibleMassAxle"),
        RuleCase("ENE-15", .plugInHybrid, "EnergyConvertorTable[1].EnergySourceTable[1].WltpFuelConsumptionChargeDepletingCombined 0.2"),
        RuleCase("ENE-16", .petrolCar, "WltpCo2Combined 140"),
        RuleCase("ECO-01", .petrolCar, "EcoInnovationsFittedIndicator Y", "EcoInnovationCountry e4", "GeneralCodeEcoInnovation 28"),
    ]
}
