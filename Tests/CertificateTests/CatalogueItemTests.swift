import Testing

@testable import Certificate

/// The numbers and units of the certificate of conformity (Regulation (EU) 2020/683, Annex VIII).
@Suite struct CatalogueItemTests {
    let catalogue = Catalogue.initialVehicleInformation

    @Test(arguments: [
        ("VehicleIdentificationNumber", "0.10", nil), ("ActualMass", "13.2", "kg"), ("WheelbaseAdjustableMax", "4", "mm"),
        ("EngineCapacity", "25", "cm³"),
        ("EngineSpeedMaximumNetPower", "27.1", "min⁻¹"), ("SoundLevelDriveBy", "46", "dB(A)"),
        ("WltpRoadLoadCoefficientF2", "47.1.3.2", "N/(km/h)²"),
        ("WltpCo2Combined", "49.4", "g/km"), ("MechanicalCouplingTechnicallyPermissibleTowableMass", nil, "t"),
        ("IviReferenceId", nil, nil), ("RimOffSet", "35", "mm"), ("WltpAllElectricOffVehicleChargingRange", "49.5.2", "km"),
        ("RecommendedTyrePressure", nil, "kPa"), ("PowerMassRatio", nil, "kW/kg"), ("GearRatio", "28", nil),
        ("AdvancedSafetySystem", "54", nil),
    ])
    func namesItemAndUnit(name: String, item: String?, unit: String?) throws {
        let element = try #require(catalogue.element(named: name))
        #expect(element.item == item)
        #expect(element.unit == unit)
    }

    /// Certificates under 168/2013 and 167/2013 have other numbers, which aren't known.
    @Test func theActDecidesWhetherItemsAreShown() throws {
        let length = try #require(catalogue.element(named: "Length"))
        for (category, item) in [
            ("M1", "5"), ("N3G", "5"), ("O4", "5"), ("L1e-B", nil), ("T4.1a", nil), ("C1a", nil), ("R1a", nil), ("S2b", nil),
        ] {
            let framework = try #require(TypeApprovalNumber.Framework(category: category))
            #expect(length.item(under: framework) == item, "\(category)")
        }
        #expect(TypeApprovalNumber.Framework(category: "X1") == nil && length.item(under: nil) == "5")
    }

    @Test func itemsAreNumbersOnValues() {
        let elements = catalogue.elements.filter { $0.item != nil }
        #expect(elements.count == 276)
        #expect(elements.allSatisfy { $0.isValue && $0.item?.split(separator: ".").allSatisfy { Int($0) != nil } == true })
    }

    @Test func onlyNumbersHaveUnits() {
        let elements = catalogue.elements.filter { $0.unit != nil }
        #expect(elements.count == 263)
        for element in elements {
            switch element.simpleType?.form {
            case .decimal, .integer: break
            default: Issue.record("\(element.name) has a unit but isn't a number")
            }
        }
    }
}

@Suite struct CatalogueParserTests {
    private func parse(_ text: String) throws(CatalogueParser.Failure) -> Catalogue { try CatalogueParser.parse(Array(text.utf8)) }

    @Test func readsItsOwnForm() throws {
        let catalogue = try parse(
            """
            # comment
            namespace urn:x

            [types]
            Code codes 2: A 1, B,
                C
            Signed decimal 5.3 -99.999..99.999
            [elements]
            Root
              Table?
                Group 2..*
                  Mass? Signed @13.2 kg
              Kind Code @4
            """)
        #expect(catalogue.namespace == "urn:x")
        #expect(
            catalogue.simpleTypes.map(\.form) == [
                .codes(["A 1", "B", "C"], maximumLength: 2),
                .decimal(totalDigits: 5, fractionDigits: 3, minimum: "-99.999", maximum: "99.999"),
            ])
        let mass = try #require(catalogue.element(named: "Mass"))
        #expect((mass.item, mass.unit) == ("13.2", "kg"))
        #expect(mass.repeatingAncestors.map { catalogue[$0].name } == ["Group"])
        #expect(catalogue.root.lastDescendant == catalogue.elements.last?.id)
    }

    @Test(arguments: [
        ("stray", 1), ("[types]\nA codes", 2), ("[types]\nA text 1..2 /x+/", 2), ("[types]\nA short 9..1", 2),
        ("[elements]\nRoot\n    Deep", 3),
        ("[elements]\nRoot\n  A Missing", 3), ("[elements]\nRoot\nSecond", 3),
    ])
    func refuses(text: String, line: Int) throws {
        let failure = try #require(throws: CatalogueParser.Failure.self) { try parse(text) }
        #expect(failure.line == line)
    }
}
