import Testing

@testable import Certificate

@Suite struct FieldPathTests {
    let catalogue = Catalogue.initialVehicleInformation

    @Test func catalogueIsWhole() {
        #expect(catalogue.elements.count == 681)
        #expect(catalogue.simpleTypes.count == 129)
    }

    @Test(arguments: [
        ("ActualMass", "CocDataGroup.MassGroup.ActualMass"),
        ("Header.IntendedCountryRegistration", "Header.IntendedCountryRegistration"),
        ("AxleTable[2].TyreAxleTable[1].TyreSize", "CocDataGroup.AxleTable[2].TyreAxleTable[1].TyreSize"),
        ("TyreSize", "CocDataGroup.AxleTable[1].TyreAxleTable[1].TyreSize"),
        ("CocDataGroup.MakeTable.Make", "CocDataGroup.MakeTable[1].Make"),
    ])
    func readsAndWritesPaths(short: String, full: String) throws {
        #expect(FieldPath.write(try FieldPath.parse(short)) == full)
        #expect(try FieldPath.parse(full) == FieldPath.parse(short))
    }

    @Test func everyValueHasAPathThatLeadsBack() throws {
        for element in catalogue.elements where element.isValue {
            let key = try #require(FieldKey(element, indices: element.repeatingAncestors.map { _ in 3 }))
            #expect(try FieldPath.parse(FieldPath.write(key)) == key)
            #expect(key.resolve(in: catalogue).element.id == element.id)
        }
    }

    @Test(arguments: [
        "Nothing", "AxleTable", "MassGroup[2].ActualMass", "ActualMass[1]", "DimensionGroup.ActualMass", "AxleTable[0].TyreSize", "",
    ])
    func refusesWhatIsNoPath(path: String) {
        #expect(throws: FieldPath.Unknown.self) { try FieldPath.parse(path) }
    }

    @Test func keysSortInDocumentOrder() throws {
        let paths = [
            "Header.IviReferenceId", "Version", "AxleTable[1].AxleNumber", "AxleTable[1].TyreAxleTable[2].TyreSize",
            "AxleTable[2].AxleNumber", "Colour",
        ]
        let keys = try paths.map { try FieldPath.parse($0) }
        #expect(keys == keys.shuffled().sorted())
    }

    @Test func findsGroupsAndTheirValues() throws {
        let values = FieldValues(
            try ["AxleTable[1].AxleNumber", "AxleTable[3].AxleNumber", "AxleTable[3].TyreAxleTable[2].TyreSize", "Colour"].map {
                Field(try FieldPath.parse($0), $0, .constant)
            })
        let axle = try #require(catalogue.element(named: "AxleGroup"))
        let tyre = try #require(catalogue.element(named: "TyreAxleGroup"))
        #expect(values.groups(of: axle) == [1, 3])
        #expect(values.groups(of: tyre, within: [3]) == [2])
        #expect(values.groups(of: tyre, within: [1]) == [])
        #expect(values.inside(axle, indices: [3]).count == 2)
        #expect(values.inside(try #require(catalogue.element(named: "AxleTable"))).count == 3)
    }

    /// The cheap way to write a path gives what the plain one does, for every value and for numbers of one, two and three digits.
    @Test func pathsAreAppendedAsWritten() throws {
        for element in Catalogue.initialVehicleInformation.elements where element.isValue {
            for numbers in [[1, 1, 1], [9, 10, 99], [100, 255, 7]] {
                let key = try #require(FieldKey(element, indices: Array(numbers.prefix(element.repeatingAncestors.count))))
                var bytes: [UInt8] = []
                FieldPath.append(key, to: &bytes)
                #expect(String(decoding: bytes, as: UTF8.self) == FieldPath.write(key))
            }
        }
    }
}
