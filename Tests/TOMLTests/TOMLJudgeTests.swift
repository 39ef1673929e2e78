import Foundation
import Testing

@testable import TOML

/// Other people's readers and cases: what they accept is accepted with the same values, and nothing else is.
@Suite struct TOMLJudgeTests {
    @Test("Python's tomllib accepts the same documents, and reads the same values", .enabled(if: Judge.isPresent, "needs Python 3.11"))
    func pythonAgrees() throws {
        var documents: [[UInt8]] = []
        for seed in 0..<1500 as Range<UInt64> {
            var random = RandomTOML(seed: seed)
            let document = random.document()
            documents += [document, random.damaged(document), random.damaged(document)]
        }
        let judged = try Judge.tomllib(documents)
        try #require(judged.count == documents.count)
        for (document, expected) in zip(documents, judged) {
            #expect(TOMLRendering.text(of: document) == expected, "\(String(decoding: document, as: UTF8.self).debugDescription)")
        }
        // The generator must try both.
        let accepted = judged.count { $0 != "invalid" }
        #expect(accepted > 1000 && accepted < documents.count - 1000, "\(accepted) of \(documents.count) are valid")
    }

    /// The published cases of toml-test for TOML 1.0: in the folder that ECOCD_TOML_TEST names, else where Debian's package has them.
    private enum Cases {
        static let folder: String? = {
            let packaged = "/usr/share/gocode/src/github.com/BurntSushi/toml/internal/toml-test/tests"
            let folder = ProcessInfo.processInfo.environment["ECOCD_TOML_TEST"] ?? packaged
            return FileManager.default.fileExists(atPath: "\(folder)/valid") ? folder : nil
        }()

        static let absence: Comment =
            "needs the cases of toml-test: Debian's golang-github-burntsushi-toml-dev, or the folder 'tests' of that project in ECOCD_TOML_TEST"

        /// Newer editions list which cases are of TOML 1.0; the packaged one has only those, and one of what became TOML 1.1.
        static func names(_ part: String) throws -> [String] {
            let folder = try #require(folder)
            let names =
                (try? String(contentsOfFile: "\(folder)/files-toml-1.0.0", encoding: .utf8))?.split(separator: "\n").map(String.init)
                ?? FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            return names.filter { $0.hasPrefix("\(part)/") && $0.hasSuffix(".toml") && $0 != "valid/string/escape-esc.toml" }.sorted()
        }

        static func bytes(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: URL(filePath: try #require(folder)).appending(path: name)))
        }
    }

    @Test("toml-test: every valid case is read with its values", .enabled(if: Cases.folder != nil && Judge.isPresent, Cases.absence))
    func validCases() throws {
        let names = try Cases.names("valid")
        #expect(names.count > 90)
        let folder = try #require(Cases.folder)
        let expected = try Judge.expectations(names.map { "\(folder)/\($0.dropLast(".toml".count)).json" })
        // The packaged edition writes -0.0 as 0 in its JSON.
        let withoutSign = { (text: String) in text.replacing("f8000000000000000", with: "f0") }
        for (name, expected) in zip(names, expected) {
            let read = TOMLRendering.text(of: try Cases.bytes(name))
            #expect(withoutSign(read) == withoutSign(expected), "\(name)")
        }
    }

    @Test("toml-test: every invalid case is refused, at a place in the file", .enabled(if: Cases.folder != nil, Cases.absence))
    func invalidCases() throws {
        let names = try Cases.names("invalid")
        #expect(names.count > 200)
        for name in names {
            let bytes = try Cases.bytes(name)
            let faults = TOMLReadingTests.faults(bytes)
            #expect(!faults.isEmpty, "\(name)")
            #expect(faults.allSatisfy { 1...(bytes.count { $0 == 0x0A } + 1) ~= $0.position.line }, "\(name)")
        }
    }
}
