import Certificate
import Foundation
import TestSupport
import Testing

@testable import Page

@Suite struct CertificatePageTests {
    /// Every value stands in a row with its element's label; counted, so that equal values don't hide one another.
    private func expectComplete(_ values: FieldValues, _ language: PageLanguage) throws {
        let reading = try PageReading(PageMaterial.page(values, language))
        let texts = PageTexts(language)
        var shown: [String: [String: Int]] = [:]
        for (label, value) in reading.shown { shown[label, default: [:]][value, default: 0] += 1 }
        let everything = reading.rows.joined().joined(separator: "\n")
        let paths = Set(values.fields.map { FieldPath.write($0.key) })
        for field in values.fields {
            let element = field.key.resolve(in: .initialVehicleInformation).element
            let path = FieldPath.write(field.key)
            // The power of ten stands behind its number.
            if path.hasSuffix("Exponent"), paths.contains(String(path.dropLast("Exponent".count))) { continue }
            let label = try #require(texts.label(of: element.name))
            let cell = expected(field, values, texts)
            // Codes that tell items apart stand behind the label.
            let found = shown.keys.first { ($0 == label || $0.hasPrefix("\(label): ")) && shown[$0]?[cell] ?? 0 > 0 }
            if let found {
                shown[found]?[cell, default: 0] -= 1
            } else {
                // What names a group heads a column or stands before a value instead.
                let replacesRow = PagePlan.initialVehicleInformation.naming[Int(element.id.rawValue)].replacesRow
                #expect(replacesRow && everything.contains(cell), "\(path) \(field.value)")
            }
        }
    }

