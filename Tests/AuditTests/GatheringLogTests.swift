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
            let ledger = try TestLedger.open(in: folder)
            for number in 0..<10 { try ledger.commit([Sample.started(number)]) }
            try Self.limitFiles(to: Self.used(folder + "/ledger.db-wal") + 6_000)
            #expect(throws: LedgerError.self) { for number in 10..<20 { try ledger.commit([Sample.started(number)]) } }
            // Final, as every write error.
            #expect(throws: LedgerError.self) { try ledger.commit([Sample.started(99)]) }
            _exit(0)
        }
        let verified = try test.verify()
        #expect(verified.isIntact && (10...11).contains(verified.size), "\(verified.size) entries: \(verified.problems)")
    }

    @Test("grows a megabyte ahead, and is written over when it begins anew")
    func growsAhead() throws {
        let test = try TestLedger()
        let path = "\(test.folder)/t.db"
        let connection = try open(path)
        try connection.run(Self.table)
        #expect(try Self.size("\(path)-wal") == 1 << 20)
        func fill(_ rows: Int) throws {
            for _ in 0..<rows { try connection.run("INSERT INTO t(text) VALUES(hex(randomblob(1000)))") }
        }
        try fill(200)
        let (long, used) = (try Self.size("\(path)-wal"), try Self.used("\(path)-wal"))
        #expect(long % (1 << 20) == 0 && (0...1 << 20).contains(long - used), "\(used) of \(long)")
        try connection.foldLog()
        try fill(20)
        #expect(try Self.size("\(path)-wal") == long)
        try connection.truncateLog()
        #expect(try Self.size("\(path)-wal") == 0)
        try fill(5)
        #expect(try Self.size("\(path)-wal") == 1 << 20)
        #expect(try test.output("sqlite3", [path, "SELECT count(*) FROM t; PRAGMA integrity_check"]) == "225\nok\n")
    }

    /// Room that isn't there ahead may be there for a commit.
    @Test("takes every commit that finds room, where there is none to grow ahead")
    func growsWithoutRoom() async throws {
        let test = try TestLedger()
        let folder = test.folder
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            let ledger = try TestLedger.open(in: folder)
            let log = folder + "/ledger.db-wal"
            try Self.limitFiles(to: (1 << 20) + 100_000)
            var told = 0
            #expect(throws: LedgerError.self) { while true { told = try ledger.commit([Sample.started(told)]).upperBound } }
            #expect(try Self.size(log) > (1 << 20) + 90_000)
            try "\(told)".write(toFile: folder + "/told", atomically: false, encoding: .utf8)
            _exit(0)
        }
        let told = try #require(Int(String(contentsOfFile: "\(folder)/told", encoding: .utf8)))
        let verified = try test.verify()
        #expect(told > 50 && verified.isIntact && (told...told + 1).contains(verified.size), "\(told), \(verified)")
    }

    private static func size(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    }

    /// Up to the last byte that isn't zero.
    private static func used(_ path: String) throws -> Int {
        try #require(FileManager.default.contents(atPath: path)?.lastIndex { $0 != 0 }) + 1
    }

    /// No file of this process may become longer.
    private static func limitFiles(to bytes: Int) throws {
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t.max)
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
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
