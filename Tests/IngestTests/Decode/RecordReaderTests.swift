import Certificate
import Testing

@testable import Ingest

@Suite struct RecordReaderTests {
    private static func values(_ record: Record?) -> [String: String] {
        Dictionary(uniqueKeysWithValues: (record?.values.fields ?? []).map { (FieldPath.write($0.key), $0.value) })
    }

    @Test func headersArePathsInLongAndShortForm() throws {
        let records = try DecodeMaterial.read(
            "VehicleIdentificationNumber,CocDataGroup.MassGroup.ActualMass,AxleTable[2].TyreAxleTable[1].TyreSize,AxleTrack\n"
                + "V,1500,205/55,\n"
        ).get()
        #expect(
            Self.values(records.first) == [
                "CocDataGroup.VehicleIdentificationNumber": "V", "CocDataGroup.MassGroup.ActualMass": "1500",
                "CocDataGroup.AxleTable[2].TyreAxleTable[1].TyreSize": "205/55",
            ])
        #expect(records.first?.row == 2)
        #expect(records.first?.values.fields.first { $0.value == "1500" }?.origin == .record(2))
    }

    @Test func rowsCountAsASpreadsheetShowsThem() throws {
        let records = try DecodeMaterial.read("\nType,Remark\n\nA,\"x\ny\"\n , \nB,z\n").get()
        #expect(records.map(\.row) == [4, 6])
    }

    @Test func columnNames() throws {
        let file = try DecodeMaterial.File("Type, Variant ,\nA,B,\n")
        let reader = try RecordReader(path: file.path, profile: DecodeMaterial.csv())
        #expect((0...4).map(reader.columnName) == [nil, "Type", "Variant", "column 3", nil])
        var numbered = DecodeMaterial.csv(CSVDialect(hasHeader: false))
        numbered.mapping = [ColumnRule(column: .number(2), target: "Variant")]
        let other = try RecordReader(path: file.path, profile: numbered)
        #expect(other.columnName(2) == "column 2")
        #expect(other.header.isEmpty)
        let first = try other.next()
        #expect(first?.row == 1)
        #expect(first?.values.fields.map(\.value) == ["Variant"])
        #expect(other.currentRow == Array("Type, Variant ,\n".utf8))
    }

    @Test func constantsStandApart() throws {
        var profile = DecodeMaterial.csv()
        profile.constants = [.init(path: "StageOfCompletion", value: "C"), .init(path: "Header.IntendedCountryRegistration", value: "D")]
        let file = try DecodeMaterial.File("Type\nA\n")
        let reader = try RecordReader(path: file.path, profile: profile)
        #expect(reader.constants.fields.map(\.value) == ["D", "C"])
        #expect(reader.constants.fields.allSatisfy { $0.origin == .constant })
    }

    @Test func aLegacyExportWithAMapping() throws {
        var profile = Profile(format: .csv(CSVDialect(delimiter: ";")), encoding: .windows1252)
        profile.mapping = [
            ColumnRule(column: .name("Fahrgestellnummer"), target: "VehicleIdentificationNumber", conversion: .init(uppercase: true)),
            ColumnRule(
                column: .name("Tatsächliche Masse (t)"), target: "ActualMass", conversion: .init(decimalComma: true, factor: "1000")),
            ColumnRule(
                column: .name("Prüfmasse"), target: "WltpEmissionTestMass", conversion: .init(decimalComma: true, thousandsSeparator: ".")),
            ColumnRule(column: .number(4), target: "DateManufactureVehicle", conversion: .init(dateForm: "dd.MM.yyyy")),
            ColumnRule(column: .name("Farbe"), target: "Colour", conversion: .init(missing: ["k. A."], codes: ["weiß": "1", "rot": "4"])),
        ]
        profile.ignoredColumns = ["Auftrag"]
        let text = """
            Fahrgestellnummer;Tatsächliche Masse (t);Prüfmasse;Baudatum;Farbe;Auftrag
            wzaap3b5ztb000501; 1,341 ;1.366;01.09.2026;weiß;1
            WZA;1,3410;12.366.000,5;31.02.2026;grün;2
            WZA;1.341;1.36;1.9.2026;k. A.;3
            """
        let bytes = try #require(Samples.encode(text, .windows1252))
        let records = try DecodeMaterial.read(bytes, profile).get()
        #expect(
            Self.values(records[0]) == [
                "CocDataGroup.VehicleIdentificationNumber": "WZAAP3B5ZTB000501", "CocDataGroup.MassGroup.ActualMass": "1341",
                "CocDataGroup.WltpEmissionTestParametersGroup.WltpEmissionTestMass": "1366",
                "CocDataGroup.DateManufactureVehicle": "2026-09-01", "CocDataGroup.ColourTable[1].Colour": "1",
            ])
        #expect(records[0].findings.isEmpty)
        #expect(Set(records[1].findings.map(\.rule)) == ["CONV-03", "CONV-04"])
        #expect(Self.values(records[1])["CocDataGroup.ColourTable[1].Colour"] == "grün")
        let date = records[1].findings.first { $0.rule == "CONV-03" }
        #expect(date?.column == "Baudatum")
        #expect(date?.element == "CocDataGroup.DateManufactureVehicle")
        #expect(date?.value == "31.02.2026")
        #expect(date?.row == 3)
        #expect(records[2].findings.map(\.rule).sorted() == ["CONV-01", "CONV-02", "CONV-03"])
        #expect(Self.values(records[2])["CocDataGroup.ColourTable[1].Colour"] == nil)
    }

    @Test func aRowOfTheWrongWidthIsOneFinding() throws {
        let records = try DecodeMaterial.read("Type,Variant\nA\nB,C,D\nE,F\n").get()
        #expect(records.map { $0.findings.map(\.rule) } == [["ROW-01"], ["ROW-01"], []])
        #expect(records[0].values.isEmpty)
        #expect(records[0].findings.first?.message == "The row has 1 field, but the first row has 2.")
    }

    @Test func quotesAreStrictOnlyWhereTheyOpenAField() throws {
        let records = try DecodeMaterial.read("Remark,Type\n15\" wheels,A\n\"x\"y,B\n\"x\" ,C\n").get()
        #expect(records.map { $0.findings.map(\.rule) } == [[], ["ROW-02"], ["ROW-02"]])
        #expect(records[0].values[try DecodeMaterial.key("Remark")] == "15\" wheels")
    }

    @Test func withoutQuotingAQuoteIsACharacter() throws {
        let records = try DecodeMaterial.read("Remark|Type\n\"x|A\n", DecodeMaterial.csv(CSVDialect(delimiter: "|", quote: nil))).get()
        #expect(records.first?.values[try DecodeMaterial.key("Remark")] == "\"x")
    }

    @Test(arguments: [
        "\u{1}", "\u{7F}", "\u{85}", "\u{B}", "\u{FFFD}", "\u{FFFE}", "\u{FEFF}", "\u{1FFFF}", "\t", "\n", "\r\n", "\u{AD}", "\u{200B}",
        "\u{200D}",
        "\u{202E}", "\u{2028}", "\u{2066}", "\u{E000}", "\u{FE0F}",
    ])
    func charactersThatNoValueMayHold(_ character: String) throws {
        let records = try DecodeMaterial.read("Remark,Type\n\"aü\(character)b\",A\nü—😀,B\n").get()
        #expect(records.map { $0.findings.map(\.rule) } == [["ROW-03"], []])
        let finding = try #require(records[0].findings.first)
        #expect(finding.element == "CocDataGroup.RemarkTable[1].Remark" && finding.value == "aü\(character)b")
        let code = try #require(character.unicodeScalars.first).value
        let padded = String(code, radix: 16, uppercase: true)
        #expect(finding.message.hasPrefix("The value holds U+\(String(repeating: "0", count: max(0, 4 - padded.count)))\(padded) ("))
        #expect(finding.message.hasSuffix("at position 3."))
    }

    /// Findings show the cell, whatever conversions made of it.
    @Test func convertedCellsKeepWhatWasReceived() throws {
        var profile = DecodeMaterial.csv(CSVDialect(delimiter: ";"))
        profile.mapping = [
            ColumnRule(
                column: .name("Mass"), target: "ActualMass",
                conversion: ValueConversion(decimalComma: true, thousandsSeparator: ".", factor: "1000")),
            ColumnRule(column: .name("Colour"), target: "Colour", conversion: ValueConversion(codes: ["RED": "4"])),
            ColumnRule(column: .name("Type"), target: "Type", conversion: ValueConversion(uppercase: true)),
        ]
        let records = try DecodeMaterial.read("Mass;Colour;Type\n1,54;RED;T1\n", profile).get()
        let record = try #require(records.first)
        func received(_ name: String) throws -> String? { record.received.text(of: try DecodeMaterial.key(name)) }
        #expect(try record.values[DecodeMaterial.key("ActualMass")] == "1540" && received("ActualMass") == "1,54")
        #expect(try record.values[DecodeMaterial.key("Colour")] == "4" && received("Colour") == "RED")
        #expect(try received("Type") == nil)
    }

    @Test func aColumnWithoutANameMustStayEmpty() throws {
        let records = try DecodeMaterial.read("Type,,Variant,\nA,,B,\nC,x,D,\n").get()
        #expect(records.map { $0.findings.map(\.rule) } == [[], ["ROW-04"]])
    }

    @Test func spacesAreCutUnlessTheProfileKeepsThem() throws {
        let text = "Remark,Type\n\" \u{A0}a \t\", B \n"
        #expect(try DecodeMaterial.read(text).get().first?.values.fields.map(\.value) == ["B", "a"])
        var profile = DecodeMaterial.csv()
        profile.defaultConversion.trim = false
        #expect(try DecodeMaterial.read(text, profile).get().first?.values.fields.map(\.value) == [" B ", " \u{A0}a \t"])
        #expect(try DecodeMaterial.read("Remark,Type\n  ,B\n", profile).get().first?.values.count == 1)
    }

    @Test func readingAgainGivesTheSame() throws {
        let text = "Type,Remark\n" + (0..<500).map { "T\($0),\"r \"\"\($0)\"\"\"\r\n" }.joined()
        let once = try DecodeMaterial.read(text).summary
        #expect(once.count == 500)
        for chunkSize in [1, 2, 3, 4, 5, 100, 4096] {
            #expect(try DecodeMaterial.read(text, chunkSize: chunkSize).summary == once)
        }
    }
}
