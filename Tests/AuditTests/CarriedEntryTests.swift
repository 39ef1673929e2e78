import Foundation
import Testing

@testable import Audit

/// What a volume took over is compared with the volumes before it: somebody with the key can write a volume that is sound by itself.
@Suite("Carried entries") struct CarriedEntryTests {
    private let house: VolumeHouse
    private static let delivery = "the delivery of V1, stage 1, version 1, to 'authority'"

    init() throws { house = try VolumeHouse() }

    enum Forgery: CaseIterable {
        case nothing, bundle, collected, notCollected, volume, olderVolume, destination, submission, anew, content, state, vehicle

        /// All that is said of it.
        var problems: [String] {
            switch self {
            case .bundle: ["\(delivery) was taken over with bundle 'V9-1-v1.asice', but 'example.org/ecoc/2' has 'V1-1-v1.asice'"]
            case .collected:
                [
                    "the delivery of V2, stage 1, version 1, to 'authority' was taken over with collected 'yes', but 'example.org/ecoc/1' has 'no'"
                ]
            case .notCollected: ["\(delivery) was taken over with collected 'no', but 'example.org/ecoc/2' has 'yes'"]
            case .volume:
                [certificate, delivery].map { "\($0) was taken over from 'example.org/ecoc/9', but stands in 'example.org/ecoc/2'" }
            case .olderVolume:
                [certificate, delivery].map { "\($0) was taken over from 'example.org/ecoc/1', but stands in 'example.org/ecoc/2'" }
            case .destination:
                ["the delivery of V1, stage 1, version 1, to 'moon' was taken over, but no volume before this one has it"]
            case .nothing: []
            case .submission:
                [certificate, delivery].map { "\($0) was taken over for another submission than 'example.org/ecoc/2' has" }
            case .anew: ["\(delivery) isn't taken over from 'example.org/ecoc/2', which has it, but recorded anew"]
            case .content:
                [
                    "the certificate of V1, stage 1, version 1 was taken over with content-sha256 'other', but 'example.org/ecoc/2' has 'c1'"
                ]
            case .state:
                [
                    "the certificate of V1, stage 1, version 1 was taken over with state 'withdrawn', but 'example.org/ecoc/2' has 'published'"
                ]
            case .vehicle: ["the certificate of V9, stage 1, version 1 was taken over, but no volume before this one has it"]
            }
        }

        /// What is made up in the closed volumes.
        var sql: String? {
            switch self {
            case .nothing, .olderVolume, .anew: nil
            case .submission: "UPDATE certificate SET submission = 'B'"
            case .bundle: "UPDATE delivery SET bundle = 'V9-1-v1.asice'"
            case .collected: "UPDATE delivery SET collected = 1"
            case .notCollected: "UPDATE delivery SET collected = NULL"
            case .volume: "UPDATE head SET note = replace(note, 'ecoc/2', 'ecoc/9')"
            case .destination: "UPDATE delivery SET destination = 'moon'"
            case .content: "UPDATE certificate SET content_sha256 = 'other'"
            case .state: "UPDATE certificate SET state = 'withdrawn'"
            case .vehicle: "UPDATE certificate SET vin = 'V9' WHERE vin = 'V1'"
            }
        }

        private var certificate: String { "the certificate of V1, stage 1, version 1" }
        private var delivery: String { CarriedEntryTests.delivery }
    }

    /// Two closed volumes: V1 and V2 published in the first, V1 collected in the second. The third is open and empty.
    private func prepare() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1", "V2"])
        try ledger.roll(by: .daemon)
        let bundle = try #require(try ledger.uncollected(destination: "authority").first { $0.vin == "V1" })
        try ledger.commit([bundle.collected(from: "authority")])
        try ledger.roll(by: .daemon)
        ledger.close()
    }

    /// The closed volumes as somebody made them up who has the files: a writer that asks these takes over what they say.
    private func madeUp(_ forgery: Forgery) throws -> OlderVolumes {
        var paths: [String] = []
        for number in forgery == .olderVolume ? [1] : [1, 2] {
            let path = "\(house.test.folder)/made-up-\(number).db"
            try FileManager.default.copyItem(atPath: house.closed(number), toPath: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            if let sql = forgery.sql { _ = try house.test.output("sqlite3", ["-bail", path, sql]) }
            paths.append(path)
        }
        return try OlderVolumes(paths: paths)
    }

    private func write(_ forgery: Forgery) throws {
        let older = try madeUp(forgery)
        let vin = forgery == .vehicle ? "V9" : forgery == .collected ? "V2" : "V1"
        let key = DeliveryKey(vin: vin, stage: 1, version: 1, destination: forgery == .destination ? "moon" : "authority")
        var events = [try #require(try older.carried(vin, 1, 1))]
        if forgery == .anew {
            events.append(Sample.step(.published, "A", vin))
        } else if let delivery = try older.carriedDelivery(key, submission: forgery == .submission ? "B" : "A") {
            events.append(delivery)
        }
        let writer = try LedgerWriter(
            path: house.test.path, head: HeadSigner(origin: "example.org/ecoc/3", key: house.test.key, path: house.test.path),
            lock: WriterLock(path: house.test.path), older: older)
        #expect(try writer.commit([EventBatch(events)])[0].get().count == (forgery == .vehicle ? 1 : 2))
        try writer.close()
    }

    @Test(arguments: Forgery.allCases) func whatStandsOtherwiseIsNamed(forgery: Forgery) throws {
        try prepare()
        #expect(try house.verify().isIntact)
        try write(forgery)
        let result = try house.verify()
        #expect(result.volumes.allSatisfy { $0.verification.isIntact }, "each volume by itself is sound: \(result)")
        #expect(result.volumes.map(\.linkProblems) == [[], [], forgery.problems], "\(result)")
        // The command says the same.
        let answer = try LedgerCommand.run([
            "ledger", "verify", "--database", house.test.path, "--verifier-key", house.verifierKey,
        ])
        #expect(answer.status == (forgery.problems.isEmpty ? 0 : 1), "\(answer.text)")
        for problem in forgery.problems { #expect(answer.text.contains(problem), "\(answer.text)") }
    }

    /// Without the first volume the second can't be compared, and nothing false is said of it.
    @Test func whatIsNotThereIsNotCompared() throws {
        try prepare()
        let ledger = try house.open()
        let bundle = try #require(try ledger.uncollected(destination: "authority").first { $0.vin == "V2" })
        try ledger.commit([bundle.collected(from: "authority")])
        ledger.close()
        let before = try house.verify()
        #expect(before.isIntact && before.isComplete, "\(before)")
        try FileManager.default.removeItem(atPath: house.closed(1))
        let alone = try HistoryVerification.verify(path: house.test.path, verifierKey: house.verifierKey, mayBeAlone: true)
        #expect(alone.isIntact && !alone.isComplete, "\(alone)")
    }
}
