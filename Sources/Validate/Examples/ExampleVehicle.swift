import Certificate

/// Complete vehicles of an invented manufacturer, which satisfy every rule. The examples of the rules change them.
enum ExampleVehicle: String, CaseIterable, Sendable {
    case petrolCar, electricCar, plugInHybrid, van, bus, trailer, moped

    var values: FieldValues { Self.values(text) }

    /// As a sentence begins with it.
    var title: String {
        switch self {
        case .petrolCar: "A petrol car (M1)"
        case .electricCar: "An electric car (M1)"
        case .plugInHybrid: "A plug-in hybrid (M1)"
        case .van: "A diesel van (N2)"
        case .bus: "A small bus (M2)"
        case .trailer: "A centre-axle trailer (O2)"
        case .moped: "An electric moped (L1e)"
        }
    }

    /// The values of lines of a path, a blank and the text.
    static func values(_ text: String, _ origin: Origin = .constant) -> FieldValues {
        FieldValues(
            text.split(separator: "\n").map { line in
                let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
                do {
                    return Field(try FieldPath.parse(parts[0]), parts[1], origin)
                } catch {
                    // The examples stand in this target only, and a test runs every one of them.
                    fatalError("example line '\(line)': \(error)")
                }
            })
    }

    private var text: String {
        switch self {
        case .petrolCar: Self.everyVehicle + Self.roadVehicle + Self.carBody + Self.petrolDrive
        case .electricCar: Self.everyVehicle + Self.roadVehicle + Self.carBody + Self.electricDrive
        case .plugInHybrid: Self.everyVehicle + Self.roadVehicle + Self.carBody + Self.plugInDrive
        case .van: Self.everyVehicle + Self.roadVehicle + Self.vanBody
        case .bus: Self.everyVehicle + Self.roadVehicle + Self.busBody
        case .trailer: Self.everyVehicle + Self.roadVehicle + Self.trailerBody
        case .moped: Self.everyVehicle + Self.mopedBody
        }
    }

    private static let everyVehicle = """
        DesignatedTypeApprovalCountry e4
        VehicleIdentificationNumber WAUZZZ1A2BC004711
        TypeApprovalType EU
        ProvisionalTypeApprovalIndicator N
        StageOfCompletion C
        Type T1
        Variant V1
        Version E1
        MethodAttachmentStatutoryPlate A1
        TypeApprovalIssueDate 2026-05-04
        SignerName Jane Roe
        SignerPosition Head of Homologation
        SignatureLocation Arnhem
        SignatureDate 2026-08-21
        Make AURORA
        ManufacturerStageNumber 1
        ManufacturerName Aurora Mobility
        ManufacturerAddressLine1 Werkstraat 1
        ManufacturerPlaceOfResidence Arnhem
        ManufacturerCountryOfResidence The Netherlands
        NumberOfAxles 2
        AxleTable[1].AxleNumber 1
        AxleTable[2].AxleNumber 2

        """

    private static let roadVehicle = """
        TypeApprovalNumber e4*2018/858*00123*01
        DateManufactureVehicle 2026-08-20
        LocationMarkingsTable[1].LocationMarkingsSubject STAT
        LocationMarkingsTable[1].LocationMarkingsVehiclePart BPILR
        LocationMarkingsTable[2].LocationMarkingsSubject VIN
        LocationMarkingsTable[2].LocationMarkingsVehiclePart PASCT

        """

