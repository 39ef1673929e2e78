import Control
import Foundation
import Ingest
@testable import Configuration

extension FuzzTarget {
    static let settingsTargets = [settings, source, question]

    /// `ecocd.toml`: what is wrong is said with a line that the file has.
    private static let settings = FuzzTarget(
        name: "settings", maximumBytes: 6_000,
        seeds: { [try SeedFiles.read("etc/ecocd.toml")] + odd },
        prepare: {
            { bytes in
                let file = ConfigurationFile(path: "/etc/ecocd/ecocd.toml", bytes: bytes)
                do throws(ConfigurationError) { try file.decode(DaemonSettings.self).check(in: file) } catch {
                    try checkLine(error, bytes)
                }
            }
        })

    /// A source's settings, and behind a NUL a file that is read with them: what the settings' check lets pass can be read with.
    private static let source = FuzzTarget(
        name: "source", maximumBytes: 6_000,
        seeds: {
            let legacy = try SeedFiles.read("etc/examples/sources.d/legacy.toml")
            return [
                legacy + [0] + (try SeedFiles.read("Samples/erp/vehicles-legacy.csv")).prefix(900),
                try SeedFiles.read("etc/sources.d/erp.toml") + [0] + Array("Type,ActualMass\n1,2\n".utf8),
                try SeedFiles.read("etc/examples/sources.d/ready.toml") + [0] + MessageSeeds.odd[0],
            ] + odd
        },
        prepare: {
            let input = try InputFile()
            return { bytes in
                let (text, content) = bytes.cut(at: 0)
                let source: Source
                do throws(ConfigurationError) {
                    source = try Source.read(path: "/etc/ecocd/sources.d/erp.toml", bytes: text, spool: "/spool", maximumFileBytes: 1 << 20)
                } catch { return try checkLine(error, text) }
                _ = try? RuleSettingsReader(path: "erp.toml", bytes: text).check(source.rules)
                try input.write(content)
                do throws(FileRejection) {
                    let reader = try RecordReader(path: input.path, profile: source.profile)
                    while let record = try reader.next() { _ = (record, reader.currentRow) }
                } catch { try expect(error.cause != .system, "the machine is to blame for \(error)") }
            }
        })

    private static let odd = [
        "a = 1979-05-27T07:32:00.999999-07:00\nb = 0xdead_beef\nc = -nan\nd = [[1, 2], [\"a\", 'b']]\n",
        "[a.b]\n[[a.c]]\nd.e.f = {g = 1}\n",
        "x = \"\"\"\nlong\\\n  text\\u00e9\"\"\"\ny = '''a'''\nz = 9223372036854775807\n",
        "[csv]\nquote = \"\"\ndelimiter = \"\\t\"\nheader = 1\n",
        "[[rule]]\nid = \"VIN-03\"\nseverity = \"waived\"\nreason = \"r\"\nby = \"b\"\n",
    ].map { Array($0.utf8) }

    private static func checkLine(_ error: ConfigurationError, _ bytes: [UInt8]) throws(Failure) {
        let lines = bytes.count { $0 == 0x0A } + 1
        try expect(error.line.map { 1...lines ~= $0 } ?? true, "an error is on line \(error.line ?? 0) of \(lines): \(error)")
    }

    /// Questions to the daemon: what is understood means the same when it is sent again.
    private static let question = FuzzTarget(
        name: "question", maximumBytes: 4_096,
        seeds: {
            let questions = [
                ControlRequest(.status), ControlRequest(.release, submission: "20261123T140512.123Z-k7q2mzr4", reason: "ü\u{1}"),
                ControlRequest(.withdraw, certificate: .init(vin: "WZAM1A1BXTA000017", stage: 1, version: 2), reason: "r"),
                ControlRequest(.activateReference, reference: .init(version: "ab", validFrom: "2026-01-01", validTo: nil, replaces: true)),
                ControlRequest(.recordAnchor, anchor: AnchorQuestion(kind: "rfc3161", note: "n\n", evidence: "AA==")),
                ControlRequest(.backup, path: "/x"),
            ]
            return try questions.map { Array(try JSONEncoder().encode($0)) } + [
                Array(try JSONEncoder().encode(ControlAnswer(.refused, message: "no", backup: BackupState(path: "/x", phase: .failed))))
            ]
        },
        prepare: {
            { bytes in
                let data = Data(bytes)
                if let request = try? JSONDecoder().decode(ControlRequest.self, from: data) {
                    let again = try JSONDecoder().decode(ControlRequest.self, from: JSONEncoder().encode(request))
                    try expect(again == request, "another question comes back: \(again)")
                }
                if let answer = try? JSONDecoder().decode(ControlAnswer.self, from: data) {
                    let again = try JSONDecoder().decode(ControlAnswer.self, from: JSONEncoder().encode(answer))
                    try expect(again == answer, "another answer comes back: \(again)")
                }
            }
        })
}
