import Foundation

@testable import Audit
import Hashing

/// What somebody who has the machine, and perhaps the key, can make of a ledger.
extension TestLedger {
    /// The same ledger as somebody with its key, or another one, would write it anew: with the entry at `changed` another, and all hashes,
    /// tile roots and the head made to fit.
    func rewritten(changed: Int?, entries: Int? = nil, signedBy signer: CheckpointKey? = nil) throws -> TestLedger {
        let forged = try TestLedger()
        let reader = try LedgerReader(path: path)
        let original = try reader.entries(0..<(entries ?? reader.size()))
        let ledger = try Ledger(path: forged.path, origin: Self.origin, key: key)
        try ledger.commit(original.compactMap(Self.event))
        ledger.close()
        // The original's times come back with its bytes: hashes, tiles and head follow from them.
        var hash = SHA256()
        var tree = SubtreeStack()
        var sql = "BEGIN; DROP TRIGGER entry_no_update; DROP TRIGGER tile_root_no_update;"
        for entry in original {
            let text = String(decoding: entry.bytes, as: UTF8.self)
            let bytes = entry.position == changed ? Array(text.replacing("1.0", with: "9.9").utf8) : entry.bytes
            let leaf = MerkleProof.leafHash(of: bytes)
            tree.append(leaf, &hash) { tile in
                sql += "UPDATE tile_root SET hash = x'\(tile.root)' WHERE level = \(tile.level) AND position = \(tile.position);"
            }
            sql += "UPDATE entry SET record = x'\(Hexadecimal.encode(bytes))', leaf_hash = x'\(leaf)' WHERE position = \(entry.position);"
        }
        let note = try HeadSigner(origin: Self.origin, key: signer ?? key, path: "").note(size: original.count, root: tree.root(&hash))
        sql += "UPDATE head SET note = '\(note)';"
        for trigger in Schema.triggers where ["entry_no_update", "tile_root_no_update"].contains(trigger.name) { sql += trigger.sql + ";" }
        try forged.tamper(sql + "COMMIT;")
        return forged
    }

    private static func event(_ entry: LedgerEntry) -> Event? {
        guard let record = entry.record, let kind = Event.Kind(rawValue: record.kind) else { return nil }
        return Event(kind, submission: record.submission, record.fields)
    }

    /// The files of `other` in the place of this ledger's.
    func replace(with other: TestLedger) throws {
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.copyItem(atPath: other.path, toPath: path)
    }

    /// Writes over the file at a place.
    func overwrite(_ bytes: [UInt8], at offset: Int) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: bytes)
        try file.close()
    }
}

/// `ecocctl` of the same build, asked about a test's ledger.
enum LedgerCommand {
    struct Answer {
        let status: Int32
        let text: String
    }

    static let program: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(filePath: own).deletingLastPathComponent().path + "/ecocctl"
        let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../.build/debug/ecocctl").path
        return FileManager.default.isExecutableFile(atPath: beside) ? beside : package
    }()

    /// `ecocctl ledger verify` with the ledger's own verifier key.
    static func verify(_ test: TestLedger, _ more: [String] = []) throws -> Answer {
        try run(["ledger", "verify", "--database", test.path, "--verifier-key", test.verifierKey] + more)
    }

    static func run(_ arguments: [String]) throws -> Answer {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Answer(status: process.terminationStatus, text: text)
    }
}
