import Control
import Foundation
import Ingest
import TOML
@testable import Configuration

extension FuzzTarget {
    static let settingsTargets = [toml, settings, source, question]

    /// TOML: faults lie in the file, and what is read is read again from what is written of it.
    private static let toml = FuzzTarget(
        name: "toml", maximumBytes: 4_000,
        seeds: { [try SeedFiles.read("etc/ecocd.toml"), try SeedFiles.read("etc/examples/sources.d/legacy.toml")] + odd },
        prepare: {
            { bytes in
                let lines = bytes.count { $0 == 0x0A } + 1
                do {
                    let written = PlainTOML.text(of: try TOMLDocument(bytes).root)
                    let again: TOMLTable
                    do throws(TOMLRefusal) { again = try TOMLDocument(Array(written.utf8), maximumBytes: .max).root } catch {
                        throw Failure("\(error)\n\(written)")
                    }
                    try expect(PlainTOML.text(of: again) == written, "other values come back of \(written)")
                } catch let error as TOMLRefusal {
                    try expect(!error.faults.isEmpty && error.faults.count <= TOMLDocument.maximumFaults, "\(error.faults.count) faults")
                    for fault in error.faults {
                        let (line, column) = (fault.position.line, fault.position.column)
                        try expect(1...lines ~= line && 1...(bytes.count + 1) ~= column, "\(fault) lies outside the file")
                    }
                }
            }
        })

    /// `ecocd.toml`: what is wrong is said with a line that the file has.
    private static let settings = FuzzTarget(
        name: "settings", maximumBytes: 6_000,
        seeds: { [try SeedFiles.read("etc/ecocd.toml")] + odd },
        prepare: {
            { bytes in
                let faults = SettingsFaults()
                _ = DaemonReader(SettingsFile(path: "/etc/ecocd/ecocd.toml", bytes: bytes).table(faults))
                do throws(ConfigurationRefusal) { try faults.check([]) } catch { try checkLines(error, bytes) }
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
                let path = "/etc/ecocd/sources.d/erp.toml"
                let faults = SettingsFaults()
                if let table = SettingsFile(path: path, bytes: text).table(faults) {
                    _ = SourceReader(table: table, bytes: text, scope: .inForce).read(spool: "/spool", maximumFileBytes: 1 << 20)
                }
                do throws(ConfigurationRefusal) { try faults.check([]) } catch { try checkLines(error, text) }
                do throws(ConfigurationRefusal) {
                    source = try Source.read(path: path, bytes: text, spool: "/spool", maximumFileBytes: 1 << 20)
                } catch { return try checkLines(error, text) }
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

    private static func checkLines(_ error: ConfigurationRefusal, _ bytes: [UInt8]) throws(Failure) {
        let lines = bytes.count { $0 == 0x0A } + 1
        for fault in error.faults {
            try expect(fault.line.map { 1...lines ~= $0 } ?? true, "a fault is on line \(fault.line ?? 0) of \(lines): \(fault)")
        }
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