    private static let carBody = """
        VehicleCategory M1
        EcoInnovationsFittedIndicator N
        NumberOfWheels 4
        NumberOfPoweredAxles 1
        NumberOfDoors 5
        NumberOfDoorsLeft 2
        NumberOfDoorsRight 2
        NumberOfDoorsBack 1
        NumberOfSeatingPositionsIncludingDriver 5
        Wheelbase 2700
        Length 4300
        Width 1800
        Height 1500
        MassInRunningOrder 1500
        ActualMass 1520
        WltpEmissionTestMass 1550
        TechnicallyPermissibleMaximumLadenMass 2000
        TowingBrakedTypeTrailTable[1].BrakedTypeTrail BRK
        TowingBrakedTypeTrailTable[1].BodyworkTypeTable[1].BodyworkTypeTrailer DC
        TowingBrakedTypeTrailTable[1].BodyworkTypeTable[1].TechnicallyPermissibleMaximumTowableMass 1000
        TowingBrakedTypeTrailTable[2].BodyworkTypeTable[1].TechnicallyPermissibleMaximumCombinationMass 3000
        AxleTable[1].PoweredAxleIndicator Y
        AxleTable[2].PoweredAxleIndicator N
        AxleTable[1].AxleSpacing 2700
        AxleTable[1].TechnicallyPermissibleMassAxle 1100
        AxleTable[2].TechnicallyPermissibleMassAxle 1000
        AxleTable[1].TyreAxleTable[1].TyreNumber 1
        AxleTable[1].TyreAxleTable[1].TyreFittedProductionIndicator Y
        AxleTable[2].TyreAxleTable[1].TyreNumber 1
        AxleTable[2].TyreAxleTable[1].TyreFittedProductionIndicator Y
        ColourTable[1].Colour 1
        CodeForBodywork AB
        RightLeftHandTraffic RIGHT
        MetricImperialSpeedometer M
        MetricImperialOdometer M
        AutomatedVehicle NONAT
        DrivingCycleCappedSpeedIndicator N
        VehicleCertified155Indicator Y
        VehicleCertified156Indicator Y
        MaximumSpeed 190
        AxleTable[1].AxleTrack 1550
        AxleTable[2].AxleTrack 1545
        AxleTable[1].TyreAxleTable[1].TyreSize 205/55 R17
        AxleTable[1].TyreAxleTable[1].LoadCapacityIndexSingleWheel 95
        AxleTable[1].TyreAxleTable[1].SpeedCategorySymbol V
        AxleTable[1].TyreAxleTable[1].RimSize 7Jx17
        AxleTable[1].TyreAxleTable[1].RimOffSet 46
        AxleTable[1].TyreAxleTable[1].TyreMaximumSpeedIndicator Y
        AxleTable[2].TyreAxleTable[1].TyreSize 205/55 R17
        AxleTable[2].TyreAxleTable[1].LoadCapacityIndexSingleWheel 95
        AxleTable[2].TyreAxleTable[1].SpeedCategorySymbol V
        AxleTable[2].TyreAxleTable[1].RimSize 7Jx17
        AxleTable[2].TyreAxleTable[1].RimOffSet 46
        AxleTable[2].TyreAxleTable[1].TyreMaximumSpeedIndicator Y

        """

    private static let petrolDrive = """
        PureElectricVehicleIndicator N
        FuelType M
        WorkingPrinciple INTPI
        EnergyConvertorCodeMarkedOnEnergyConvertor AM15
        CombustionCycle 4ST
        NumberOfCylinders 4
        EngineCapacity 1498
        ExhaustEmissionLevel Euro 6 EA
        ExhaustEmissionLatestRegulationNumber 715/2007*2023/443EA
        EnergySource 10
        MaximumNetPowerCombustion 90
        EngineSpeedMaximumNetPower 5500
        WltpCo2Combined 130
        WltpFuelConsumptionCombined 5.7
        ManufacturerEnergyConvertor Aurora Mobility
        ArrangementCylinders LI
        SoundLevelStationary 76
        SoundLevelStationaryEngineSpeed 3750
        SoundLevelDriveBy 68
        TestFamilyIdentifiersTable[1].TestFamilyIdentifier IP
        TestFamilyIdentifiersTable[1].TestFamilyIdentifierValue IP-0041-WZA-1
        TestFamilyIdentifiersTable[2].TestFamilyIdentifier RL
        TestFamilyIdentifiersTable[2].TestFamilyIdentifierValue RL-0041-WZA-1

        """

