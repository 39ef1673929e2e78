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
        let frame =
            [
                "title", "reading-copy", "duplicate", "draft", "draft-notice", "notice", "seal", "digest", "unsealed", "page", "yes", "no",
                "group", "empty",
            ]
            + Set(PageLayout.fuelUnits.values) + [PageLayout.otherFuelUnit]
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
        let codes = Set(catalogue.simpleTypes.flatMap { SimpleCodes.of($0.name) })
        for key in Self.english.keys where key.hasPrefix("code.") {
            #expect(codes.contains(String(key.dropFirst("code.".count))), "\(key)")
        }
        for key in Self.english.keys where key.hasPrefix("category.") && !key.hasPrefix("category.+") {
            #expect(SimpleCodes.of("VehicleCategoryCode").contains { $0.hasPrefix(key.dropFirst("category.".count)) }, "\(key)")
        }
        for key in Self.english.keys where key.hasPrefix("country.") {
            let code = String(key.dropFirst("country.".count))
            #expect(SimpleCodes.of("EuCountryCode").contains(code), "\(key)")
        }
    }

    /// Types whose codes stand alone: the code is what people say, or nobody who may tell has said what it means (docs/page.md).
    static let alone: Set<String> = [
        // The code is the word.
        "ExhaustEmissionLevel", "VehicleGroupCode", "VehicleSubgroupCode", "RollingResistanceClassCode", "TyreCategoryCode",
        "DrivingCycleClassCode", "DualFuelTypeCode", "VehicleClassCode", "TyrePlyRatingNumber", "TyreClassificationCode", "CabCategoryCode",
        "DriverSeatTypeCategoryCode", "DriverSeatTypeCategoryClassCode", "EuLanguageCode", "IviVersionNumberXsd", "NrscTestCycleCode",
        "NrtcTestCycleCode", "TypeApprovalTransportDangerousGoodsClassCode", "MechanicalCouplingCanBeFittedClassCode",
        "CategorySubCategoryEnergyConvertorCode", "GeneralCodeEcoInnovationCode", "Indicator",
        // The meaning isn't sure.
        "BrakingTransmissionPowerAssistCode", "CompletedAlteredCode", "FuellingArrangementCode", "MethodAttachmentStatutoryPlateCode",
        "RollOverProtectiveFoldingOperationCode", "RollOverProtectiveHandOperatedCode", "SubFuelTypeCode",
        "TrackTrainCrawlerUndercarriageConfigurationCode",
    ]

    /// Single codes of which the same is true.
    static let aloneCodes: Set<String> = [
        "GearboxTypeCode:D", "GearboxTypeCode:F", "GearboxTypeCode:G", "GearboxTypeCode:H", "GearboxTypeCode:O", "GearboxTypeCode:S",
        "GearboxTypeCode:W", "ArrangementCylindersCode:R", "BrakedTypeTrailCode:PNH", "AdvancedSafetySystemCode:Platooning",
        "AdvancedSafetySystemCode:CDCF", "TestFamilyIdentifierCode:OM", "TyreTypeCode:MC", "TyreTypeCode:RF", "TyreTypeCode:MST",
        "InterconnectionWithPoweredAxleConnectionCode:TRANS", "InterconnectionWithPoweredAxleConnectionCode:SHAFT",
        "RollOverProtectiveEquipmentCode:CMP", "SpeedCategorySymbolCode:I", "SpeedCategorySymbolCode:Z", "SteeringCategoryCode:DIFFL",
        "SteeringCategoryCode:POWER", "SteeringCategoryCode:SERVO", "ThreePointLiftingMechanismCode:INEXT",
        "TrailerBrakeControlSystemTechnologyCode:COMPE",
    ]

    @Test func everyCodeIsSpelledOutOrKnownToStandAlone() {
        let texts = PageTexts(.english)
        for type in Catalogue.initialVehicleInformation.simpleTypes
        where !Self.alone.contains(type.name) && type.name != "ViennaCountryCode" {
            guard case .codes(let codes, _) = type.form else { continue }
            for code in codes {
                let isSpelledOut = texts.meaning(of: code, type: type.name) != nil
                #expect(isSpelledOut != Self.aloneCodes.contains("\(type.name):\(code)"), "\(type.name):\(code)")
            }
        }
    }

    /// Numbers without a unit are counts, numbers of groups, years, ratios and powers of ten.
    @Test func everyMeasureHasAUnit() {
        let withoutUnit = [
            "Number", "Year", "Exponent", "Ratio", "Factor", "FuelConsumption", "AverageOccupancy", "LoadCapacityIndex", "TyreLoadRating",
        ]
        for element in Catalogue.initialVehicleInformation.elements where element.isValue && element.unit == nil {
            switch element.simpleType?.form {
            case .decimal, .integer: #expect(withoutUnit.contains { element.name.contains($0) }, "\(element.name)")
            default: break
            }
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
