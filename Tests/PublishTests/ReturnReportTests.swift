import Certificate
import Foundation
import Publish
import Testing

@Suite struct ReturnReportTests {
    /// Collects what a writer gives.
    private final class Pieces {
        var bytes: [UInt8] = []
        var longest = 0

        func take(_ piece: [UInt8]) {
            bytes += piece
            longest = max(longest, piece.count)
        }

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    private static func summary(
        _ outcome: ReturnReport.Outcome = .partlyPublished, first: String? = nil, findings: [Finding] = []
    ) -> ReturnReport.Summary {
        ReturnReport.Summary(
            submission: "20261123T140512.123Z-k7q2mzr4", source: "erp", file: "a \"b\".csv", sha256: "ab",
            receivedAt: "2026-11-23T14:05:12Z",
            outcome: outcome, counts: .init(records: 2, published: 1, rejected: 1, warnings: 3), firstSubmission: first,
            ruleSetVersion: "2026.1", findings: findings)
    }

    private static func finding(value: String? = "1,5", message: String = "Too heavy.") -> Finding {
        Finding(
            rule: "MASS-01", severity: .error, row: 3, column: "Masse", element: "CocDataGroup.MassGroup.ActualMass", item: "13.2",
            value: value, message: message, remedy: "Mend it.")
    }

    private static func write(_ summary: ReturnReport.Summary, _ entries: [ReturnReport.Entry]) throws -> (csv: Pieces, json: Pieces) {
        let (csv, json) = (Pieces(), Pieces())
        var writer = try ReturnReportWriter(summary: summary, csv: csv.take, json: json.take)
        for entry in entries { try writer.append(entry) }
        try writer.finish()
        return (csv, json)
    }

    private static let published = ReturnReport.Entry(
        row: 2, vin: "WZAAP3B5ZTB000501", status: .published,
        certificate: .init(name: "WZAAP3B5ZTB000501-1-v1", stage: 1, version: 1, bundle: "WZAAP3B5ZTB000501-1-v1.asice"))

    @Test func aLineForEachFinding() throws {
        let rejected = ReturnReport.Entry(
            row: 3, vin: nil, status: .rejected, findings: [Self.finding(), Self.finding(value: nil, message: "Say \"why\".")])
        let text = try Self.write(Self.summary(), [Self.published, rejected]).csv.text
        #expect(
            text == """
                row,vin,status,certificate,stage,version,bundle,rule,severity,column,element,item,value,message,remedy\r
                2,WZAAP3B5ZTB000501,published,WZAAP3B5ZTB000501-1-v1,1,1,WZAAP3B5ZTB000501-1-v1.asice,,,,,,,,\r
                3,,rejected,,,,,MASS-01,error,Masse,CocDataGroup.MassGroup.ActualMass,13.2,"1,5",Too heavy.,Mend it.\r
                3,,rejected,,,,,MASS-01,error,Masse,CocDataGroup.MassGroup.ActualMass,13.2,,"Say ""why"".",Mend it.\r

                """)
    }

    /// A source's decision about a rule stands in both forms.
    @Test func changedSeverityIsToldWithItsReason() throws {
        let finding = Finding(
            rule: "MASS-01", severity: .waived, row: 3, message: "Too heavy.", remedy: "Mend it.",
            change: .init(from: .error, reason: "Weighed twice.", decidedBy: "J. Roe"))
        let entry = ReturnReport.Entry(row: 3, vin: nil, status: .published, findings: [finding])
        let report = try Self.write(Self.summary(), [entry])
        let cell = "\"Too heavy. By decision of J. Roe, this is waived for this source, not an error: Weighed twice.\""
        #expect(report.csv.text.contains(",MASS-01,waived,,,,,\(cell),Mend it."))
        #expect(report.json.text.contains(#""remedy":"Mend it.","changed":{"from":"error","reason":"Weighed twice.","by":"J. Roe"}}"#))
    }

