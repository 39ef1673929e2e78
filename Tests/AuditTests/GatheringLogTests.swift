import Foundation
import Glibc
import Testing

@testable import Audit

/// The log that is written in one piece at its sync: nobody may see a difference but in time.
@Suite("The gathered write-ahead log")
struct GatheringLogTests {
    private static let table = "CREATE TABLE t(id INTEGER PRIMARY KEY, text TEXT NOT NULL)"

    private func open(_ path: String) throws -> Connection {
        let connection = try Connection(path: path, .writing, create: true)
        #expect(try connection.text("PRAGMA journal_mode = WAL") == "wal")
        try connection.run("PRAGMA synchronous = FULL")
        return connection
    }

    @Test("is in use wherever a ledger is written")
    func isInUse() throws { #expect(GatheringLog.name != nil) }

    /// With ten pages of cache SQLite writes into the log long before the commit, and reads from there what it needs again.
    @Test("keeps what is written, undone and read again, for this process and others", arguments: [10, 2_000], 0..<3 as Range<UInt64>)
    func keepsEverything(cache: Int, seed: UInt64) throws {
        let test = try TestLedger()
        let path = "\(test.folder)/t.db"
        let connection = try open(path)
        try connection.run("PRAGMA cache_size = \(cache)")
        try connection.run(Self.table)
        var random = Numbers(state: seed &+ 1)
        var expected: [Int: String] = [:]
        for round in 0..<25 {
            let before = expected
            try connection.run("BEGIN IMMEDIATE")
            for _ in 0..<Int.random(in: 1...60, using: &random) {
                let id = Int.random(in: 0..<400, using: &random)
                // A few long ones: a transaction of several MB, longer than what is gathered.
                let length = Int.random(in: 0..<10, using: &random) == 0 ? 200_000 : Int.random(in: 1..<3_000, using: &random)
                let text = String(repeating: "\(round)-\(id) ", count: length / 6 + 1)
                let insert = try connection.prepare("INSERT OR REPLACE INTO t VALUES(?, ?)")
                try insert.bind(1, id)
                try insert.bind(2, text)
                try insert.run()
                expected[id] = text
            }
            let sum = expected.values.reduce(0) { $0 + $1.utf8.count }
            #expect(try connection.number("SELECT sum(length(text)) FROM t") == sum)
            if Bool.random(using: &random) {
                try connection.run("COMMIT")
            } else {
                try connection.run("ROLLBACK")
                expected = before
            }
            if round % 6 == 5 { try [connection.foldLog, connection.truncateLog].randomElement(using: &random)?() }
            let other = try test.output("sqlite3", [path, "SELECT count(*), coalesce(sum(length(text)), 0) FROM t"])
            #expect(other == "\(expected.count)|\(expected.values.reduce(0) { $0 + $1.utf8.count })\n")
        }
        #expect(try test.output("sqlite3", [path, "PRAGMA integrity_check"]) == "ok\n")
        for (id, text) in expected {
            #expect(try connection.text("SELECT text FROM t WHERE id = \(id)") == text)
        }
    }

    /// The write that fails comes with the sync: its commit fails, and nothing of it is there afterwards.
    @Test("a log that can't be written fails its commit")
    func failsItsCommit() async throws {
        let test = try TestLedger()
        let folder = test.folder
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            let key = try CheckpointKey.load(from: folder + "/checkpoint.key")
            let ledger = try Ledger(path: folder + "/ledger.db", origin: TestLedger.origin, key: key)
            for number in 0..<10 { try ledger.commit([Sample.started(number)]) }
            let size = try FileManager.default.attributesOfItem(atPath: folder + "/ledger.db-wal")[.size] as? UInt ?? 0
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: size + 6_000, rlim_max: rlim_t.max)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            #expect(throws: LedgerError.self) { for number in 10..<20 { try ledger.commit([Sample.started(number)]) } }
            // Final, as every write error.
            #expect(throws: LedgerError.self) { try ledger.commit([Sample.started(99)]) }
            _exit(0)
        }
        let verified = try test.verify()
        #expect(verified.isIntact && (10...11).contains(verified.size), "\(verified.size) entries: \(verified.problems)")
    }

    /// The same numbers for the same seed.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
        }
    }
}