    private static let electricDrive = """
        PureElectricVehicleIndicator Y
        EnergyConvertorCodeMarkedOnEnergyConvertor AE1
        WorkingPrinciple ELECT
        EnergySource 95
        MaximumNetPowerElectric 150
        Maximum30MinutesPower 70
        WltpPureElectricRange 430
        WltpEnergyConsumptionPureElectricCombined 165
        ExhaustEmissionLevel AX
        ExhaustEmissionLatestRegulationNumber 715/2007*2023/443AX
        TestFamilyIdentifiersTable[1].TestFamilyIdentifier IP
        TestFamilyIdentifiersTable[1].TestFamilyIdentifierValue IP-0042-WZA-1
        TestFamilyIdentifiersTable[2].TestFamilyIdentifier RL
        TestFamilyIdentifiersTable[2].TestFamilyIdentifierValue RL-0042-WZA-1

        """

    private static let plugInDrive = """
        PureElectricVehicleIndicator N
        ClassHybridVehicle OVC-HEV
        FuelType M
        EnergyConvertorTable[1].WorkingPrinciple INTPI
        EnergyConvertorTable[1].CombustionCycle 4ST
        EnergyConvertorTable[1].EnergyConvertorCodeMarkedOnEnergyConvertor AM15
        EnergyConvertorTable[1].NumberOfCylinders 4
        EnergyConvertorTable[1].EngineCapacity 1498
        EnergyConvertorTable[1].EnergySourceTable[1].EnergySource 10
        EnergyConvertorTable[1].EnergySourceTable[1].MaximumNetPowerCombustion 110
        EnergyConvertorTable[1].EnergySourceTable[1].WltpCo2WeightedCombined 17
        EnergyConvertorTable[1].EnergySourceTable[1].WltpCo2ChargeSustainingCombined 105
        EnergyConvertorTable[1].EnergySourceTable[1].WltpFuelConsumptionWeightedCombined 0.7
        EnergyConvertorTable[1].EnergySourceTable[1].WltpFuelConsumptionChargeSustainingCombined 4.6
        EnergyConvertorTable[2].EnergyConvertorCodeMarkedOnEnergyConvertor AM15
        EnergyConvertorTable[2].WorkingPrinciple ELECT
        EnergyConvertorTable[2].EnergySourceTable[1].EnergySource 95
        EnergyConvertorTable[2].EnergySourceTable[1].MaximumNetPowerElectric 120
        EnergyConvertorTable[2].EnergySourceTable[1].WltpEquivalentAllElectricOffVehicleChargingRange 71
        EnergyConvertorTable[2].EnergySourceTable[1].WltpEnergyConsumptionExternallyChargedWeightedCombined 133
        ExhaustEmissionLevel Euro 6 EA
        ExhaustEmissionLatestRegulationNumber 715/2007*2023/443EA
        EnergyConvertorTable[1].ManufacturerEnergyConvertor Aurora Mobility
        EnergyConvertorTable[1].ArrangementCylinders LI
        EnergyConvertorTable[1].EnergySourceTable[1].EngineSpeedMaximumNetPower 5500
        EnergyConvertorTable[1].EnergySourceTable[1].SoundLevelStationary 76
        EnergyConvertorTable[1].EnergySourceTable[1].SoundLevelStationaryEngineSpeed 3750
        EnergyConvertorTable[1].EnergySourceTable[1].SoundLevelDriveBy 67
        EnergyConvertorTable[1].EnergySourceTable[1].TestFamilyIdentifiersTable[1].TestFamilyIdentifier IP
        EnergyConvertorTable[1].EnergySourceTable[1].TestFamilyIdentifiersTable[1].TestFamilyIdentifierValue IP-0043-WZA-1
        EnergyConvertorTable[1].EnergySourceTable[1].TestFamilyIdentifiersTable[2].TestFamilyIdentifier RL
        EnergyConvertorTable[1].EnergySourceTable[1].TestFamilyIdentifiersTable[2].TestFamilyIdentifierValue RL-0043-WZA-1
        EnergyConvertorTable[2].EnergySourceTable[1].WltpAllElectricOffVehicleChargingRange 78
        EnergyConvertorTable[2].EnergySourceTable[1].WltpEnergyConsumptionExternallyChargedCombined 178

        """

