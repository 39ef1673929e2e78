import Certificate
import Testing

@testable import Validate

/// What a finding of CAT-01 advises to somebody who knows the value in another form.
@Suite struct HintTests {
    private static func remedy(_ element: String, _ value: String) throws -> String? {
        let values = ExampleVehicle.petrolCar.values.changed(["\(element) \(value)"])
        let finding = RuleSet.current.check(values, context: .test).first { $0.rule == "CAT-01" }
        return try #require(finding, "\(element) \(value) is no fault").remedy
    }

    @Test(arguments: [
        ("IntendedCountryRegistration", "DE", "Write D for Germany"), ("IntendedCountryRegistration", "AUT", "Write A for Austria"),
        ("IntendedCountryRegistration", "Germany", "Write D for Germany"),
        ("IntendedCountryRegistration", "Österreich", "Write A for Austria"),
        ("IntendedCountryRegistration", "e4", "Write NL for the Netherlands"), ("IntendedCountryRegistration", "SE", "not the ISO code SE"),
        ("IntendedCountryRegistration", "GB", "Write UK for the United Kingdom"),
        ("DesignatedTypeApprovalCountry", "DE", "Write e1 for Germany"),
        ("DesignatedTypeApprovalCountry", "E4", "Write e4 for the Netherlands"),
        ("DesignatedTypeApprovalCountry", "D", "Write e1 for Germany"),
        ("DesignatedTypeApprovalCountry", "CH", "Switzerland grants no EU type-approval"),
        (
            "InServiceMaximumPermissibleMassCountry", "D",
            "Write DE for Germany: this element holds the two-letter code, not the distinguishing sign D"
        ),
        ("InServiceMaximumPermissibleMassCountry", "GB", "Write UK"),
        ("InServiceMaximumPermissibleMassCountry", "EL", "Write GR for Greece"),
    ])
    func countries(element: String, value: String, expected: String) throws {
        let remedy = try #require(try Self.remedy(element, value))
        #expect(remedy.contains(expected), "\(remedy)")
    }

    @Test(arguments: [
        ("ActualMass", "1.54", "looks like tonnes, and IVI has ActualMass in kg: 1540. Set factor = \"1000\""),
        ("ActualMass", "1,54", "1540. Set factor = \"1000\" for the column, and decimal-comma = true"),
        ("ActualMass", "1540 kg", "Leave the unit out"), ("ActualMass", "1.54 t", "write 1540, without the unit"),
        ("ActualMass", "99,341", "If the comma stands between thousands, write 99341"),
        ("ActualMass", "1540.0", "Write 1540, without a point"),
        ("ActualMass", "1 540", "Write 1540, without separators"), ("ActualMass", "1540000", "looks like grams"),
        ("Length", "4.3", "looks like metres, and IVI has Length in mm: 4300"),
        ("Length", "428.5", "looks like centimetres, and IVI has Length in mm: 4285"),
        ("Width", "180 cm", "write 1800"),
        ("MaximumNetPowerCombustion", "96000", "looks like watts, and IVI has MaximumNetPowerCombustion in kW: 96"),
        ("MaximumNetPowerCombustion", "130 PS", "1 PS is 0.7355 kW"), ("MaximumNetPowerCombustion", "96,5", "Write 96.5 with a point"),
        ("EngineCapacity", "1.498", "looks like litres, and IVI has EngineCapacity in cm³: 1498"),
        ("MaximumSpeed", "190 km/h", "Leave the unit out"),
        ("WltpFuelConsumptionCombined", "5,9 l", "Give the number alone"),
    ])
    func numbers(element: String, value: String, expected: String) throws {
        let remedy = try #require(try Self.remedy(element, value))
        #expect(remedy.contains(expected), "\(remedy)")
    }

    @Test(arguments: [
        ("20.08.2026", "Write 2026-08-20, or set date = \"dd.MM.yyyy\""), ("1.8.2026", "\"d.M.yyyy\""), ("20260820", "\"yyyyMMdd\""),
        ("20082026", "\"ddMMyyyy\""), ("08/20/2026", "\"MM/dd/yyyy\""), ("03/08/2026", "may be 2026-08-03 or 2026-03-08"),
        ("2026/08/20", "\"yyyy/MM/dd\""), ("2026-08-20T00:00:00", "Write the day alone: 2026-08-20"),
        ("2026-08-20 00:00:00", "Write the day alone: 2026-08-20"), ("46254", "spreadsheet's number of a day, 2026-08-20"),
        ("20.08.26", "four digits"), ("31.02.2026", "Correct the value"),
    ])
    func dates(value: String, expected: String) throws {
        let remedy = try #require(try Self.remedy("DateManufactureVehicle", value))
        #expect(remedy.contains(expected), "\(remedy)")
    }

    @Test(arguments: [
        ("Colour", "red", "Write the code 4 for 'red'"), ("Colour", "SCHWARZ", "Write the code 10"),
        ("Colour", "silver", "grey is the nearest"),
        ("EnergySource", "Diesel", "Write the code 20"), ("PureElectricVehicleIndicator", "false", "Write the code N"),
        ("PureElectricVehicleIndicator", "J", "Write the code Y"), ("MetricImperialSpeedometer", "mph", "Write the code I"),
        ("RightLeftHandTraffic", "LHD", "Write the code RIGHT"), ("CodeForBodywork", "Limousine", "Write the code AA"),
        ("VehicleIdentificationNumber", "wauzzz1a2bc004711", "in capitals, WAUZZZ1A2BC004711"),
        ("VehicleIdentificationNumber", "WAU ZZZ 1A2BC 004711", "without blanks"),
    ])
    func words(element: String, value: String, expected: String) throws {
        let remedy = try #require(try Self.remedy(element, value))
        #expect(remedy.contains(expected), "\(remedy)")
    }

    /// A word of the table leads to a code that the element has, and to one only.
    @Test func countriesAreThoseOfTheCatalogue() throws {
        func codes(_ type: String) throws -> Set<String> {
            let found = try #require(Catalogue.initialVehicleInformation.simpleTypes.first { $0.name == type })
            guard case .codes(let codes, _) = found.form else { return [] }
            return Set(codes)
        }
        let (signs, union, approvals) = (try codes("ViennaCountryCode"), try codes("EuCountryCode"), try codes("TypeApprovalCountryCode"))
        #expect(CountryHint.all.map(\.sign).filter { !signs.contains($0) } == [])
        #expect(Set(CountryHint.all.compactMap(\.approval)) == approvals)
        #expect(union.filter { code in !CountryHint.all.contains { $0.unionCode == code } } == [])
        for country in CountryHint.all {
            #expect(CountryHint.country(country.alpha2)?.sign == country.sign && CountryHint.country(country.alpha3) != nil)
        }
        for column in [CountryHint.all.map(\.sign), CountryHint.all.map(\.alpha2), CountryHint.all.map(\.alpha3)] {
            #expect(Set(column).count == column.count && column.allSatisfy { !$0.isEmpty })
        }
    }

    @Test func numbersAreShiftedToTheDigit() {
        #expect(NumberHint.shifted("1.54", by: 3) == "1540" && NumberHint.shifted("96000", by: -3) == "96")
        #expect(NumberHint.shifted("0.0012345", by: 3) == "1.2345" && NumberHint.shifted("5", by: -3) == "0.005")
        #expect(NumberHint.shifted("-1.5", by: 1) == "-15" && NumberHint.shifted("0", by: 2) == "0")
    }
}
