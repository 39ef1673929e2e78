import Certificate
import Foundation
import Testing

@testable import Ingest

@Suite struct ReferenceSheetTests {
    private static func read(_ bytes: [UInt8]) throws -> Result<ReferenceSheet, FileRejection> {
        let file = try DecodeMaterial.File(bytes)
        do throws(FileRejection) { return .success(try ReferenceSheet.read(path: file.path, maximumBytes: 1 << 20)) } catch {
            return .failure(error)
        }
    }

    private static func sheet(_ text: String) throws -> ReferenceSheet { try read(Array(text.utf8)).get() }

    private static func rejection(_ text: String) throws -> Finding? {
        if case .failure(let rejection) = try read(Array(text.utf8)) { rejection.finding } else { nil }
    }

    private static func values(_ version: ReferenceSheet.Version) -> [String: String] {
        Dictionary(uniqueKeysWithValues: version.values.fields.map { (FieldPath.write($0.key), $0.value) })
    }

    private static let columns = """
        # notes
        path;item;small;large
        valid-from;;;2026-09-01
        valid-to;;31.8.2026;

        Masses;;;
        Type;0.2;T1;T1
        MassInRunningOrder;13;1500;1600
        AxleTable[2].TyreAxleTable[1].TyreSize;35;"215/55 R18";"235/45 R20"
        Colour;;;

        """

