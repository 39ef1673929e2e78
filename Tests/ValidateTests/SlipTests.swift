import Certificate
import Testing

@testable import Validate

/// Slips that exports really have: each is made in a good vehicle, and something is said about it.
@Suite struct SlipTests {
    static let slips: [(String, ExampleVehicle, [String])] = [
        ("CO2 a tenth", .petrolCar, ["WltpCo2Combined 13.0"]),
        (
            "all CO2 a tenth", .petrolCar,
            ["WltpCo2Low 15.0", "WltpCo2Medium 12.5", "WltpCo2High 11.0", "WltpCo2ExtraHigh 14.2", "WltpCo2Combined 13.0"]
        ),
        ("consumption of another car", .petrolCar, ["WltpCo2Combined 133", "WltpFuelConsumptionCombined 15.9"]),
        ("range of 4 km", .electricCar, ["WltpPureElectricRange 4"]),
        ("range in hundred metres", .electricCar, ["WltpPureElectricRange 41200"]),
        ("consumption in kWh/100 km", .electricCar, ["WltpEnergyConsumptionPureElectricCombined 16.5"]),
        ("no tyre size", .petrolCar, ["AxleTable[1].TyreAxleTable[1].TyreSize xx"]),
        ("17 inch tyre on an 18 inch rim", .petrolCar, ["AxleTable[2].TyreAxleTable[1].RimSize 7.5Jx18"]),
        ("load index below the axle's load", .petrolCar, ["AxleTable[1].TyreAxleTable[1].LoadCapacityIndexSingleWheel 75"]),
        ("wheelbase longer than the vehicle", .petrolCar, ["Wheelbase 4700", "AxleTable[1].AxleSpacing 4700"]),
        ("track wider than the vehicle", .petrolCar, ["AxleTable[2].AxleTrack 1850"]),
        ("width of 2796", .petrolCar, ["Width 2796"]),
        ("length in cm", .petrolCar, ["Length 428"]),
        ("axle's mass ten times", .petrolCar, ["AxleTable[1].TechnicallyPermissibleMassAxle 11000"]),
        ("test mass ten times", .petrolCar, ["WltpEmissionTestMass 15500"]),
        (
            "towable mass of a truck", .petrolCar,
            [
                "TowingBrakedTypeTrailTable[1].BodyworkTypeTable[1].TechnicallyPermissibleMaximumTowableMass 13000"
            ]
        ),
        ("three wheels", .petrolCar, ["NumberOfWheels 3"]),
        ("no seat", .petrolCar, ["NumberOfSeatingPositionsIncludingDriver 0"]),
        ("no powered axle", .petrolCar, ["AxleTable[1].PoweredAxleIndicator N", "NumberOfPoweredAxles 0"]),
        ("sound of 167", .petrolCar, ["SoundLevelDriveBy 167"]),
        ("Euro 4", .petrolCar, ["ExhaustEmissionLevel Euro 4"]),
        ("Euro VI on a light car", .petrolCar, ["ExhaustEmissionLevel Euro VI E"]),
        ("made in 1926", .petrolCar, ["DateManufactureVehicle 1926-08-20"]),
        ("powers exchanged", .electricCar, ["MaximumNetPowerElectric 70", "Maximum30MinutesPower 150"]),
        ("petrol that ignites itself", .petrolCar, ["WorkingPrinciple INTCI"]),
        ("actual mass in tonnes", .petrolCar, ["ActualMass 2"]),
        ("axle's mass in tonnes", .petrolCar, ["AxleTable[1].TechnicallyPermissibleMassAxle 1"]),
        ("length in metres", .petrolCar, ["Length 4"]),
        ("wheelbase in centimetres", .petrolCar, ["Wheelbase 270", "AxleTable[1].AxleSpacing 270"]),
        ("pollutants in g/km", .petrolCar, ["WltpType1Co 0.2", "WltpType1Nox 0.02"]),
        ("capacity in litres", .petrolCar, ["EngineCapacity 2"]),
    ]

    @Test(arguments: slips)
    func isSeen(what: String, vehicle: ExampleVehicle, changes: [String]) {
        let findings = RuleSet.current.check(vehicle.values.changed(changes), context: .test)
        #expect(findings.contains { $0.severity >= .warning && $0.rule != "CAT-01" }, "\(what): nothing was found")
    }
}
