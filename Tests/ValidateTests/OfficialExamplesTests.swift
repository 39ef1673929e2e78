import Certificate
import Foundation
import Testing

@testable import Validate

/// Material of other people beside the project: `ECOCD_SHARED`, or `../shared` from the package's root.
enum SharedMaterial {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["ECOCD_SHARED"] { return URL(filePath: path) }
        return packageRoot.appending(path: "../shared").standardized
    }()

    static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let examples = folder.appending(path: "ivi/examples")
    static var isPresent: Bool { FileManager.default.fileExists(atPath: examples.path) }
}

@Suite(.enabled(if: SharedMaterial.isPresent, "the official examples aren't beside the project (ECOCD_SHARED)"))
struct OfficialExamplesTests {
    /// The official examples carry oddities that only warn: test VINs, and messages dated before their signatures.
    @Test(arguments: [
        ("L1e", ["DAT-03"]), ("M1-01-electric", ["DAT-03"]), ("M1-04-plugin", ["DAT-03"]), ("M1-06-electric", ["DAT-03"]),
        ("N2-01-electric", ["DAT-03", "VIN-02"]),
    ])
    func giveNoErrors(name: String, warnings: [String]) throws {
        let bytes = Array(try Data(contentsOf: SharedMaterial.examples.appending(path: name + ".xml")))
        let message = try MessageReader.read(bytes)
        let context = RecordContext(row: 1, today: RecordContext.test.today, headerAssigned: false)
        let findings = RuleSet.current.check(message.values, context: context)
        #expect(findings.filter { $0.severity == .error }.isEmpty, "\(findings.map(\.message))")
        #expect(Set(findings.map(\.rule)) == Set(warnings), "\(findings.map { "\($0.rule): \($0.message)" })")
    }
}