    private static let vanBody = """
        VehicleCategory N2
        TypeApprovalTransportDangerousGoodsIndicator N
        PureElectricVehicleIndicator N
        NumberOfAxlesWithTwinWheels 1
        NumberOfSteeredAxles 1
        NumberOfPoweredAxles 1
        NumberOfSeatingPositionsIncludingDriver 3
        Wheelbase 4000
        MaximumAuthorisedDimensionsDerogationIndicator N
        MassInRunningOrder 2900
        ActualMass 3000
        TechnicallyPermissibleMaximumLadenMass 5000
        AxleTable[1].TwinWheelsAxleIndicator N
        AxleTable[1].SteeredAxleIndicator Y
        AxleTable[1].PoweredAxleIndicator N
        AxleTable[1].AxleSpacing 4000
        AxleTable[1].DistributionMassRunningOrderAxle 1700
        AxleTable[1].TechnicallyPermissibleMassAxle 2100
        AxleTable[1].TyreAxleTable[1].TyreNumber 1
        AxleTable[1].TyreAxleTable[1].TyreFittedProductionIndicator N
        AxleTable[1].TyreAxleTable[2].TyreNumber 2
        AxleTable[1].TyreAxleTable[2].TyreFittedProductionIndicator Y
        AxleTable[2].TwinWheelsAxleIndicator Y
        AxleTable[2].SteeredAxleIndicator N
        AxleTable[2].PoweredAxleIndicator Y
        AxleTable[2].DistributionMassRunningOrderAxle 1200
        AxleTable[2].TechnicallyPermissibleMassAxle 3300
        AxleTable[2].TyreAxleTable[1].TyreNumber 1
        AxleTable[2].TyreAxleTable[1].LoadCapacityIndexTwinWheel 120
        AxleTable[2].TyreAxleTable[1].TyreFittedProductionIndicator Y
        CodeForBodywork BB
        EnergyConvertorCodeMarkedOnEnergyConvertor AD30
        EnergySource 20
        MaximumNetPowerCombustion 130
        RightLeftHandTraffic RIGHT
        MetricImperialSpeedometer M
        MetricImperialOdometer M
        AutomatedVehicle NONAT
        DrivingCycleCappedSpeedIndicator N
        VehicleCertified155Indicator Y
        VehicleCertified156Indicator Y
        MaximumSpeed 90
        NumberOfWheels 6
        Length 6900
        Width 2200
        AxleTable[1].TyreAxleTable[1].TyreSize 225/75 R16C
        AxleTable[1].TyreAxleTable[1].LoadCapacityIndexSingleWheel 121
        AxleTable[1].TyreAxleTable[1].SpeedCategorySymbol R
        AxleTable[1].TyreAxleTable[1].RimSize 6Jx16
        AxleTable[1].TyreAxleTable[1].RimOffSet 68
        AxleTable[1].TyreAxleTable[2].TyreSize 225/75 R16C
        AxleTable[1].TyreAxleTable[2].LoadCapacityIndexSingleWheel 121
        AxleTable[1].TyreAxleTable[2].SpeedCategorySymbol R
        AxleTable[1].TyreAxleTable[2].RimSize 6Jx16
        AxleTable[1].TyreAxleTable[2].RimOffSet 68
        AxleTable[2].TyreAxleTable[1].TyreSize 225/75 R16C
        AxleTable[2].TyreAxleTable[1].LoadCapacityIndexSingleWheel 121
        AxleTable[2].TyreAxleTable[1].SpeedCategorySymbol R
        AxleTable[2].TyreAxleTable[1].RimSize 6Jx16
        AxleTable[2].TyreAxleTable[1].RimOffSet 68
        FuelType M
        WorkingPrinciple INTCI
        CombustionCycle 4ST
        NumberOfCylinders 4
        EngineCapacity 2998
        EngineSpeedMaximumNetPower 3500
        ManufacturerEnergyConvertor Aurora Mobility
        ArrangementCylinders LI
        SoundLevelStationary 76
        SoundLevelStationaryEngineSpeed 2600
        SoundLevelDriveBy 68

        """

