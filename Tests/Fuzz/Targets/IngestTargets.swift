import CXML
import Certificate
import Linux
@testable import Ingest

extension FuzzTarget {
    static let ingestTargets = [table, sheet, xmlRecords]

    /// Rows of an ERP: three bytes choose dialect, encoding and profile, the rest is the file.
    private static let table = FuzzTarget(
        name: "table", maximumBytes: 3_000,
        seeds: {
            let legacy = try SeedFiles.read("Samples/erp/vehicles-legacy.csv").prefix(2_000)
            let erp = try SeedFiles.read("Samples/erp/vehicles.csv")
            let texts = [
                "Type,Variant\n\"a\"\"b\",\"c\nd\"\n1,2\r\nx,\"y\"z\n,\n", "Type;Variant\r1;2\r\r3",
                "Type,Other\n\u{85}a,\u{A0}b\u{2028}\n",
                "WZAM1A1BXTA000017,1.234,24.12.2026,rot\n", "\u{FEFF}Type\nä€😀\n",
            ]
            let wide = texts[0].utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
            var seeds: [[UInt8]] = [[0, 0, 0] + erp.prefix(2_500), [1, 4, 1] + legacy, [2, 1, 1, 0xFF, 0xFE] + wide]
            let settings: [[UInt8]] = [[0, 0, 0], [1, 0, 1], [6, 0, 3], [8, 2, 2]]
            for text in texts { seeds += settings.map { $0 + Array(text.utf8) } }
            return seeds
        },
        prepare: {
            let file = try InputFile()
            let returned = try InputFile()
            return { bytes in
                guard bytes.count > 3 else { return }
                let profile = TableSettings.profile(bytes[0], bytes[1], bytes[2])
                let content = Array(bytes[3...])
                try file.write(content)
                let whole = TableReading(file.path, profile, chunkSize: 1 << 18)
                for size in [1, 3, 64] {
                    try expect(TableReading(file.path, profile, chunkSize: size) == whole, "it depends on the size of pieces: \(size)")
                }
                try TableReading.checkRows(file.path, profile, content)
                try whole.checkFindings()
                // What is given back of a row is a file that reads as the same row.
                for row in whole.rows.prefix(20) where !row.values.isEmpty {
                    try returned.write(whole.header + row.bytes)
                    let again = TableReading(returned.path, profile, chunkSize: 1 << 18)
                    try expect(again.rows.first?.values == row.values, "row \(row.number), given back, reads otherwise")
                }
                _ = Structure.check(try Descriptor.open(file.path), profile: profile)
            }
        })

    /// Reference data as a spreadsheet: every place that it names can be shown.
    private static let sheet = FuzzTarget(
        name: "sheet", maximumBytes: 8_192,
        seeds: {
            [try SeedFiles.read("Samples/reference/lumen-electric-heat-pump.csv")]
                + [
                    "TypeApprovalNumber;Type;Variant;Version;valid-from;#note\ne4*2018/858*00123*00;A;B;C;2026-01-01;x\n\n#\n;;;;1,5;\n",
                    "path\tone\ttwo\t#three\nType\tA\tB\nActualMass\t1.234,5\t2\nvalid-to\t\t2026-12-31\nAxleTable[2].AxleTrack\t1\t\"2\"\"\"\n",
                ].map { Array($0.utf8) }
        },
        prepare: {
            let file = try InputFile()
            return { bytes in
                try file.write(bytes)
                let rows = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
                let sheet: ReferenceSheet
                do throws(FileRejection) { sheet = try ReferenceSheet.read(path: file.path, maximumBytes: 1 << 20) } catch {
                    try expect(error.cause == .content, "the file is to blame for \(error)")
                    // Of a place in UTF-16 a line break is two bytes, and may be counted as more.
                    try expect(
                        error.finding.row.map { 1...rows ~= $0 } ?? true, "a rejection names row \(error.finding.row ?? 0) of \(rows)")
                    return
                }
                try expect(!sheet.versions.isEmpty, "a sheet has no version")
                for version in sheet.versions {
                    _ = version.place
                    for field in version.values.fields {
                        guard case .record(let number) = field.origin else { throw Failure("a value of a sheet has no place") }
                        try expect(1...rows ~= version.place(number).row, "a value stands in row \(version.place(number).row) of \(rows)")
                    }
                    for finding in version.findings {
                        try expect(finding.row.map { 1...rows ~= $0 } ?? true, "a finding is in row \(finding.row ?? 0) of \(rows)")
                    }
                }
            }
        })

