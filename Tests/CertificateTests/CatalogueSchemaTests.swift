import TestSupport
import Testing

@testable import Certificate

/// The catalogue against the official schema, in both directions.
@Suite(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.absence)))
struct CatalogueSchemaTests {
    let catalogue = Catalogue.initialVehicleInformation
    let schema: OfficialSchema

    init() throws { schema = try OfficialSchema() }

    @Test func namespaceIsTheSchemas() {
        #expect(catalogue.namespace == schema.targetNamespace)
    }

    /// Depth first, in the schema's order: element for element, with type and cardinality.
    @Test func elementsAreTheSchemas() throws {
        let declared = try schema.elements()
        #expect(catalogue.elements.map(OfficialSchema.Element.init(of:)) == declared)
        #expect(declared.count == 681)
        #expect(Set(declared.map(\.name)).count == 681)
        #expect(catalogue.elements.count(where: \.isValue) == 545)
    }

    @Test func everyComplexTypeOfTheSchemaIsAGroupOfTheCatalogue() throws {
        let groups = catalogue.elements.filter { $0.content == .group }
        #expect(Set(groups.map(\.name)) == Set(schema.complexTypes.keys))
        #expect(groups.count == schema.complexTypes.count)
    }

    @Test func typesAndTheirFacetsAreTheSchemas() throws {
        #expect(catalogue.simpleTypes.map(\.name) == schema.simpleTypes.map(\.name))
        for (type, declared) in zip(catalogue.simpleTypes, schema.simpleTypes) {
            #expect(OfficialSchema.SimpleType(of: type) == declared, "\(type.name)")
        }
        #expect(schema.simpleTypes.count == 129)
    }

    @Test func codesAreAllThere() {
        let listed = catalogue.simpleTypes.reduce(into: 0) { count, type in
            if case .codes(let codes, _) = type.form { count += codes.count }
        }
        let declared = schema.simpleTypes.reduce(0) { $0 + $1.facets.count { $0.name == "enumeration" } }
        #expect(listed == 1151)
        #expect(declared == 1151)
    }

    @Test func cardinalitiesOfTablesAreAsCounted() {
        let repeating = catalogue.elements.filter(\.isRepeating)
        #expect(repeating.count == 53)
        #expect(repeating.filter { $0.occurrence == .repeating(minimum: 0) }.map(\.name) == ["FinalDriveGroup"])
        #expect(repeating.filter { $0.occurrence == .repeating(minimum: 2) }.map(\.name) == ["AxleGroupMemberGroup"])
        #expect(repeating.count { $0.occurrence == .repeating(minimum: 1) } == 51)
    }
}
