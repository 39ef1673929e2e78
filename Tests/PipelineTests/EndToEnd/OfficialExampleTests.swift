import Certificate
import Foundation
import Testing

/// Every official example through the whole house, as a ready message and as a CSV row, judged by stock tools.
@Suite(
    .enabled(if: SharedMaterial.isPresent, "the official schema and examples aren't beside the project (ECOCD_SHARED)"),
    .enabled(if: Programs.haveStockTools, "xmllint, xmlsec1, openssl and unzip aren't all installed"))
struct OfficialExampleTests {
    /// The header's values that are new in each message unless the message brings its own.
    static let headerNames: Set = ["IviReferenceId", "IviVersionNumberXsd", "IviVersionNumber", "IviVersionDateTime"]

    @Test func readyMessagesKeepEveryValue() async throws {
        try await House.run(["ready": House.ready]) { house in
            for name in SharedMaterial.exampleNames { try house.drop(try Self.example(name), as: "\(name).xml", in: "ready") }
            for name in SharedMaterial.exampleNames {
                let report = try await house.report(of: "\(name).xml", in: "ready")
                let sealed = try await Self.judge(report, house)
                let expected = try Self.values(Array(Self.example(name).utf8))
                #expect(sealed == expected, "\(name): \(Self.difference(sealed, expected))")
            }
            #expect(try await house.verifyLedger() == 0)
        }
    }

    @Test func rowsMadeOfExamplesKeepEveryValue() async throws {
        try await House.run { house in
            for name in SharedMaterial.exampleNames { try house.drop(try Self.table(name), as: "\(name).csv") }
            for name in SharedMaterial.exampleNames {
                let report = try await house.report(of: "\(name).csv")
                let sealed = try await Self.judge(report, house)
                let expected = try Self.values(Array(Self.example(name).utf8))
                let own = expected.filter { !Self.headerNames.contains(Self.lastName($0.key)) }
                #expect(sealed.filter { !Self.headerNames.contains(Self.lastName($0.key)) } == own, "\(name)")
                for key in expected.keys where Self.headerNames.contains(Self.lastName(key)) { #expect(sealed[key]?.isEmpty == false) }
                let id = try #require(sealed.first { Self.lastName($0.key) == "IviReferenceId" }?.value)
                #expect(UUID(uuidString: id) != nil && !expected.values.contains(id))
            }
        }
    }

    /// The example with a reference id of its own: the examples share one, and no id may be used twice.
    static func example(_ name: String) throws -> String {
        let text = try SharedMaterial.example(name)
        let number = SharedMaterial.exampleNames.firstIndex(of: name) ?? 0
        let begin = try #require(text.range(of: "<IviReferenceId>")).upperBound
        let end = try #require(text.range(of: "</IviReferenceId>")).lowerBound
        return text.replacingCharacters(in: begin..<end, with: "6a2957d3-4a32-41a6-a2d0-50681e0bf5a\(number)")
    }

    static func lastName(_ path: String) -> String { path.split(separator: ".").last.map(String.init) ?? path }

    /// Path to value.
    static func values(_ message: [UInt8]) throws -> [String: String] {
        let read = try MessageReader.read(message)
        #expect(read.findings.isEmpty, "\(read.findings.map(\.message))")
        return Dictionary(uniqueKeysWithValues: read.values.fields.map { (FieldPath.write($0.key), $0.value) })
    }

    /// The example's values as a table of one row, headed by their paths.
    private static func table(_ name: String) throws -> String {
        let fields = try values(Array(example(name).utf8)).filter { !headerNames.contains(lastName($0.key)) }.sorted { $0.key < $1.key }
        func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }
        return fields.map { quoted($0.key) }.joined(separator: ",") + "\r\n" + fields.map { quoted($0.value) }.joined(separator: ",")
            + "\r\n"
    }

    private static func difference(_ left: [String: String], _ right: [String: String]) -> String {
        Set(left.keys).union(right.keys).filter { left[$0] != right[$0] }.sorted()
            .map { "\($0): \(left[$0] ?? "-") for \(right[$0] ?? "-")" }.joined(separator: "; ")
    }

    /// Has stock tools and ecocctl judge the one bundle of a report.
    /// - Returns: the values of the sealed message.
    private static func judge(_ report: Report, _ house: House) async throws -> [String: String] {
        #expect(report.outcome == "published", "\(report.file): \(report.records.flatMap(\.findings).map(\.message))")
        let (vin, bundle) = (try #require(report.records.first?.vin), try #require(report.bundles.first))
        let folder = try await house.unpack(bundle)
        let checks: [(tool: String, arguments: [String])] = [
            ("xmllint", ["--noout", "--nonet", "--schema", SharedMaterial.schema, "\(vin).xml"]),
            ("xmlsec1", ["--verify", "--trusted-pem", house.trusted, "--enabled-key-data", "x509", "\(vin).xml"]),
            (
                "openssl",
                [
                    "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "META-INF/signature001.p7s", "-content",
                    "META-INF/ASiCManifest001.xml", "-CAfile", house.trusted, "-out", "/dev/null",
                ]
            ),
        ]
        for check in checks {
            let done = try await Programs.run(try #require(Programs.stock(check.tool)), check.arguments, in: folder)
            #expect(done.status == 0, "\(report.file): \(check.tool): \(done.everything)")
        }
        let verified = try await house.ecocctl("verify", "\(house.outbox)/\(bundle)")
        #expect(verified.status == 0, "\(verified.everything)")
        return try values(Array(Data(contentsOf: URL(filePath: "\(folder)/\(vin).xml"))))
    }
}
