import Certificate
import Testing

@testable import Page

@Suite struct PageTextsTests {
    static let english = PageTexts.read(PageLanguage.english.file)

    @Test(arguments: PageLanguage.allCases) func everyElementHasALabel(_ language: PageLanguage) {
        let texts = PageTexts(language)
        for element in Catalogue.initialVehicleInformation.elements where element.isValue {
            #expect(texts.label(of: element.name)?.isEmpty == false, "\(element.name)")
        }
    }

    @Test(arguments: PageLanguage.allCases) func everySectionAndFrameTextIsThere(_ language: PageLanguage) {
        let texts = PageTexts(language)
        let frame = [
            "title", "reading-copy", "duplicate", "draft", "draft-notice", "notice", "seal", "digest", "unsealed", "page", "yes", "no",
            "group",
        ]
        for key in PageSection.allCases.map(\.title) + frame { #expect(texts.optional(key)?.isEmpty == false, "\(key)") }
    }

    @Test(arguments: PageLanguage.allCases) func allLanguagesHaveTheSameKeys(_ language: PageLanguage) {
        let keys = Set(PageTexts.read(language.file).keys)
        #expect(keys == Set(Self.english.keys))
        #expect(String(decoding: language.file, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("# ") }.count == keys.count)
    }

    /// Where a language says it as English does, its file says so with `=`.
    @Test(arguments: PageLanguage.allCases) func nothingIsLeftInEnglishByAccident(_ language: PageLanguage) {
        for (key, text) in PageTexts.read(language.file) {
            if language == .english {
                #expect(text != PageTexts.asInEnglish, "\(key)")
            } else {
                #expect(text != Self.english[key], "\(key)")
            }
        }
    }

    /// Every meaning belongs to a code that exists, and every key is used.
    @Test func noTextIsForNothing() {
        let catalogue = Catalogue.initialVehicleInformation
        var known: Set<String> = ["group"]
        for type in catalogue.simpleTypes {
            if case .codes(let codes, _) = type.form { known.formUnion(codes.map { "\(type.name):\($0)" }) }
        }
        let endings = Self.english.keys.filter { $0.hasPrefix("~") }
        for key in Self.english.keys where key.first?.isUppercase == true && !key.contains(":") {
            #expect(catalogue.elements.contains { $0.name.hasPrefix(key) }, "\(key)")
        }
        for key in Self.english.keys where key.contains(":") { #expect(known.contains(key), "\(key)") }
        for ending in endings { #expect(catalogue.elements.contains { $0.name.contains(ending.dropFirst()) }, "\(ending)") }
        for key in Self.english.keys where key.hasPrefix("group.") {
            #expect(catalogue.element(named: key.dropFirst("group.".count))?.isRepeating == true, "\(key)")
        }
        for key in Self.english.keys where key.hasPrefix("country.") {
            let code = String(key.dropFirst("country.".count))
            #expect(SimpleCodes.of("EuCountryCode").contains(code), "\(key)")
        }
    }

    /// Every approval authority and every country of the register is named, and every sign is one of the schema's.
    @Test func countriesAreComplete() {
        let named = { (type: String) in
            SimpleCodes.of(type).filter { Countries.iso($0, type: type).map { Self.english["country.\($0)"] } ?? nil != nil }
        }
        #expect(named("TypeApprovalCountryCode") == SimpleCodes.of("TypeApprovalCountryCode"))
        #expect(named("EuCountryCode") == SimpleCodes.of("EuCountryCode"))
        #expect(named("ViennaCountryCode").count == SimpleCodes.of("EuCountryCode").count)
    }

    /// The style sheet takes the word for "page" into a string.
    @Test(arguments: PageLanguage.allCases) func theWordForPageIsPlain(_ language: PageLanguage) {
        #expect(PageTexts(language)["page"].allSatisfy { $0.isLetter })
    }
}

enum SimpleCodes {
    static func of(_ name: String) -> [String] {
        for type in Catalogue.initialVehicleInformation.simpleTypes where type.name == name {
            if case .codes(let codes, _) = type.form { return codes }
        }
        return []
    }
}