    private static let busBody = """
        VehicleCategory M2
        PureElectricVehicleIndicator N
        NumberOfSeatingPositionsIncludingDriver 17
        Wheelbase 4000
        Length 6900
        MassInRunningOrder 3100
        ActualMass 3150
        TechnicallyPermissibleMaximumLadenMass 5000
        AxleTable[1].AxleSpacing 4000
        AxleTable[1].TechnicallyPermissibleMassAxle 2100
        AxleTable[2].TechnicallyPermissibleMassAxle 3400
        CodeForBodywork CA
        EnergyConvertorCodeMarkedOnEnergyConvertor AD30
        EnergySource 20
        MaximumNetPowerCombustion 130
        RightLeftHandTraffic RIGHT
        MetricImperialSpeedometer M
        MetricImperialOdometer M
        AutomatedVehicle NONAT
        DrivingCycleCappedSpeedIndicator N
        VehicleCertified155Indicator Y
        VehicleCertified156Indicator Y
        MaximumSpeed 100
        NumberOfWheels 6
        NumberOfPoweredAxles 1
        Width 2000
        Height 2700
        AxleTable[1].PoweredAxleIndicator N
        AxleTable[2].PoweredAxleIndicator Y
        AxleTable[1].AxleTrack 1740
        AxleTable[2].AxleTrack 1550
        AxleTable[1].TyreAxleTable[1].TyreNumber 1
        AxleTable[1].TyreAxleTable[1].TyreFittedProductionIndicator Y
        AxleTable[2].TyreAxleTable[1].TyreNumber 1
        AxleTable[2].TyreAxleTable[1].TyreFittedProductionIndicator Y
        AxleTable[1].TyreAxleTable[1].TyreSize 225/75 R16C
        AxleTable[1].TyreAxleTable[1].LoadCapacityIndexSingleWheel 121
        AxleTable[1].TyreAxleTable[1].SpeedCategorySymbol R
        AxleTable[1].TyreAxleTable[1].RimSize 6Jx16
        AxleTable[1].TyreAxleTable[1].RimOffSet 68
        AxleTable[2].TyreAxleTable[1].TyreSize 225/75 R16C
        AxleTable[2].TyreAxleTable[1].LoadCapacityIndexSingleWheel 126
        AxleTable[2].TyreAxleTable[1].SpeedCategorySymbol R
        AxleTable[2].TyreAxleTable[1].RimSize 6Jx16
        AxleTable[2].TyreAxleTable[1].RimOffSet 68
        FuelType M
        WorkingPrinciple INTCI
        CombustionCycle 4ST
        NumberOfCylinders 4
        EngineCapacity 2998
        EngineSpeedMaximumNetPower 3500
        ManufacturerEnergyConvertor Aurora Mobility
        ArrangementCylinders LI
        SoundLevelStationary 76
        SoundLevelStationaryEngineSpeed 2600
        SoundLevelDriveBy 68

        """

