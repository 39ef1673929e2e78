import Foundation
import Testing

@testable import Audit

@Suite("Crashes and other processes")
struct CrashTests {
    @Test("a killed writer loses nothing that it was told is durable, and the ledger opens again")
    func killedWriter() async throws {
        let test = try TestLedger()
        let folder = test.folder
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            let ledger = try TestLedger.open(in: folder)
            for number in 0..<300 {
                let range = try ledger.commit([Sample.started(number)])
                ledger.enqueue([Sample.started(-1)])
                try Data("\(range.lowerBound)".utf8).write(to: URL(filePath: folder + "/durable"))
            }
            kill(getpid(), SIGKILL)
        }
        let durable = try #require(Int(String(contentsOfFile: folder + "/durable", encoding: .utf8)))
        let killed = try test.verify()
        #expect(killed.isIntact && killed.size > durable, "\(killed.problems)")

        let ledger = try test.open()
        #expect(try ledger.commit([Sample.started()]).lowerBound == killed.size)
        ledger.close()
        #expect(try test.verify().isIntact)
    }

    @Test("database and log copied at any moment between commits are a whole ledger")
    func copies() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        for round in 0..<12 {
            for number in 0..<50 { try ledger.commit([Sample.started(number)]) }
            let copy = test.folder + "/copy\(round).db"
            try FileManager.default.copyItem(atPath: test.path, toPath: copy)
            try FileManager.default.copyItem(atPath: test.path + "-wal", toPath: copy + "-wal")
            let reopened = try Ledger(path: copy, origin: TestLedger.origin, key: test.key)
            #expect(try reopened.commit([Sample.started()]) == (round + 1) * 50..<(round + 1) * 50 + 1)
            reopened.close()
            #expect(try LedgerVerifier.verify(path: copy, verifierKey: test.verifierKey).isIntact)
        }
    }

    @Test("a log cut anywhere leaves a whole, shorter ledger")
    func cutLog() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        for events in Sample.life("s1", vins: ["A", "B"]) { try ledger.commit(events) }
        let database = try Data(contentsOf: URL(filePath: test.path)), log = try Data(contentsOf: URL(filePath: test.path + "-wal"))
        // A cut before the first commit leaves an empty database, which isn't a ledger yet.
        for length in stride(from: log.count, to: log.count / 2, by: -5_000) {
            let copy = test.folder + "/cut\(length).db"
            try database.write(to: URL(filePath: copy))
            try log.prefix(length).write(to: URL(filePath: copy + "-wal"))
            let found = try LedgerVerifier.verify(path: copy, verifierKey: test.verifierKey)
            #expect(found.isIntact, "\(length): \(found.problems)")
        }
    }

    @Test("another process reads and verifies while this one writes")
    func readerBesideWriter() async throws {
        let test = try TestLedger()
        let ledger = try test.open()
        let isDone = Results<Bool>()
        let writer = Thread {
            var number = 0
            while isDone.all.isEmpty, number < 300 {
                for events in Sample.life("s\(number)", vins: ["A\(number)", "B\(number)"]) { _ = try? ledger.commit(events) }
                number += 1
            }
        }
        writer.start()
        let (path, verifierKey) = (test.path, test.verifierKey)
        await #expect(processExitsWith: .success) { [path = path as String, verifierKey = verifierKey as String] in
            let reader = try LedgerReader(path: path)
            var last = 0
            for _ in 0..<15 {
                let found = try LedgerVerifier.verify(path: path, verifierKey: verifierKey)
                guard found.isIntact, found.isSignatureVerified, found.size >= last else { exit(1) }
                last = found.size
                guard try reader.size() >= last, CheckpointNote(try reader.head()) != nil else { exit(2) }
                usleep(2_000)
            }
        }
        isDone.add(true)
        ledger.close()
        let found = try test.verify()
        #expect(found.size > 0 && found.isIntact, "\(found.problems)")
    }

    @Test(
        "a commit alone costs one write and one fdatasync",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"), "needs strace"))
    func syncsPerCommit() async throws {
        let test = try TestLedger()
        let folder = test.folder
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            let ledger = try TestLedger.open(in: folder)
            try ledger.commit([Sample.started()])
            let strace = Process()
            strace.executableURL = URL(filePath: "/usr/bin/strace")
            strace.arguments = ["-f", "-qq", "-p", "\(getpid())", "-e", "trace=fdatasync,fsync,pwrite64", "-o", folder + "/trace"]
            strace.standardError = FileHandle.nullDevice
            try strace.run()
            usleep(700_000)
            for number in 0..<20 { try ledger.commit([Sample.started(number)]) }
            _exit(0)  // closing would sync as well, and strace ends with its tracee
        }
        let lines = Self.lines(of: folder + "/trace")
        let syncs = lines.filter { $0.contains("sync(") }
        if syncs.isEmpty {
            withKnownIssue("strace may not attach to processes here: nothing counted") { Issue.record("no trace") }
        } else {
            #expect(syncs.count == 20, "\(syncs)")
            #expect(lines.count { $0.contains("pwrite64(") } == 20, "\(lines)")
        }
    }

    /// A file's lines once it has stopped growing: strace writes its last ones after its tracee has gone.
    private static func lines(of path: String) -> [Substring] {
        var text = ""
        for _ in 0..<20 {
            let now = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            if !now.isEmpty, now == text { break }
            text = now
            usleep(100_000)
        }
        return text.split(separator: "\n")
    }
}
