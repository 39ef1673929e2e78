import Foundation

@testable import Certificate

/// Asks xmllint which texts it finds valid: one schema and one document for all of them, written from the catalogue's types.
struct SchemaOracle {
    struct Failure: Error { let output: String }

    struct Question {
        let type: SimpleType
        let text: String
    }

    static let program = "/usr/bin/xmllint"

    static var isPresent: Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// - Returns: for each question whether its text is valid.
    static func answers(to questions: [Question]) throws -> [Bool] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ecocd-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try schema(Set(questions.map(\.type.name))).write(to: folder.appending(path: "schema.xsd"), atomically: false, encoding: .utf8)
        // One question a line: the line number of a complaint is the question's.
        let lines = questions.map { "<\($0.type.name)>\(escaped($0.text))</\($0.type.name)>" }
        try (["<texts>"] + lines + ["</texts>"]).joined(separator: "\n").write(
            to: folder.appending(path: "texts.xml"), atomically: false, encoding: .utf8)
        var answers = questions.map { _ in true }
        for line in try complaints(folder) { answers[line - 2] = false }
        return answers
    }

    private static func complaints(_ folder: URL) throws -> Set<Int> {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["--noout", "--schema", folder.appending(path: "schema.xsd").path, folder.appending(path: "texts.xml").path]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        // 0: all valid, 3: some not. Anything else is a schema or document that xmllint can't use.
        guard process.terminationStatus == 0 || process.terminationStatus == 3 else { throw Failure(output: output) }
        return Set(output.split(separator: "\n").compactMap(lineNumber))
    }

    /// Of `…/texts.xml:12: element Date: Schemas validity error : …` the 12.
    private static func lineNumber(of complaint: Substring) -> Int? {
        guard complaint.contains("Schemas validity error"), let file = complaint.firstRange(of: "texts.xml:") else { return nil }
        return Int(complaint[file.upperBound...].prefix { $0 != ":" })
    }

    private static func schema(_ names: Set<String>) -> String {
        let types = Catalogue.initialVehicleInformation.simpleTypes.filter { names.contains($0.name) }.map(
            OfficialSchema.SimpleType.init(of:))
        let elements = types.map { "<xs:element name='\($0.name)' type='\($0.name)'/>" }
        let definitions = types.map { type in
            let facets = type.facets.map { "<xs:\($0.name) value='\(escaped($0.value))'/>" }.joined()
            return "<xs:simpleType name='\(type.name)'><xs:restriction base='\(type.base)'>\(facets)</xs:restriction></xs:simpleType>"
        }
        return """
            <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='texts'><xs:complexType>
            <xs:choice minOccurs='0' maxOccurs='unbounded'>\(elements.joined())</xs:choice></xs:complexType></xs:element>
            \(definitions.joined(separator: "\n"))</xs:schema>
            """
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "<", "&", ">", "'", "\n", "\r", "\t": "&#\(scalar.value);"
            default: String(scalar)
            }
        }.joined()
    }
}
