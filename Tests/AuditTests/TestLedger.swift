import Audit
import Foundation

/// A ledger in a folder of its own, removed with the last reference.
final class TestLedger: Sendable {
    static let origin = "example.org/ecoc/test"

    let folder: String
    let key: CheckpointKey
    var path: String { folder + "/ledger.db" }
    var verifierKey: String { key.verifierKey(origin: Self.origin) }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ecocd-ledger-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        key = try CheckpointKey.create(at: folder + "/checkpoint.key")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// In a process of its own, which gets only the folder's name.
    static func open(in folder: String) throws -> Ledger {
        try Ledger(path: folder + "/ledger.db", origin: origin, key: CheckpointKey.load(from: folder + "/checkpoint.key"))
    }

    func open() throws -> Ledger { try Ledger(path: path, origin: Self.origin, key: key) }

    func verify() throws -> LedgerVerification { try LedgerVerifier.verify(path: path, verifierKey: verifierKey) }

    /// Runs SQL as somebody with the file and the `sqlite3` shell could: without our connection's protections.
    func tamper(_ sql: String) throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/usr/bin/env")
        shell.arguments = ["sqlite3", "-bail", path]
        // Out of a file, as a long text doesn't fit among the arguments.
        let script = URL(filePath: "\(folder)/\(UUID().uuidString).sql")
        try Data(sql.utf8).write(to: script)
        shell.standardInput = try FileHandle(forReadingFrom: script)
        let errors = Pipe()
        shell.standardError = errors
        shell.standardOutput = FileHandle.nullDevice
        try shell.run()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        guard shell.terminationStatus == 0 else { throw Failure(String(decoding: said, as: UTF8.self)) }
    }

    /// What the `sqlite3` shell prints.
    func shell(_ sql: String) throws -> String { try output("sqlite3", ["-bail", path, sql]) }

    /// What a program prints.
    func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure("\(program) ended with \(process.terminationStatus)") }
        return String(decoding: said, as: UTF8.self)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}

/// Events as the stages write them.
enum Sample {
    static func received(_ id: String, sha256: String = "ab", source: String = "plant-1") -> Event {
        Event(
            .received, submission: id,
            [
                "source": .text(source), "name": "drop.csv", "size": 1_024, "sha256": .text(sha256), "owner": 1_001, "device": "2049",
                "inode": "77",
            ])
    }

    static func claimed(_ id: String) -> Event { Event(.claimed, submission: id, ["source": "plant-1", "name": "drop.csv"]) }

    static func move(_ kind: Event.Kind, _ id: String, _ from: String, _ to: String) -> Event {
        Event(kind, submission: id, ["from": .text(from), "to": .text(to), "digest": "d1"])
    }

    static func validated(_ id: String, _ vin: String, version: Int = 1, row: Int = 2) -> Event {
        Event(
            .validated, submission: id,
            [
                "vin": .text(vin), "stage": 1, "version": .number(version), "row": .number(row), "reference-id": "e1*2018/858*00001*00",
                "content-sha256": "c1", "reference-sha256": "r1", "warnings": 0,
            ])
    }

    static func step(_ kind: Event.Kind, _ id: String, _ vin: String, sha256: String = "x1") -> Event {
        var fields: [String: Event.Scalar] = ["vin": .text(vin), "stage": 1, "version": 1, "sha256": .text(sha256)]
        switch kind {
        case .sealed:
            fields["content-sha256"] = "c1"
            fields["certificate-sha256"] = "k1"
        case .publishing, .published:
            fields["destination"] = "authority"
            fields["bundle"] = .text("\(vin)-1-v1.asice")
        default: break
        }
        return Event(kind, submission: id, fields)
    }

    static func rejected(_ id: String, row: Int? = nil, vin: String? = nil) -> Event {
        var fields: [String: Event.Scalar] = ["reason": "wrong", "rules": "VIN-03"]
        fields["row"] = row.map { .number($0) }
        fields["vin"] = vin.map { .text($0) }
        return Event(.rejected, submission: id, fields)
    }

    static func started(_ number: Int = 1) -> Event { Event(.started, ["version": "1.0", "pid": .number(number)]) }

    /// One submission with some certificates from the drop to the archive.
    static func life(_ id: String, vins: [String]) -> [[Event]] {
        [
            [received(id, sha256: id), move(.moving, id, "tmp", "ingest")],
            [
                move(.moved, id, "tmp", "ingest"), claimed(id), move(.moving, id, "ingest", "validate"),
                move(.moved, id, "ingest", "validate"),
            ],
            vins.enumerated().map { validated(id, $0.element, row: $0.offset + 2) } + [rejected(id, row: 99, vin: "REJECTED\(id)")],
            vins.map { step(.generated, id, $0) }, vins.map { step(.sealed, id, $0, sha256: "x2") },
            vins.map { step(.publishing, id, $0, sha256: "b1") }, vins.map { step(.published, id, $0, sha256: "b1") },
            [
                Event(
                    .reported, submission: id,
                    ["source": "plant-1", "name": "drop.report.csv", "sha256": "p1", "published": .number(vins.count), "rejected": 1]),
                move(.moving, id, "validate", "archive"), move(.moved, id, "validate", "archive"),
            ],
        ]
    }
}