    @Test func versionsStandInColumns() throws {
        let sheet = try Self.sheet(Self.columns)
        #expect(sheet.versions.map(\.label) == ["small", "large"])
        #expect(sheet.versions.map(\.validFrom) == [nil, "2026-09-01"] && sheet.versions.map(\.validTo) == ["2026-08-31", nil])
        #expect(
            Self.values(sheet.versions[1]) == [
                "CocDataGroup.Type": "T1", "CocDataGroup.MassGroup.MassInRunningOrder": "1600",
                "CocDataGroup.AxleTable[2].TyreAxleTable[1].TyreSize": "235/45 R20",
            ])
        let mass = try #require(sheet.versions[1].values.fields.first { $0.value == "1600" })
        guard case .record(let number) = mass.origin else {
            Issue.record("no place")
            return
        }
        #expect(sheet.versions[1].place(number) == (8, "large"))
    }

    @Test func versionsStandInRows() throws {
        let sheet = try Self.sheet(
            "Type,Variant,MassInRunningOrder,valid-from,remark\nT1,V1,1500,,first\n\n#T1,V3,1,,\nT1,V2,1600,1.9.2026,\n")
        #expect(sheet.versions.map(\.label) == ["row 2", "row 5"] && sheet.versions.map(\.validFrom) == [nil, "2026-09-01"])
        #expect(Self.values(sheet.versions[1])["CocDataGroup.Variant"] == "V2")
        #expect(sheet.versions[1].place(3) == (5, "MassInRunningOrder"))
    }

    /// Turning a sheet by 90 degrees changes nothing, whatever the delimiter.
    @Test(arguments: [",", ";", "\t"])
    func bothLayoutsSayTheSame(delimiter: String) throws {
        let rows = [["Type", "Variant", "MassInRunningOrder"], ["T1", "V1", "1500"], ["T1", "V2", "1600"], ["T1", "V3", "1700"]]
        let turned = (0..<3).map { column in rows.map { $0[column] } }
        func text(_ rows: [[String]]) -> String { rows.map { $0.joined(separator: delimiter) + "\r\n" }.joined() }
        let (one, other) = (try Self.sheet(text(rows)), try Self.sheet(text(turned)))
        #expect(one.versions.map(Self.values) == other.versions.map(Self.values) && one.versions.count == 3)
        #expect(other.versions.map(\.label) == ["column B", "column C", "column D"])
    }

    @Test func encodingsOfSpreadsheets() throws {
        let text = "ManufacturerName;Type\r\nMüller & Söhne;T1\r\n"
        let latin = text.unicodeScalars.map { UInt8($0.value) }
        let utf16: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
        for bytes in [Array(text.utf8), marked, latin, utf16] {
            let sheet = try Self.read(bytes).get()
            #expect(sheet.versions.map { Self.values($0)["CocDataGroup.ManufacturerTable[1].ManufacturerName"] } == ["Müller & Söhne"])
        }
    }

    @Test func decimalCommaIsReadWhereItCanOnlyBeOne() throws {
        let sheet = try Self.sheet("Type;AxleTable[1].TyreAxleTable[1].RimOffSet;ManufacturerName\nT1;47,5;Aurora, Inc\n")
        #expect(Self.values(sheet.versions[0])["CocDataGroup.AxleTable[1].TyreAxleTable[1].RimOffSet"] == "47.5")
        #expect(Self.values(sheet.versions[0])["CocDataGroup.ManufacturerTable[1].ManufacturerName"] == "Aurora, Inc")
    }

    @Test func bothDecimalSignsAreRefused() throws {
        let finding = try #require(
            try Self.rejection(
                "path;a;b\nAxleTable[1].TyreAxleTable[1].RimOffSet;47,5;45\nAxleTable[2].TyreAxleTable[1].RimOffSet;45;47.5\n"))
        #expect(finding.rule == "CONV-01" && finding.row == 2 && finding.column == "a" && finding.message.contains("row 3, b"))
    }

    @Test(
        arguments: [
            ("Type;Variant;MassInRuningOrder\nT1;V1;1\n", "FILE-25", 1, "MassInRuningOrder"),
            ("path;a\nType;T1\nMassInRuningOrder;1\n", "FILE-25", 3, "path"),
            ("path;a\nType;T1\n;1\n", "FILE-25", 3, "path"), ("Type;Variant\n", "FILE-24", nil, nil), ("", "FILE-23", nil, nil),
            ("nothing;of\nthat;kind\n", "FILE-25", nil, nil), ("Type;Variant\nT1;\"V1\n", "FILE-28", 2, nil),
        ] as [(String, String, Int?, String?)])
    func saysWhereItIsNoSheet(text: String, rule: String, row: Int?, column: String?) throws {
        let finding = try #require(try Self.rejection(text))
        #expect(finding.rule == rule && finding.row == row && finding.column == column, "\(finding)")
    }

    @Test func suggestsTheNearestPath() throws {
        let finding = try #require(try Self.rejection("path;a\nType;T1\nMassInRuningOrder;1\n"))
        #expect(finding.message.contains("nearest is MassInRunningOrder"))
    }

    @Test(arguments: [
        ("Type;Variant\nT1;V1;1\n", "ROW-01"), ("Type;;Variant\nT1;x;V1\n", "ROW-04"), ("Type;Variant\n\"T1\"x;V1\n", "ROW-02"),
        ("Type;Variant\nT\u{1}1;V1\n", "ROW-03"), ("Type;Variant;CocDataGroup.Type\nT1;V1;T2\n", "FILE-26"),
        ("path;a\nType;T1\nCocDataGroup.Type;T1\n", "FILE-26"),
    ])
    func findsFlawsOfOneVersion(text: String, rule: String) throws {
        #expect(try Self.sheet(text).versions.flatMap(\.findings).map(\.rule) == [rule])
    }

    /// Whatever bytes come: an answer, and no more than the file can hold.
    @Test func anyBytesAreAnswered() throws {
        var random = DecodeMaterial.Generator(seed: 7)
        let pieces = [
            "Type", "Variant", ";", ",", "\t", "\n", "\"", "valid-from", "AxleTable[1].AxleNumber", "1,5", "\u{0}", "ü", "#", "\r",
        ]
        for _ in 0..<400 {
            let text = (0..<Int.random(in: 0..<60, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            if case .success(let sheet) = try Self.read(Array(text.utf8)) { #expect(!sheet.versions.isEmpty) }
        }
    }

    @Test func theSampleIsASheet() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../Samples/reference/lumen-electric-heat-pump.csv"
        )
        .standardizedFileURL.path
        let sheet = try ReferenceSheet.read(path: path, maximumBytes: 1 << 20)
        #expect(sheet.versions.map(\.label) == ["extension 02", "extension 03"] && sheet.versions.allSatisfy { $0.findings.isEmpty })
        #expect(sheet.versions.map(\.validFrom) == [nil, "2026-09-01"] && sheet.versions.map(\.values.count) == [197, 197])
    }
}