    private static let trailerBody = """
        VehicleCategory O2
        NumberOfBrakedAxles 2
        Length 6000
        MassInRunningOrder 600
        ActualMass 620
        TechnicallyPermissibleMaximumLadenMass 3500
        TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint 150
        AxleTable[1].BrakedAxleIndicator Y
        AxleTable[1].AxleSpacing 800
        AxleTable[1].DistributionMassRunningOrderAxle 250
        AxleTable[1].TechnicallyPermissibleMassAxle 1700
        AxleTable[2].BrakedAxleIndicator Y
        AxleTable[2].DistributionMassRunningOrderAxle 250
        AxleTable[2].TechnicallyPermissibleMassAxle 1700
        AxleGroupTable[1].AxleGroupNumber 1
        AxleGroupTable[1].TechnicallyPermissibleMassAxleGroup 3400
        AxleGroupTable[1].AxleGroupMemberTable[1].MemberAxleNumber 1
        AxleGroupTable[1].AxleGroupMemberTable[2].MemberAxleNumber 2
        MechanicalCouplingNumber 1
        MechanicalCouplingDistributionMassRunningOrder 100
        CodeForBodywork DC
        RightLeftHandTraffic RIGHT
        MaximumSpeed 100
        NumberOfWheels 4
        Wheelbase 3600
        Width 2300
        Height 2600
        AxleTable[1].TyreAxleTable[1].TyreNumber 1
        AxleTable[1].TyreAxleTable[1].TyreFittedProductionIndicator Y
        AxleTable[2].TyreAxleTable[1].TyreNumber 1
        AxleTable[2].TyreAxleTable[1].TyreFittedProductionIndicator Y
        AxleTable[1].TyreAxleTable[1].TyreSize 195/70 R15C
        AxleTable[1].TyreAxleTable[1].LoadCapacityIndexSingleWheel 104
        AxleTable[1].TyreAxleTable[1].SpeedCategorySymbol R
        AxleTable[1].TyreAxleTable[1].RimSize 6Jx15
        AxleTable[2].TyreAxleTable[1].TyreSize 195/70 R15C
        AxleTable[2].TyreAxleTable[1].LoadCapacityIndexSingleWheel 104
        AxleTable[2].TyreAxleTable[1].SpeedCategorySymbol R
        AxleTable[2].TyreAxleTable[1].RimSize 6Jx15

        """

    private static let mopedBody = """
        TypeApprovalNumber e4*168/2013*00321*00
        VehicleCategory L1e-B
        LocationStatutoryPlate23Wheel R, x300, y60, z600
        LocationVin23Wheel R, x1200, y0, z700
        LocationArrangementSeats 1
        Wheelbase 1300
        MassInRunningOrder 90
        ActualMass 95
        TechnicallyPermissibleMaximumLadenMass 250
        AxleTable[1].TyreAxleTable[1].TyreNumber 1
        AxleTable[1].TyreAxleTable[1].RecommendedTyrePressure 225
        ElectricVehicleConfiguration PUREE
        EnergyConvertorCodeMarkedOnEnergyConvertor AE3
        EnergySource 95
        Maximum30MinutesPower 2.3
        RightLeftHandTraffic RIGHT
        MetricImperialSpeedometer M
        MaximumSpeed 45
        NumberOfWheels 2
        NumberOfSeatingPositionsIncludingDriver 1
        Length 1800
        Width 700
        Height 1100
        AxleTable[1].PoweredAxleIndicator N
        AxleTable[2].PoweredAxleIndicator Y
        AxleTable[1].TechnicallyPermissibleMassAxle 110
        AxleTable[2].TechnicallyPermissibleMassAxle 170
        AxleTable[2].TyreAxleTable[1].TyreNumber 1
        Maximum30MinutesPower 2.3
        AxleTable[1].TyreAxleTable[1].TyreSize 110/70-13 M/C
        AxleTable[1].TyreAxleTable[1].LoadCapacityIndexSingleWheel 52
        AxleTable[1].TyreAxleTable[1].SpeedCategorySymbol B
        AxleTable[1].TyreAxleTable[1].RimSize 2.50x13
        AxleTable[2].TyreAxleTable[1].TyreSize 110/70-13 M/C
        AxleTable[2].TyreAxleTable[1].LoadCapacityIndexSingleWheel 52
        AxleTable[2].TyreAxleTable[1].SpeedCategorySymbol B
        AxleTable[2].TyreAxleTable[1].RimSize 2.50x13

        """
}

extension FieldValues {
    /// These values with the lines applied in order: path and text set a value; a minus and a part of a path remove values or a
    /// whole group.
    func changed(_ lines: [String]) -> FieldValues {
        lines.reduce(self) { values, line in
            guard line.hasPrefix("-") else { return values.overlaid(by: ExampleVehicle.values(line, .record(7))) }
            return FieldValues(values.fields.filter { !FieldPath.write($0.key).contains(line.dropFirst()) })
        }
    }
}
