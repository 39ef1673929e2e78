import Certificate
import Testing

@testable import Ingest

/// Random tables in random dialects, written by an encoder of the test's own, come back as they were.
@Suite struct CSVPropertyTests {
    private static let headers = [
        "VehicleIdentificationNumber", "Type", "Variant", "CocDataGroup.Version", "AxleTable[2].AxleNumber", "AxleTable[1].AxleTrack",
        "RemarkTable[3].Remark", "Header.IntendedCountryRegistration", "MakeTable[1].Make", "ActualMass",
    ]

    private struct Table {
        var dialect: CSVDialect
        var lineEnd: String
        var endsWithLineEnd: Bool
        var headers: [String]
        var rows: [[String]]

        init(_ random: inout DecodeMaterial.Generator) {
            let delimiters: [Unicode.Scalar] = [",", ";", "\t", "|", "~", "§", "€", "#"]
            let quotes: [Unicode.Scalar] = ["\"", "'", "`"]
            dialect = CSVDialect(
                delimiter: delimiters.randomElement(using: &random) ?? ",", quote: quotes.randomElement(using: &random) ?? "\"")
            lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
            endsWithLineEnd = Bool.random(using: &random)
            headers = Array(CSVPropertyTests.headers.shuffled(using: &random).prefix(.random(in: 1...10, using: &random)))
            rows = []
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                rows.append(headers.map { _ in Self.cell(dialect, &random) })
            }
        }

        static func cell(_ dialect: CSVDialect, _ random: inout DecodeMaterial.Generator) -> String {
            let pieces = [
                "A", "z", "7", " ", "ä", "€", "😀", "\n", "\r\n", "\"", "'", "`", ",", ";", "|", "§", "#", "~", "x y", "\u{E9}",
            ]
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let trimmed = text.unicodeScalars.drop(while: CSVPropertyTests.isSpace)
            return String(String.UnicodeScalarView(trimmed.reversed().drop(while: CSVPropertyTests.isSpace).reversed()))
        }

        func encoded(_ random: inout DecodeMaterial.Generator) -> String {
            let lines = ([headers] + rows).map { row in
                row.map { encode($0, force: row.count == 1 && $0.isEmpty || Int.random(in: 0..<4, using: &random) == 0) }
                    .joined(separator: String(Character(dialect.delimiter)))
            }
            return lines.joined(separator: lineEnd) + (endsWithLineEnd ? lineEnd : "")
        }

        private func encode(_ cell: String, force: Bool) -> String {
            let quote = Character(dialect.quote ?? "\"")
            let special: Set<Unicode.Scalar> = [dialect.delimiter, dialect.quote ?? "\"", "\n", "\r"]
            guard force || cell.unicodeScalars.contains(where: special.contains) else { return cell }
            let doubled = cell.unicodeScalars.map { String($0) == String(quote) ? "\(quote)\(quote)" : String($0) }.joined()
            return "\(quote)\(doubled)\(quote)"
        }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { [" ", "\n", "\r", "\t"].contains(scalar) }

    @Test(arguments: 0..<12) func roundTrip(_ seed: UInt64) throws {
        var random = DecodeMaterial.Generator(seed: seed)
        for _ in 0..<40 {
            let table = Table(&random)
            let text = table.encoded(&random)
            let chunkSize = [1, 2, 3, 7, 64, 1 << 18].randomElement(using: &random) ?? 1
            let keys = try table.headers.map { try DecodeMaterial.key($0) }
            let result = try DecodeMaterial.read(text, DecodeMaterial.csv(table.dialect), chunkSize: chunkSize)
            let expected = table.rows.map { row in
                FieldValues(
                    row.enumerated().filter { !$0.element.isEmpty }.map { Field(keys[$0.offset], $0.element, .record($0.offset + 1)) })
            }.filter { !$0.isEmpty }
            if expected.isEmpty {
                #expect(result.rule == .noRecords)
            } else {
                let records = try result.get()
                #expect(records.map(\.values) == expected, "\(table.dialect) \(text.debugDescription)")
                for record in records {
                    let hidden = record.values.fields.filter { TextFlaw.firstHidden(in: $0.value) != nil }
                    #expect(record.findings.map(\.value) == hidden.map { String($0.value.prefix(200)) })
                    #expect(record.findings.allSatisfy { $0.rule == "ROW-03" })
                }
            }
        }
    }

    /// The rows as received are exactly the bytes of the file.
    @Test(arguments: TextEncoding.allCases) func receivedRowsMakeUpTheFile(_ encoding: TextEncoding) throws {
        let text = "Type,Variant\r\nä,\"x\n\"\"é\"\"\"\r\nB,ö\rC,D\nE,£"
        let bytes = try #require(Samples.encode(text, encoding, withMark: encoding == .utf16))
        let file = try DecodeMaterial.File(bytes)
        let reader = try RecordReader(
            path: file.path, profile: Profile(format: .csv(CSVDialect()), encoding: encoding), chunkSize: 3)
        var received = reader.header
        while try reader.next() != nil { received += reader.currentRow }
        #expect(received == bytes)
    }

    @Test(arguments: [0, 1, 2]) func mutationsEndInRecordsOrARejection(_ seed: UInt64) throws {
        var random = DecodeMaterial.Generator(seed: seed &+ 77)
        let valid = Array(
            """
            VehicleIdentificationNumber;ActualMass;Remark;DateManufactureVehicle\r
            WVWZZZ1KZ6W000001;1,5;"a ""b""; c";01.02.2026\r
            WVWZZZ1KZ6W000002;2;é;\r

            """.utf8)
        let header = try #require(valid.firstIndex(of: 0x0A)) + 1
        var profile = DecodeMaterial.csv(CSVDialect(delimiter: ";"))
        profile.defaultConversion = ValueConversion(decimalComma: true, factor: "1000", dateForm: "dd.MM.yyyy")
        for _ in 0..<700 {
            var bytes = valid
            // Most changes below the header: a header that is wrong ends reading at once.
            let start = Int.random(in: 0..<8, using: &random) == 0 ? 0 : header
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: min(start, bytes.count - 1)..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                case 2: bytes.insert([0x22, 0x3B, 0x0A, 0x0D, 0, 0xFF, 0xC3].randomElement(using: &random) ?? 0, at: index)
                default: bytes.removeSubrange(index...)
                }
                if bytes.isEmpty { bytes = valid }
            }
            profile.encoding = TextEncoding.allCases.randomElement(using: &random) ?? .utf8
            let whole = try DecodeMaterial.read(bytes, profile, chunkSize: 1 << 12)
            let pieces = try DecodeMaterial.read(bytes, profile, chunkSize: Int.random(in: 1...5, using: &random))
            #expect(whole.summary == pieces.summary)
        }
    }
}
