import Foundation
import Hashing
import Linux
import Testing

@testable import Audit

/// When a ledger counts as unanchored: entries that no anchor covers must not become old where somebody is to be asked.
@Suite struct AnchorAgeTests {
    private static let settings = "\n[[witness]]\nurl = \"http://127.0.0.1:1/\"\nkey = \"KEY\"\n"

    /// A ledger with one entry of 30 hours ago.
    private func makeOld(_ house: House) throws -> CheckpointKey {
        let key = try CheckpointKey.create(at: "\(house.state)/checkpoint.key")
        let origin = "house.example/ecoc/1"
        let writer = try LedgerWriter(
            path: house.ledger, head: HeadSigner(origin: origin, key: key, path: house.ledger), lock: WriterLock(path: house.ledger),
            older: OlderVolumes(VolumeFiles(ofLedger: house.ledger)))
        let old = Timestamp(milliseconds: Timestamp.now().milliseconds - 30 * 3_600_000)
        let batch = try EventBatch([Event(.started, ["version": "1", "pid": 1])], at: old)
        for outcome in try writer.commit([batch]) { _ = try outcome.get() }
        try writer.close()
        try house.write("\(key.verifierKey(origin: origin))\n", to: "\(house.state)/ledger.vkey")
        return key
    }

    @Test(arguments: [
        ("nobody is configured", "", [], Int32(0)), ("a witness is configured", settings, [], 3),
        ("a witness is configured, and more patience", "\n[anchor]\nmaximum-age-hours = 48\n" + settings, [], 0),
        ("an anchor is demanded", "", ["--require-anchor"], 3),
    ])
    func age(name: String, settings: String, options: [String], status: Int32) async throws {
        try await House.empty { house in
            let key = try makeOld(house)
            let digest = SHA256.digest(of: Array("w.example\n".utf8) + [0x04] + key.publicKey)
            let identity = Hexadecimal.encode(Array(digest.bytes.prefix(4)))
            let witness = "w.example+\(identity)+\(Data([0x04] + key.publicKey).base64EncodedString())"
            let plain = try String(contentsOfFile: house.config, encoding: .utf8)
            try house.write(plain + settings.replacing("KEY", with: witness), to: house.config)
            let done = try await Programs.run(Programs.ecocctl, ["ledger", "verify", "--config", house.config] + options)
            #expect(done.status == status && done.text.contains("intact"), "\(name): \(done.everything)")
            #expect(done.text.contains("UNANCHORED") == (status == 3), "\(name): \(done.text)")
        }
    }
}