    /// Records of XML.
    private static let xmlRecords = FuzzTarget(
        name: "xml-records", maximumBytes: 3_000,
        seeds: {
            let texts = [
                "<e><v><Type>A</Type><Variant/></v>\n<v>x<ActualMass>1</ActualMass></v></e>",
                "<?xml version='1.0' encoding='ISO-8859-15'?><p:e xmlns:p='u' xmlns='d'><p:v Type='&amp;&#10;'><AxleTable><AxleTrack>1</AxleTrack>"
                    + "</AxleTable><AxleTable><AxleTrack>2</AxleTrack></AxleTable></p:v><!--c--><?p q?></p:e>",
                "<v xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><Type i:nil='true'/><Remark><![CDATA[<&]]]>]]&gt;\r\n</Remark></v>",
                "<e><v><v><Type>B</Type></v><Type.a b='c'/><Type><a/></Type></v></e>", "<!DOCTYPE e [<!ENTITY a 'b'>]><e><v>&a;</v></e>",
            ]
            let wide: [[UInt8]] = texts.map { text in
                [0xFF, 0xFE] + text.utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
            }
            return texts.map { Array($0.utf8) } + wide
        },
        prepare: {
            let file = try InputFile()
            let returned = try InputFile()
            let profile = Profile(
                format: .xml(XMLLayout(record: "v")), ignoredColumns: ["*"],
                limits: Profile.Limits(fileBytes: 1 << 16, rowBytes: 1_024, messageBytes: 1 << 16, columns: 32))
            return { bytes in
                try file.write(bytes)
                let whole = TableReading(file.path, profile, chunkSize: 1 << 18)
                for size in [1, 3, 64] {
                    // Of several faults libxml2 may come upon another one first.
                    let other = TableReading(file.path, profile, chunkSize: size)
                    let isSame = other == whole || other.rows == whole.rows && other.rejection != nil && whole.rejection != nil
                    try expect(isSame, "it depends on the size of pieces: \(size)")
                }
                try whole.checkFindings()
                let state = Structure.check(try Descriptor.open(file.path), profile: profile)
                guard whole.rejection == nil else { return }
                try expect(state == .complete, "it can be read, and yet \(state)")
                try expect(isWellFormed(file.path), "another parser says that it isn't well formed")
                // What is given back is a file that reads as the same records, to the letter.
                try returned.write(whole.header + Array(whole.rows.map(\.bytes).joined(separator: whole.separator)) + whole.footer)
                let again = TableReading(returned.path, profile, chunkSize: 1 << 18)
                try expect(again.rejection == nil, "what is given back can't be read: \(again.rejection?.description ?? "")")
                try expect(again.rows.map(\.values) == whole.rows.map(\.values), "values, given back, read otherwise")
                try expect(again.rows.map(\.bytes) == whole.rows.map(\.bytes), "records, given back again, are others")
                try expect(again.rows.map { $0.findings.map(\.rule) } == whole.rows.map { $0.findings.map(\.rule) }, "findings went")
            }
        })

    /// Whether libxml2 makes a tree of it without a fault, by a parser that isn't given pieces.
    private static func isWellFormed(_ path: String) -> Bool {
        var text: [UInt8] = []
        do throws(FileRejection) {
            let encoding = try XMLForm.encoding(ofFile: path, limit: 1 << 16)
            var source = try SourceText(path: path, encoding: encoding, limit: 1 << 16, chunkSize: 1 << 16)
            while try source.append(to: &text) {}
        } catch { return false }
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_IGNORE_ENC.rawValue
        let document = text.withUnsafeBytes { buffer in
            xmlReadMemory(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil, nil, Int32(options))
        }
        defer { xmlFreeDoc(document) }
        return document != nil
    }
}