    private func expected(_ field: Field, _ values: FieldValues, _ texts: PageTexts) -> String {
        let (element, indices) = field.key.resolve(in: .initialVehicleInformation)
        let type = element.simpleType?.name ?? ""
        if type == "Indicator" || type == "OptionalCode" {
            if field.value == "Y" { return texts["yes"] }
            if field.value == "N" { return texts["no"] }
        }
        if let meaning = texts.meaning(of: field.value, type: type) { return "\(meaning) (\(field.value))" }
        if element.name.contains("FuelConsumption") {
            let source = Catalogue.initialVehicleInformation.element(named: "EnergySource").flatMap { FieldKey($0, indices: indices) }
            let unit = PageLayout.fuelUnits[source.flatMap { values[$0] } ?? ""] ?? PageLayout.otherFuelUnit
            return "\(field.value) \(texts[unit])"
        }
        let exponent = Catalogue.initialVehicleInformation.element(named: "\(element.name)Exponent").flatMap {
            FieldKey($0, indices: indices)
        }
        let power = exponent.flatMap { values[$0] }.map { " × 10\($0)" } ?? ""
        return field.value + power + (element.unit.map { " \($0)" } ?? "")
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.absence)"), arguments: SharedMaterial.examples,
        [PageLanguage.english, .polish])
    func officialExamplesAreComplete(_ example: String, _ language: PageLanguage) throws {
        try expectComplete(PageMaterial.example(example), language)
    }

    @Test(arguments: [1, 2, 3], PageLanguage.allCases) func everyElementIsShown(_ groups: Int, _ language: PageLanguage) throws {
        // Three groups three levels deep are 27 columns in a table: one language is enough of that.
        guard groups < 3 || language == .german else { return }
        try expectComplete(PageMaterial.everything(groups: groups), language)
    }

    @Test func whatANumberAloneSaysIsShown() throws {
        let values = try PageMaterial.values(["AxleTable[1].AxleNumber": "1", "AxleTable[2].AxleNumber": "2"])
        let reading = try PageReading(PageMaterial.page(values))
        #expect(reading.cells("Axle number") == [["1"], ["2"]])
        #expect(reading.titles.suffix(2) == ["Further data", "Message"])
    }

    @Test func sectionsFollowTheRegulation() throws {
        let titles = try PageReading(PageMaterial.page(PageMaterial.everything(groups: 1))).titles
        #expect(
            titles == [
                "General", "Type-approval", "Signature", "General construction characteristics", "Main dimensions", "Masses",
                "Power plant", "Maximum speed", "Axles and suspension", "Bodywork", "Coupling device", "Environmental performance",
                "Miscellaneous", "Message",
            ])
    }

    @Test func itemsAreInOrder() throws {
        let rows = try PageReading(PageMaterial.page(PageMaterial.everything(groups: 1).without("VehicleCategory"))).rows
        let items = rows.compactMap { $0.first }.filter { !$0.isEmpty }.map { $0.split(separator: ".").compactMap { Int($0) } }
        #expect(items.count > 90)
        for (item, next) in zip(items, items.dropFirst()) {
            #expect(item.lexicographicallyPrecedes(next) || item == next, "\(item) \(next)")
        }
    }

    @Test func axlesAreColumns() throws {
        let values = try PageMaterial.values([
            "AxleTable[1].AxleNumber": "1", "AxleTable[2].AxleNumber": "2", "AxleTable[1].TechnicallyPermissibleMassAxle": "1065",
            "AxleTable[2].TechnicallyPermissibleMassAxle": "1030", "AxleTable[1].AxleSpacing": "2750",
            "AxleTable[2].TyreAxleTable[1].TyreSize": "195/50R19", "AxleTable[2].TyreAxleTable[2].TyreSize": "205/50R19",
            "AxleTable[2].TyreAxleTable[2].TyreNumber": "2", "AxleTable[1].TyreAxleTable[1].TyreSize": "185/50R19",
            "AxleTable[1].TyreAxleTable[1].RimOffSet": "40",
        ])
        let reading = try PageReading(PageMaterial.page(values))
        // One value of several groups is a list, in which each stands behind its group's name.
        #expect(reading.cells("Technically permissible mass on the axle") == [["Axle 1 1065 kg · Axle 2 1030 kg"]])
        #expect(reading.cells("Spacing to the next axle") == [["Axle 1 2750 mm"]])
        #expect(reading.rows.contains(["", "", "Axle 1", "Axle 2 · Tyre/wheel 1", "Axle 2 · Tyre/wheel 2"]))
        #expect(reading.cells("Tyre size") == [["185/50R19", "195/50R19", "205/50R19"]])
        #expect(reading.cells("Rim offset") == [["40 mm", "", ""]])
    }

    @Test func manyGroupsGoOnInTablesOfEqualWidth() throws {
        var values: [String: String] = [:]
        for axle in 1...5 {
            values["AxleTable[\(axle)].AxleNumber"] = "\(axle)"
            values["AxleTable[\(axle)].LiftAxleIndicator"] = "N"
            values["AxleTable[\(axle)].LoadableAxleIndicator"] = "Y"
        }
        let reading = try PageReading(PageMaterial.page(PageMaterial.values(values)))
        #expect(reading.cells("Lift axle") == [["no", "no"], ["no", "no", "no"]])
    }

    @Test func familiesAndTowedMassesAreItemsOfTheirOwn() throws {
        let family = "EnergyConvertorTable[1].EnergySourceTable[1].TestFamilyIdentifiersTable"
        var values = [
            "EnergyConvertorTable[1].EnergySourceTable[1].EnergySource": "10",
            "TowingBrakedTypeTrailTable[1].BrakedTypeTrail": "UNB",
            "TowingBrakedTypeTrailTable[1].BodyworkTypeTable[1].TechnicallyPermissibleMaximumTowableMass": "700",
            "TowingBrakedTypeTrailTable[2].BrakedTypeTrail": "BRK",
            "TowingBrakedTypeTrailTable[2].BodyworkTypeTable[1].BodyworkTypeTrailer": "DC",
            "TowingBrakedTypeTrailTable[2].BodyworkTypeTable[1].TechnicallyPermissibleMaximumTowableMass": "1500",
            "TowingBrakedTypeTrailTable[2].BodyworkTypeTable[1].TechnicallyPermissibleMaximumCombinationMass": "3900",
            "TowingBrakedTypeTrailTable[2].BodyworkTypeTable[2].BodyworkTypeTrailer": "DB",
            "TowingBrakedTypeTrailTable[2].BodyworkTypeTable[2].TechnicallyPermissibleMaximumTowableMass": "1400",
        ]
        for (number, code) in ["EV", "OM", "IP", "PR", "ATCT", "RM", "PEMS", "RL"].enumerated() {
            values["\(family)[\(number + 1)].TestFamilyIdentifier"] = code
            values["\(family)[\(number + 1)].TestFamilyIdentifierValue"] = "\(code)-1"
        }
        let rows = try PageReading(PageMaterial.page(PageMaterial.values(values))).rows
        let families = rows.filter { $0[0].hasPrefix("0.2.3") }
        #expect(families.map { $0[0] } == ["0.2.3"] + (1...7).map { "0.2.3.\($0)" })
        #expect(families.map { $0[2] } == ["OM-1", "IP-1", "ATCT-1", "PEMS-1", "RL-1", "RM-1", "PR-1", "EV-1"])
        #expect(families[1][1] == "Family identifier: interpolation (IP)")
        let masses = rows.filter { $0[0].hasPrefix("18") || $0[0] == "16.4" }
        #expect(
            masses == [
                ["16.4", "Technically permissible maximum mass of the combination: braked (BRK), centre-axle trailer (DC)", "3900 kg"],
                ["18.1", "Technically permissible maximum towable mass: braked (BRK), drawbar trailer (DB)", "1400 kg"],
                ["18.3", "Technically permissible maximum towable mass: braked (BRK), centre-axle trailer (DC)", "1500 kg"],
                ["18.4", "Technically permissible maximum towable mass: unbraked (UNB)", "700 kg"],
            ])
    }

    /// Families of two engines say whose they are.
    @Test func partsOfSeveralEnginesNameThem() throws {
        let values = try PageMaterial.values([
            "EnergyConvertorTable[1].EnergySourceTable[1].TestFamilyIdentifiersTable[1].TestFamilyIdentifier": "IP",
            "EnergyConvertorTable[1].EnergySourceTable[1].TestFamilyIdentifiersTable[1].TestFamilyIdentifierValue": "IP-1",
            "EnergyConvertorTable[2].EnergySourceTable[1].TestFamilyIdentifiersTable[1].TestFamilyIdentifier": "IP",
            "EnergyConvertorTable[2].EnergySourceTable[1].TestFamilyIdentifiersTable[1].TestFamilyIdentifierValue": "IP-2",
        ])
        let reading = try PageReading(PageMaterial.page(values))
        #expect(reading.cells("Family identifier: interpolation (IP)") == [["Engine 1 IP-1"], ["Engine 2 IP-2"]])
    }

    @Test func ratiosStandAtItem28() throws {
        let values = try PageMaterial.values([
            "GearboxType": "M", "GearRatioTable[1].GearNumber": "1", "GearRatioTable[1].GearRatio": "3.9",
            "GearRatioTable[2].GearNumber": "2", "GearRatioTable[2].GearRatio": "2.1",
            "FinalDriveVehicleTable[1].FinalDriveVehicleNumber": "1",
            "FinalDriveVehicleTable[1].FinalDriveVehicleRatio": "4.1",
        ])
        let reading = try PageReading(PageMaterial.page(values))
        #expect(reading.titles.contains("Power plant") && !reading.titles.contains("Further data"))
        #expect(reading.item("Gearbox (type)") == "28" && reading.cells("Gearbox (type)") == [["manual (M)"]])
        #expect(reading.cells("Gear ratio") == [["Gear 1 3.9 · Gear 2 2.1"]])
        #expect(reading.cells("Final drive ratio of the vehicle") == [["4.1"]])
    }

    @Test func numbersOfOtherActsAreNotShown() throws {
        for (category, isNumbered) in [("M1", true), ("N2G", true), ("O2", true), ("L3e-A2", false), ("T1b", false), ("R3a", false)] {
            let page = PageMaterial.page(
                try PageMaterial.values(["VehicleCategory": category, "Length": "4000", "VehicleIdentificationNumber": "WZAAV4L8ZTB000101"])
            )
            let reading = try PageReading(page)
            #expect(reading.item("Length") == (isNumbered ? "5" : ""), "\(category)")
            #expect(page.contains("<body class=\"u\">") == !isNumbered)
            #expect(reading.rows.allSatisfy { isNumbered || $0[0].isEmpty })
        }
    }

    @Test(arguments: [
        ("10", "5.7 l/100 km"), ("30", "5.7 l/100 km"), ("40", "5.7 m³ or kg/100 km"), ("50", "5.7 kg/100 km"),
        ("90", "5.7 l, m³ or kg/100 km"),
    ])
    func theFuelDecidesTheUnit(_ fuel: String, _ shown: String) throws {
        let values = try PageMaterial.values([
            "EnergyConvertorTable[1].EnergySourceTable[1].EnergySource": "95",
            "EnergyConvertorTable[2].EnergySourceTable[1].EnergySource": fuel,
            "EnergyConvertorTable[2].EnergySourceTable[1].WltpFuelConsumptionCombined": "5.7",
        ])
        #expect(try PageReading(PageMaterial.page(values)).shown.contains { $0 == ("Fuel consumption, combined", shown) })
    }

    @Test func aNumberAndItsPowerOfTenAreOneValue() throws {
        let group = "EnergyConvertorTable[1].EnergySourceTable[1]"
        let both = try PageMaterial.values([
            "\(group).WltpType1NumberOfParticles": "1.07", "\(group).WltpType1NumberOfParticlesExponent": "11",
            "\(group).RdeUrbanNumberOfParticlesExponent": "12",
        ])
        let reading = try PageReading(PageMaterial.page(both))
        #expect(reading.cells("Exhaust emissions, Type 1 test, number of particles") == [["1.07 × 1011 #/km"]])
        #expect(PageMaterial.page(both).contains("1.07 × 10<sup>11</sup> #/km"))
        // A power of ten without a number stays a value of its own.
        #expect(reading.shown.contains { $0.label.hasSuffix("exponent (power of ten)") && $0.value == "12" })
    }

    @Test func emptyItemsSayThatTheyAreEmpty() throws {
        let values = try PageMaterial.values([
            "AxleTable[1].AxleNumber": "1", "AxleTable[2].AxleNumber": "2", "AxleTable[1].AxleTrack": "1500", "Length": "4000",
            "AxleTable[1].LiftAxleIndicator": "N", "AxleTable[2].LiftAxleIndicator": "N",
        ])
        let empty = [
            "Width", "AxleTable[2].AxleTrack",
            "EnergyConvertorTable[1].EnergySourceTable[1].TestFamilyIdentifiersTable[1].TestFamilyIdentifier",
        ]
        let german = try PageReading(PageMaterial.page(values, .german, empty: empty))
        #expect(german.item("Breite") == "6" && german.cells("Breite") == [["keine Angabe"]])
        #expect(german.shown.filter { $0.value == "keine Angabe" }.count == 3)
        let english = try PageReading(PageMaterial.page(values, empty: empty))
        #expect(english.cells("Track") == [["1500 mm", "not given"]])
        #expect(english.cells("Family identifier") == [["not given"]])
        // A value that is there is never empty, whoever says so.
        #expect(PageMaterial.page(values, empty: ["Length"]) == PageMaterial.page(values))
    }

    @Test func codesAreSpelledOutWhereTheMeaningIsSure() throws {
        let values = try PageMaterial.values([
            "Colour": "7", "GearboxType": "W", "EnergySource": "95", "DesignatedTypeApprovalCountry": "e20",
            "PureElectricVehicleIndicator": "Y", "VehicleCategory": "N2GS", "FuelType": "M",
            "AxleTable[1].TyreAxleTable[1].SpeedCategorySymbol": "H", "TrailerBrakeTable[1].TrailerBrakeControlSystemTechnology": "PNEU",
            "IntendedCountryRegistration": "FIN", "MethodAttachmentStatutoryPlate": "A3",
        ])
        let reading = try PageReading(PageMaterial.page(values, .german))
        #expect(reading.cells("Farbe") == [["grün (7)"]])
        #expect(reading.cells("Getriebe (Art)") == [["W"]])
        #expect(
            reading.cells("Fahrzeugklasse") == [["Nutzfahrzeug über 3,5 t bis 12 t, geländegängig, mit besonderer Zweckbestimmung (N2GS)"]])
        #expect(reading.all.contains("210 km/h (H)") && reading.all.contains("pneumatisch (PNEU)") && reading.all.contains("Einstoff (M)"))
        #expect(reading.cells("Kraftstoff oder Energiequelle") == [["Strom (95)"]])
        #expect(reading.cells("Land der Genehmigungsbehörde") == [["Polen (e20)"]])
        #expect(reading.cells("Reines Elektrofahrzeug") == [["ja"]])
        #expect(reading.cells("Vorgesehenes Zulassungsland") == [["Finnland (FIN)"]])
        #expect(reading.cells("Art der Anbringung des gesetzlich vorgeschriebenen Schilds") == [["A3"]])
    }

    /// A page that is drawn before sealing can't be taken for one of a certificate, in any language.
    @Test(arguments: PageLanguage.allCases) func aDraftSaysSo(language: PageLanguage) throws {
        let values = try PageMaterial.values(["VehicleIdentificationNumber": "WZAAV4L8ZTB000101"])
        let texts = PageTexts(language)
        let page = try PageReading(PageMaterial.page(values, language, source: .draft))
        #expect(page.all.contains("\(texts["draft"]) · \(texts["reading-copy"])") && page.all.contains(texts["draft-notice"]))
        #expect(!page.all.contains(texts["digest"]) && !page.all.contains(texts["notice"]) && !page.all.contains(texts["seal"]))
    }

    @Test func saysWhatItIs() throws {
        let values = try PageMaterial.values(["VehicleIdentificationNumber": "WZAAV4L8ZTB000101", "IviVersionNumber": "2"])
        let sealed = try PageReading(PageMaterial.page(values))
        #expect(sealed.all.contains("The certificate is the sealed XML message"))
        #expect(sealed.cells("SHA-256 of the XML message") == [[PageMaterial.source.sha256 ?? ""]])
        #expect(sealed.cells("Sealed by (as the message names it)") == [["O=Aurora Mobility GmbH,CN=Seal"]])
        #expect(sealed.cells("Version of the certificate") == [["2"]])
        #expect(sealed.cells("Vehicle identification number") == [["WZAAV4L8ZTB000101"]])
        #expect(!sealed.all.contains("Duplicate"))
        let bare = try PageReading(PageMaterial.page(values, .dutch, source: .init(sha256: "00", sealSubject: nil)))
        #expect(bare.all.contains("Dit bericht draagt geen zegel"))
        #expect(!bare.all.contains("Het certificaat is het verzegelde"))
        #expect(try PageReading(PageMaterial.page(values, .spanish, isDuplicate: true)).all.contains("Duplicado"))
    }

    @Test func sameMessageSameBytes() {
        let values = PageMaterial.everything(groups: 2)
        #expect(PageMaterial.page(values, .french) == PageMaterial.page(values, .french))
        #expect(PageMaterial.page(values, .french) != PageMaterial.page(values, .italian))
    }

    static let hostile = [
        "</td><script>alert(1)</script>", "\" onload=\"x", "&lt;b&gt;", "]]>", "<!--", "a\u{202E}gpj.exe", "\u{2066}x\u{2069}",
        "\u{200B}\u{FEFF}",
        "\u{85}\u{9F}\u{7F}", "line\u{2028}line", "\r\n\ttab", "\u{1}\u{0}\u{1B}[31m", "</style><img src=x>", "\u{E000}\u{FFFE}", "é€𝄞",
    ]

    @Test(arguments: hostile) func hostileValuesStayValues(_ value: String) throws {
        let values = try PageMaterial.values([
            "VehicleIdentificationNumber": value, "Remark": value, "Colour": value, "AxleTable[1].AxleNumber": value,
            "AxleTable[1].AxleTrack": value, "AxleTable[2].AxleTrack": value, "AxleTable[2].AxleNumber": "2",
        ])
        let source = CertificatePage.Source(sha256: value, sealSubject: value)
        let page = PageMaterial.page(values, source: source)
        let reading = try PageReading(page)
        #expect(
            reading.elements.isSubset(of: [
                "html", "head", "meta", "style", "title", "body", "div", "h1", "h2", "p", "section", "table", "thead", "tbody", "tr", "th",
                "td", "b", "i",
                "span",
            ]))
        #expect(reading.attributes.isSubset(of: ["lang", "xml:lang", "xmlns", "charset", "http-equiv", "name", "content", "class"]))
        // What can't be seen is named, and everything else reads as it was.
        let visible = value.unicodeScalars.map { scalar -> String in
            let isBreak = scalar == "\n" || scalar == "\t"
            switch scalar.properties.generalCategory {
            case .control where isBreak: return String(scalar)
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: return "U+" + hexadecimal(scalar)
            default: return String(scalar)
            }
        }.joined()
        #expect(reading.cells("Remarks") == [[visible]])
        #expect(reading.cells("Colour") == [[visible]])
        #expect(reading.shown.filter { $0.label == "Track" }.map(\.value) == [visible + " mm", visible + " mm"])
        #expect(!page.unicodeScalars.contains { $0.properties.generalCategory == .format })
    }

    private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The foot of the printed page holds the vehicle as a string of the style sheet, which nothing in it can end.
    @Test(arguments: hostile + ["\";}body{display:none}", "a\\", "*/"]) func hostileVehiclesStayInTheFoot(_ value: String) throws {
        let page = PageMaterial.page(try PageMaterial.values(["VehicleIdentificationNumber": value]), isDuplicate: true)
        let start = try #require(page.range(of: "@bottom-left{content:\"")).upperBound
        let foot = try #require(page[start...].range(of: "\";font:7.5pt")).lowerBound
        let inside = page[start..<foot]
        #expect(!inside.contains { "\"<>{};\n".contains($0) }, "\(inside)")
        #expect(page[foot...].contains("@bottom-center{content:\"Duplicate \\B7  Reading copy\""))
        #expect(page.components(separatedBy: "</style>").count == 2)
    }

    @Test func paperAndScreenAreToldApart() {
        #expect(PageStyle.sheet.contains("@media screen and (prefers-color-scheme:dark){"))
        #expect(!PageStyle.sheet.contains("string-set") && !PageStyle.sheet.contains("break-before:page"))
    }

    @Test(arguments: PageLanguage.allCases) func isSelfContained(_ language: PageLanguage) {
        let page = PageMaterial.page(PageMaterial.everything(groups: 2), language)
        for word in ["<script", "<link", "<img", "url(", "@import", "javascript:", " src=", " href="] { #expect(!page.contains(word)) }
        #expect(page.components(separatedBy: "http").count == 3)  // the namespace, and http-equiv
    }
}

extension FieldValues {
    fileprivate func without(_ name: String) -> FieldValues {
        var copy = self
        if let key = Catalogue.initialVehicleInformation.element(named: name).flatMap({ FieldKey($0) }) { copy.remove(key) }
        return copy
    }
}
