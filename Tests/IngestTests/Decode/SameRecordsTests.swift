import Certificate
import Foundation
import Testing

@testable import Ingest

/// The vehicles of Samples/erp, written in every form, are the same vehicles.
@Suite("The same records in another form") struct SameRecordsTests {
    private struct Table {
        /// Paths and values, vehicle by vehicle.
        var records: [[String: String]] = []
        var paths: [String] = []

        init() throws {
            let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Samples/erp/vehicles.csv").path
            let reader = try RecordReader(path: path, profile: DecodeMaterial.csv())
            while let record = try reader.next() { records.append(SameRecordsTests.values(record)) }
            paths = Set(records.flatMap(\.keys)).sorted()
        }
    }

    private static func values(_ record: Record) -> [String: String] {
        Dictionary(uniqueKeysWithValues: record.values.fields.map { (FieldPath.write($0.key), $0.value) })
    }

    private func expect(_ text: String, _ profile: Profile, _ table: Table) throws {
        #expect(profile.check().map(\.message) == [])
        for size in [13, 1 << 18] {
            let records = try DecodeMaterial.read(text, profile, chunkSize: size).get()
            #expect(records.map(Self.values) == table.records && table.records.count >= 24)
            #expect(records.flatMap(\.findings).isEmpty)
        }
    }

    @Test func fixed() throws {
        let table = try Table()
        var profile = Profile(format: .fixed(FixedLayout(headerLines: 1)))
        var start = 1
        var widths: [Int] = []
        for path in table.paths {
            let width = table.records.compactMap { $0[path]?.unicodeScalars.count }.max() ?? 1
            profile.mapping.append(ColumnRule(column: .positions(start...start + width - 1), target: path))
            widths.append(width)
            start += width
        }
        profile.format = .fixed(FixedLayout(headerLines: 1, recordLength: start - 1))
        let lines = table.records.map { record in
            zip(table.paths, widths).map { path, width in
                let value = record[path] ?? ""
                return value + String(repeating: " ", count: width - value.unicodeScalars.count)
            }.joined()
        }
        try expect("HEADER\n" + lines.map { "\($0)\n" }.joined(), profile, table)
    }

    /// Each value under its path, or in the objects and arrays that the path names.
    @Test(arguments: [false, true]) func json(isNested: Bool) throws {
        let table = try Table()
        let objects = try table.records.map { record in
            let object: Any = isNested ? Self.nested(record) : record
            return String(decoding: try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]), as: UTF8.self)
        }
        try expect(objects.map { "\($0)\n" }.joined(), Profile(format: .jsonLines), table)
        let document = "{\"v\": [\(objects.joined(separator: ",\n"))]}"
        try expect(document, Profile(format: .json(JSONLayout(records: ["v"]))), table)
    }

    /// In elements as the paths name them, or in attributes and elements of other names.
    @Test(arguments: [false, true]) func xml(isMapped: Bool) throws {
        let table = try Table()
        var profile = Profile(format: .xml(XMLLayout(record: "vehicle")))
        if isMapped {
            profile.mapping = table.paths.enumerated().map { index, path in
                ColumnRule(column: .name(index % 2 == 0 ? "@a\(index)" : "data.c\(index)"), target: path)
            }
        }
        let records = table.records.map { record in
            guard isMapped else { return "<vehicle>\(Self.tree(record).elements)</vehicle>" }
            let values = table.paths.enumerated().compactMap { index, path in record[path].map { (index, Self.escaped($0)) } }
            let attributes = values.filter { $0.0 % 2 == 0 }.map { " a\($0.0)=\"\($0.1)\"" }.joined()
            return
                "<vehicle\(attributes)><data>\(values.filter { $0.0 % 2 == 1 }.map { "<c\($0.0)>\($0.1)</c\($0.0)>" }.joined())</data></vehicle>"
        }
        try expect("<export>\(records.joined(separator: "\n"))</export>", profile, table)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }

    private static func nested(_ record: [String: String]) -> Any { tree(record).object }

    private static func tree(_ record: [String: String]) -> Tree {
        let tree = Tree()
        for (path, value) in record { tree.add(path.split(separator: ".")[...], value) }
        return tree
    }

    private final class Tree {
        var value: String?
        var parts: [String: [Int: Tree]] = [:]

        func add(_ path: ArraySlice<Substring>, _ value: String) {
            guard let first = path.first else {
                self.value = value
                return
            }
            let pieces = first.split { $0 == "[" || $0 == "]" }
            let number = pieces.count > 1 ? Int(pieces[1]) ?? 1 : 1
            let part = parts[String(pieces[0])]?[number] ?? Tree()
            parts[String(pieces[0]), default: [:]][number] = part
            part.add(path.dropFirst(), value)
        }

        var object: Any {
            if let value { return value }
            return parts.mapValues { numbered -> Any in
                let last = numbered.keys.max() ?? 1
                if last == 1, let only = numbered[1] { return only.object }
                return (1...last).map { numbered[$0]?.object ?? NSNull() }
            }
        }

        /// As XML; what an element has less than the last of its kind is empty.
        var elements: String {
            if let value { return SameRecordsTests.escaped(value) }
            return parts.sorted { $0.key < $1.key }.map { name, numbered in
                (1...(numbered.keys.max() ?? 1)).map { "<\(name)>\(numbered[$0]?.elements ?? "")</\(name)>" }.joined()
            }.joined()
        }
    }
}