/// How a table is read, chosen by three bytes.
private enum TableSettings {
    static let delimiters: [Unicode.Scalar] = [",", ";", "\t", "|", "~", "§", "€", "😀", " "]
    static let quotes: [Unicode.Scalar?] = ["\"", nil, "'"]

    static func profile(_ delimiter: UInt8, _ encoding: UInt8, _ kind: UInt8) -> Profile {
        let dialect = CSVDialect(
            delimiter: delimiters[Int(delimiter) % delimiters.count], quote: quotes[Int(kind >> 4) % quotes.count],
            hasHeader: kind & 2 == 0)
        var profile = Profile(
            format: .csv(dialect), encoding: TextEncoding.allCases[Int(encoding) % TextEncoding.allCases.count],
            limits: Profile.Limits(fileBytes: 1 << 16, rowBytes: 2_048, messageBytes: 1 << 16, columns: 64))
        if kind & 3 > 0 { profile.mapping = mapping(byName: dialect.hasHeader) }
        if kind & 3 > 0 { profile.ignoredColumns = dialect.hasHeader ? ["*"] : [] }
        return profile
    }

    private static func mapping(byName: Bool) -> [ColumnRule] {
        let conversions: [(String, String, ValueConversion)] = [
            ("Type", "Type", ValueConversion(missing: ["-"], uppercase: true)),
            ("Masse", "ActualMass", ValueConversion(decimalComma: true, thousandsSeparator: ".", factor: "0.001")),
            ("Baudatum", "DateManufactureVehicle", ValueConversion(dateForm: "dd.MM.yyyy")),
            ("Farbe", "ColourTable[1].Colour", ValueConversion(trim: false, codes: ["rot": "4", "gelb": "2"])),
        ]
        return conversions.enumerated().map { index, rule in
            ColumnRule(column: byName ? .name(rule.0) : .number(index + 1), target: rule.1, conversion: rule.2)
        }
    }
}

/// All that reading a table gives.
struct TableReading: Equatable {
    struct Row: Equatable {
        let number: Int
        let values: FieldValues
        let findings: [Finding]
        let bytes: [UInt8]

        /// Without the columns' numbers, which are those of one file.
        var texts: [String] { values.fields.map { "\($0.key) \($0.value)" } }
    }

    private(set) var rows: [Row] = []
    private(set) var header: [UInt8] = []
    private(set) var separator: [UInt8] = []
    private(set) var footer: [UInt8] = []
    private(set) var rejection: FileRejection?

    init(_ path: String, _ profile: Profile, chunkSize: Int) {
        do throws(FileRejection) {
            let reader = try RecordReader(path: path, profile: profile, chunkSize: chunkSize)
            header = reader.header
            for number in [0, 1, 2, 64] { _ = reader.columnName(number) }
            separator = reader.separator
            while let record = try reader.next() {
                rows.append(Row(number: record.row, values: record.values, findings: record.findings, bytes: reader.currentRow))
            }
            footer = reader.footer
        } catch { rejection = error }
    }

    func checkFindings() throws(Failure) {
        if let rejection { try expect(rejection.cause == .content, "the file is to blame for \(rejection)") }
        for (row, next) in zip(rows, rows.dropFirst()) { try expect(row.number < next.number, "rows aren't in order") }
        for row in rows {
            for finding in row.findings { try expect(finding.row == row.number, "a finding of row \(row.number) names another row") }
            for field in row.values.fields { if case .record = field.origin { continue } else { throw Failure("a value has no column") } }
        }
    }

    /// The rows, with byte order mark and line ends, are the file: nothing is lost between them.
    static func checkRows(_ path: String, _ profile: Profile, _ content: [UInt8]) throws(Failure) {
        guard case .csv(let dialect) = profile.format else { return }
        var together: [UInt8] = []
        do throws(FileRejection) {
            var rows = try CSVRows(path: path, encoding: profile.encoding, dialect: dialect, limits: profile.limits, chunkSize: 7)
            together = rows.byteOrderMark
            while try rows.next() {
                together += rows.receivedBytes()
                for field in rows.fields { _ = rows.cell(field, trim: false) }
            }
        } catch { return }
        try expect(together == content, "the rows together aren't the file")
    }
}
