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
        for row in reading.rows where row.count > 2 {
            for cell in row.dropFirst(2) where !cell.isEmpty { shown[row[1], default: [:]][cell, default: 0] += 1 }
        }
        for (label, value) in reading.listed { shown[label, default: [:]][value, default: 0] += 1 }
        for field in values.fields {
            let element = field.key.resolve(in: .initialVehicleInformation).element
            let label = try #require(texts.label(of: element.name))
            let cell = expected(field.value, element, texts)
            if let left = shown[label]?[cell], left > 0 {
                shown[label]?[cell] = left - 1
            } else {
                // What names a group heads a column or begins a list's cell instead.
                let replacesRow = PagePlan.initialVehicleInformation.naming[Int(element.id.rawValue)].replacesRow
                let heads = reading.rows.flatMap { $0.dropFirst(2) }.filter { $0.contains(cell) }
                #expect(replacesRow && !heads.isEmpty, "\(FieldPath.write(field.key)) \(field.value)")
            }
        }
    }

    private func expected(_ value: String, _ element: Element, _ texts: PageTexts) -> String {
        let type = element.simpleType?.name ?? ""
        if type == "Indicator" || type == "OptionalCode" {
            if value == "Y" { return texts["yes"] }
            if value == "N" { return texts["no"] }
        }
        let country = Countries.iso(value, type: type).flatMap { texts.optional("country.\($0)") }
        if let meaning = texts.optional("\(type):\(value)") ?? country { return "\(meaning) (\(value))" }
        return value + (element.unit.map { " \($0)" } ?? "")
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
        #expect(reading.titles.last == "Further data")
    }

    @Test func sectionsFollowTheRegulation() throws {
        let titles = try PageReading(PageMaterial.page(PageMaterial.everything(groups: 1))).titles
        #expect(
            titles == [
                "General", "Type-approval", "Signature", "Message", "General construction characteristics", "Main dimensions", "Masses",
                "Power plant", "Maximum speed", "Axles and suspension", "Bodywork", "Coupling device", "Environmental performance",
                "Miscellaneous", "Further data",
            ])
    }

    @Test func itemsAreInOrder() throws {
        let rows = try PageReading(PageMaterial.page(PageMaterial.everything(groups: 1))).rows
        let items = rows.compactMap { $0.first }.filter { !$0.isEmpty }.map { $0.split(separator: ".").compactMap { Int($0) } }
        #expect(items.count > 90)
        for (item, next) in zip(items, items.dropFirst()) { #expect(item.lexicographicallyPrecedes(next), "\(item) \(next)") }
    }

    @Test func axlesAreColumns() throws {
        let values = try PageMaterial.values([
            "AxleTable[1].AxleNumber": "1", "AxleTable[2].AxleNumber": "2", "AxleTable[1].TechnicallyPermissibleMassAxle": "1065",
            "AxleTable[2].TechnicallyPermissibleMassAxle": "1030", "AxleTable[1].AxleSpacing": "2750",
            "AxleTable[2].TyreAxleTable[1].TyreSize": "195/50R19", "AxleTable[2].TyreAxleTable[2].TyreSize": "205/50R19",
            "AxleTable[2].TyreAxleTable[2].TyreNumber": "2", "AxleTable[1].TyreAxleTable[1].TyreSize": "185/50R19",
        ])
        let reading = try PageReading(PageMaterial.page(values))
        #expect(reading.cells("Technically permissible mass on the axle") == [["1065 kg", "1030 kg"]])
        #expect(reading.rows.contains(["", "", "Axle 1", "Axle 2"]))
        #expect(reading.cells("Spacing to the next axle") == [["2750 mm"]])
        #expect(reading.rows.contains(["", "", "Axle 1", "Axle 2 · Tyre/wheel 1", "Axle 2 · Tyre/wheel 2"]))
        #expect(reading.cells("Tyre size") == [["185/50R19", "195/50R19", "205/50R19"]])
    }

    @Test func codesAreSpelledOutWhereTheMeaningIsSure() throws {
        let values = try PageMaterial.values([
            "Colour": "7", "GearboxType": "W", "EnergySource": "95", "DesignatedTypeApprovalCountry": "e20",
            "PureElectricVehicleIndicator": "Y",
            "IntendedCountryRegistration": "FIN", "MethodAttachmentStatutoryPlate": "A3",
        ])
        let reading = try PageReading(PageMaterial.page(values, .german))
        #expect(reading.cells("Farbe") == [["grün (7)"]])
        #expect(reading.cells("Getriebe (Art)") == [["W"]])
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
                "html", "head", "meta", "style", "title", "body", "div", "h1", "h2", "p", "table", "thead", "tr", "th", "td", "b", "i",
            ]))
        #expect(reading.attributes.isSubset(of: ["lang", "xml:lang", "xmlns", "charset", "http-equiv", "content", "class"]))
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
        #expect(reading.cells("Track") == [[visible + " mm", visible + " mm"]])
        #expect(!page.unicodeScalars.contains { $0.properties.generalCategory == .format })
    }

    private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    @Test(arguments: PageLanguage.allCases) func isSelfContained(_ language: PageLanguage) {
        let page = PageMaterial.page(PageMaterial.everything(groups: 2), language)
        for word in ["<script", "<link", "<img", "url(", "@import", "javascript:", " src=", " href="] { #expect(!page.contains(word)) }
        #expect(page.components(separatedBy: "http").count == 3)  // the namespace, and http-equiv
    }
}