    @Test func findingsAboutTheFile() throws {
        let file = Finding(rule: "FILE-23", severity: .error, message: "The file is empty.", remedy: "Look.")
        let report = try Self.write(Self.summary(.rejected, findings: [file]), [])
        #expect(report.csv.text.split(separator: "\r\n").last == ",,rejected,,,,,FILE-23,error,,,,,The file is empty.,Look.")
        let json = try Self.object(report.json)
        #expect((json["findings"] as? [[String: Any]])?.first?["rule"] as? String == "FILE-23")
        #expect((json["records"] as? [Any])?.isEmpty == true)
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+A1", "'+A1"), ("-2+3", "'-2+3"), ("\t=1", "'\t=1"), ("-12.5", "-12.5"),
        ("+49", "+49"), ("-1,5", "\"-1,5\""), ("-", "-"), ("a=1", "a=1"), ("=a\"b", "\"'=a\"\"b\""), ("\r=1", "\"'\r=1\""),
        ("-1.2.3", "'-1.2.3"), ("1e5", "1e5"),
    ])
    func whatASpreadsheetWouldRun(_ value: String, _ cell: String) throws {
        let entry = ReturnReport.Entry(row: 2, vin: nil, status: .rejected, findings: [Self.finding(value: value)])
        #expect(try Self.write(Self.summary(), [entry]).csv.text.contains(",13.2,\(cell),Too heavy."))
    }

    private static func object(_ json: Pieces) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
    }

    @Test func theJSONTextIsJSON() throws {
        let nasty = "\u{0}\u{1F}\"\\/\n\r\t\u{7F}\u{2028}ä€😀"
        let entry = ReturnReport.Entry(row: 3, vin: nasty, status: .rejected, findings: [Self.finding(value: nasty)])
        let json = try Self.object(Self.write(Self.summary(.duplicate, first: "earlier"), [Self.published, entry]).json)
        #expect(json["format"] as? String == "ecocd-return-report/1")
        #expect(json["file"] as? String == "a \"b\".csv")
        #expect(json["outcome"] as? String == "duplicate")
        #expect(json["first-submission"] as? String == "earlier")
        #expect((json["counts"] as? [String: Int]) == ["records": 2, "published": 1, "rejected": 1, "duplicates": 0, "warnings": 3])
        let records = try #require(json["records"] as? [[String: Any]])
        #expect(records.map { $0["row"] as? Int } == [2, 3])
        #expect(records[0]["bundle"] as? String == "WZAAP3B5ZTB000501-1-v1.asice")
        #expect(records[1]["vin"] as? String == nasty)
        #expect(records[1]["certificate"] is NSNull)
        let findings = try #require(records[1]["findings"] as? [[String: Any]])
        #expect(findings.first?["value"] as? String == nasty)
        #expect(findings.first?["item"] as? String == "13.2")
    }

    @Test func longReportsComeInPieces() throws {
        let entries = (2..<5002).map { ReturnReport.Entry(row: $0, vin: "V\($0)", status: .rejected, findings: [Self.finding()]) }
        let report = try Self.write(Self.summary(), entries)
        #expect(report.csv.longest < 70_000 && report.json.longest < 70_000)
        #expect(report.csv.bytes.count(where: { $0 == 0x0A }) == 5001)
        #expect((try Self.object(report.json)["records"] as? [Any])?.count == 5000)
        let again = try Self.write(Self.summary(), entries)
        #expect(again.csv.bytes == report.csv.bytes && again.json.bytes == report.json.bytes)
    }

    private struct DiskFull: Error {}

    @Test func aSinkThatFailsEndsTheReport() throws {
        #expect(throws: DiskFull.self) {
            var writer = try ReturnReportWriter(summary: Self.summary(), csv: { _ in throw DiskFull() }, json: { _ in })
            try writer.append(Self.published)
            try writer.finish()
        }
    }

    @Test func rejectedRowsComeBackUnderTheirHeader() throws {
        let pieces = Pieces()
        var rows = ReturnReportRejectedRows(header: Array("A;B\n".utf8), sink: pieces.take)
        #expect(pieces.bytes.isEmpty)
        try rows.append(Array("1;2\n".utf8))
        try rows.append(Array("3;4".utf8))
        #expect(pieces.text == "A;B\n1;2\n3;4")
    }
}
