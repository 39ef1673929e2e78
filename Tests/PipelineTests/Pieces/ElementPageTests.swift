import Certificate
import Foundation
import Page
import Testing

@testable import Pipeline
@testable import Validate

/// What `ecocctl elements` and docs/elements.md say of the elements is all that catalogue, page and table know.
@Suite struct ElementPageTests {
    /// `ECOCD_WRITE_RULES=1` writes the page instead of comparing it.
    @Test func pageIsUpToDate() throws {
        let page = URL(filePath: "\(Programs.packageRoot)/docs/elements.md")
        let expected = ElementEntry.markdown()
        if ProcessInfo.processInfo.environment["ECOCD_WRITE_RULES"] != nil { try Data(expected.utf8).write(to: page) }
        #expect(try String(contentsOf: page, encoding: .utf8) == expected)
        #expect(expected.split(separator: "\n").allSatisfy { $0.count <= 160 })
    }

    @Test func everyValueIsThere() throws {
        let page = ElementEntry.markdown()
        let all = ElementEntry.all(.english)
        #expect(all.map(\.element.name) == Catalogue.initialVehicleInformation.elements.filter(\.isValue).map(\.name))
        for entry in all {
            #expect(page.contains("\n### \(entry.element.name)\n"), "\(entry.element.name)")
            #expect(
                try FieldPath.parse(entry.path.replacing("[n]", with: "[1]")).resolve(in: .initialVehicleInformation).element.id
                    == entry.element.id)
            #expect(ElementEntry.search([entry.element.name], .english).map(\.element.name) == [entry.element.name])
            #expect(!entry.type.isEmpty && !entry.label.isEmpty)
        }
    }

    /// No clause of the table is lost on the way: each stands with every value that it is about.
    @Test func everyClauseIsThere() {
        for row in ItemTable.current.rows {
            for clause in row.clauses {
                for place in clause.elements.flatMap(\.places) {
                    let demands = ItemDemand.of(place.element).filter { $0.element == place.element.name }
                    let told = demands.contains {
                        $0.isForbidden == (clause.kind == .forbidden) && $0.categories == clause.categories.codes
                            && $0.rules == (clause.decidedBy.isEmpty ? [row.id] : clause.decidedBy)
                            && $0.condition == clause.condition?.words
                    }
                    #expect(told, "\(row.id): \(place.element.name)")
                }
            }
        }
    }

    /// An error is promised for the categories for which the check gives one, and for no other.
    @Test func errorsAreThoseOfTheCheck() throws {
        for row in ItemTable.current.rows {
            for clause in row.ownClauses {
                let place = try #require(clause.elements.first?.places.first)
                let demand = ItemDemand.of(place.element).first {
                    $0.element == place.element.name && $0.isForbidden == (clause.kind == .forbidden) && $0.rules == [row.id]
                        && $0.categories == clause.categories.codes && $0.condition == clause.condition?.words
                        && $0.completions.contains("complete") == clause.completions.contains("C")
                }
                let named = try #require(demand?.errorFor, "\(row.id)")
                for code in ["M1", "M2", "M3", "N1", "N2", "N3", "O1", "O2", "O3", "O4", "L1", "L3", "L7"] {
                    let category = try #require(VehicleCategory(code))
                    guard clause.categories.contains(category) else { continue }
                    let isError =
                        row.severity(of: clause, category: category, completion: "C") == .error && clause.completions.contains("C")
                    #expect(isError == (named.contains(code) || named.contains(String(code.prefix(1)))), "\(row.id) \(code) \(named)")
                }
            }
        }
    }

    @Test func isFoundByWhatPeopleCallIt() {
        func names(_ words: String..., language: PageLanguage = .english) -> [String] {
            ElementEntry.search(words, language).map(\.element.name)
        }
        #expect(names("ACTUALMASS") == ["ActualMass"])
        #expect(names("AxleTable[2].AxleSpacing").isEmpty == false)
        #expect(names("farbe").contains("Colour"), "in German")
        #expect(names("13.2") == ["ActualMass"], "by its item")
        #expect(Set(names("mass", "axle")).isSubset(of: names("mass")) && !names("mass", "axle").isEmpty)
        #expect(names("no such thing").isEmpty)
    }

    @Test func saysWhatCodesMean() throws {
        let colour = try #require(ElementEntry.search(["Colour"], .german).first)
        #expect(colour.codes.first { $0.code == "1" }?.meaning == "weiß" && colour.codes.count == 10)
    }
}
