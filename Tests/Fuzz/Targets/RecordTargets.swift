import Certificate
import Linux
@testable import Ingest

extension FuzzTarget {
    static let recordTargets = [fixed, objects]

    /// Text with fixed columns: two bytes choose encoding and layout, the rest is the file.
    private static let fixed = FuzzTarget(
        name: "fixed", maximumBytes: 2_000,
        seeds: {
            let texts = ["T1  1.234,5 24.12.2026rot\nT2  x\n\r\n", "0\nÄ1  1      \r\n9 2\n\n", "T1\r9\rT2", "\u{FEFF}T1  12\n"]
            return texts.flatMap { text in [[0, 0], [0, 1], [0, 2], [4, 7]].map { $0 + Array(text.utf8) } }
        },
        prepare: {
            try checking { bytes in
                let layout = FixedLayout(
                    headerLines: Int(bytes[1] & 1), trailer: bytes[1] & 2 > 0 ? "9" : nil, recordLength: bytes[1] & 4 > 0 ? 25 : nil)
                return profile(.fixed(layout), bytes[0], [.positions(1...4), .positions(5...11), .positions(13...22), .positions(23...25)])
            }
        })

    /// JSON: the first byte chooses the encoding, the second lines or a document, with or without a mapping.
    private static let objects = FuzzTarget(
        name: "objects", maximumBytes: 2_000,
        seeds: {
            let object = #"{"Type":"\u00c4","Masse":{"kg":1.5e3},"AxleTable":[{"AxleTrack":1},null,[2,"\ud83d\ude97"]],"Farbe":"rot"}"#
            let texts = [
                "\(object)\n{}\n\n{\"Type\":true,\"Type\":-0}\nx\n", "[\(object), {\"Variant\":\"\\ud800\"}]",
                #"{"a":[1],"b":{"a":[{"Type":"T"}]}}"#,
                #"{"b":{"x":{},"a":[{"Baudatum":"24.12.2026"}, {"Masse":"1,5"}]},"z":[[]]}"#,
            ]
            return texts.flatMap { text in [[0, 0], [0, 1], [0, 2], [0, 6], [2, 5]].map { $0 + Array(text.utf8) } }
        },
        prepare: {
            try checking { bytes in
                let format: Profile.Format =
                    bytes[1] & 1 > 0 ? .jsonLines : .json(JSONLayout(records: bytes[1] & 2 > 0 ? ["b", "a"] : []))
                let names: [ColumnRule.Column] = [.name("Type"), .name("Masse"), .name("Baudatum"), .name("Farbe")]
                return profile(format, bytes[0], bytes[1] & 4 > 0 ? names : [])
            }
        })

    private static let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE]]

    private static func profile(_ format: Profile.Format, _ encoding: UInt8, _ columns: [ColumnRule.Column]) -> Profile {
        let conversions: [(String, ValueConversion)] = [
            ("Type", ValueConversion(missing: ["-"], uppercase: true)),
            ("ActualMass", ValueConversion(decimalComma: true, thousandsSeparator: ".", factor: "0.001")),
            ("DateManufactureVehicle", ValueConversion(dateForm: "dd.MM.yyyy")),
            ("ColourTable[1].Colour", ValueConversion(trim: false, codes: ["rot": "4", "gelb": "2"])),
        ]
        var profile = Profile(
            format: format, encoding: TextEncoding.allCases[Int(encoding) % TextEncoding.allCases.count],
            limits: Profile.Limits(fileBytes: 1 << 16, rowBytes: 1_024, messageBytes: 1 << 16, columns: 32))
        profile.mapping = zip(columns, conversions).map { ColumnRule(column: $0, target: $1.0, conversion: $1.1) }
        if case .fixed = format {} else if !columns.isEmpty { profile.ignoredColumns = ["*"] }
        return profile
    }

    /// What is read doesn't depend on the size of pieces, and what is given back of a record is a file that reads as the same record.
    private static func checking(_ profile: @escaping ([UInt8]) -> Profile) throws -> ([UInt8]) throws -> Void {
        let file = try InputFile()
        let returned = try InputFile()
        return { bytes in
            guard bytes.count > 2 else { return }
            let profile = profile(bytes)
            try file.write(Array(bytes[2...]))
            let whole = TableReading(file.path, profile, chunkSize: 1 << 18)
            for size in [1, 3, 64] {
                try expect(TableReading(file.path, profile, chunkSize: size) == whole, "it depends on the size of pieces: \(size)")
            }
            try whole.checkFindings()
            for row in whole.rows.prefix(10) where whole.rejection == nil && !row.values.isEmpty {
                // At the start of a file it is no text but a mark.
                if whole.header.isEmpty, marks.contains(where: { row.bytes.starts(with: $0) }) { continue }
                try returned.write(whole.header + row.bytes + whole.footer)
                let again = TableReading(returned.path, profile, chunkSize: 1 << 18)
                try expect(again.rejection == nil, "row \(row.number), given back, is rejected: \(again.rejection?.description ?? "")")
                try expect(again.rows.first?.texts == row.texts, "row \(row.number), given back, reads otherwise")
            }
            _ = Structure.check(try Descriptor.open(file.path), profile: profile)
        }
    }
}
