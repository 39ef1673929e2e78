import Certificate
import Testing

@testable import Validate

/// Every category code of the schema is understood.
@Suite struct VehicleCategoryTests {
    private static let codes: [String] = {
        guard let type = Place.vehicleCategory.element.simpleType, case .codes(let codes, _) = type.form else { return [] }
        return codes
    }()

    @Test func lettersAndSupplements() throws {
        for code in Self.codes {
            let category = try #require(VehicleCategory(code))
            #expect("MNOLTCRS".contains(category.letter), "\(code)")
            #expect(category.isRoadVehicle == "MNO".contains(category.letter))
            // The supplements G and S stand behind the class of road vehicles only: S1a is a category, no supplement.
            #expect(category.isSpecialPurpose == (category.isRoadVehicle && code.hasSuffix("S")), "\(code)")
            if category.isRoadVehicle { #expect(category.base.dropFirst().allSatisfy(\.isNumber) && category.base.count == 2, "\(code)") }
        }
        #expect(Self.codes.count > 80)
    }

    /// The rules that forbid an element to a category do so for every code of it.
    @Test func forbiddenElementsByCategory() throws {
        func rules(_ code: String, _ changes: String...) -> Set<String> {
            let values = ExampleVehicle.trailer.values.changed(["VehicleCategory \(code)"] + changes)
            return Set(RuleSet.current.check(values, context: .test).map(\.rule))
        }
        for code in Self.codes {
            let category = try #require(VehicleCategory(code))
            #expect(rules(code, "EnergySource 95").contains("CATG-05") == (category.letter == "O"), "\(code)")
            #expect(rules(code, "ColourTable[1].Colour 1").contains("CATG-04") == (category.base == "M2"), "\(code)")
            #expect(rules(code).contains("DAT-05") == !category.isRoadVehicle, "\(code)")
            #expect(rules(code).contains("TOW-03") == ["T", "C"].contains(category.letter), "\(code)")
            #expect(rules(code).contains("TOW-04") == (category.base == "M1"), "\(code)")
            #expect(rules(code, "LocationArrangementSeats 1").contains("CON-06") == (category.letter != "L"), "\(code)")
            #expect(rules(code).contains("CON-03") == (category.letter == "L"), "\(code)")
        }
    }
}
