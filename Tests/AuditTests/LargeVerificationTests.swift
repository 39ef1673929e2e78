import Foundation
import Testing

@testable import Audit

/// Ledgers of many pages and parts, and ones that grow while they are verified.
@Suite("Verification at large")
struct LargeVerificationTests {
    /// Submissions of several fates, `count` certificates each, in some hundred entries.
    private func live(_ number: Int, _ count: Int) -> [[Event]] {
        let id = "s\(number)"
        let vins = (0..<count).map { "V\(number)-\($0)" }
        var life = Sample.life(id, vins: vins)
        switch number % 4 {
        case 1:
            // Rejected as a whole with everything but the seal done: the versions are free again, and others take them.
            let next = id + "b"
            life = Array(life[0...3]) + [[Sample.rejected(id)]]
            life += [[Sample.received(next)], vins.enumerated().map { Sample.validated(next, $0.element, row: $0.offset + 2) }]
            life += [
                vins.map { Sample.step(.generated, next, $0) }, vins.prefix(count / 2).map { Sample.step(.sealed, next, $0) },
                [Sample.rejected(next)],
            ]
        case 2: life.removeLast(3)
        case 3: life += [vins.prefix(count / 2).flatMap { [collected(id, $0), acknowledged(id, $0)] }]
        default: break
        }
        return life + [[Sample.started(number)]]
    }

    private func collected(_ id: String, _ vin: String) -> Event {
        Event(
            .collected, submission: id,
            ["vin": .text(vin), "stage": 1, "version": 1, "destination": "authority", "bundle": .text("\(vin)-1-v1.asice")])
    }

    private func acknowledged(_ id: String, _ vin: String) -> Event {
        var fields = collected(id, vin).fields
        (fields["outcome"], fields["sha256"], fields["file"]) = ("accepted", "a1", "answer.json")
        return Event(.acknowledged, submission: id, fields)
    }

    private func verify(_ test: TestLedger) throws -> LedgerVerification {
        let found = try test.verify()
        #expect(found.isSignatureVerified && found.incompleteness == nil)
        return found
    }

    @Test("replays every fate of submissions, over many pages and parts, and finds the one row that was forged")
    func manyParts() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        var size = 0
        var number = 0
        while size < 90_000 {
            for events in live(number, 400) { size = try ledger.commit(events).upperBound }
            number += 1
        }
        ledger.close()
        var told = 0
        let found = try LedgerVerifier.verify(path: test.path, verifierKey: test.verifierKey) { done, all in
            #expect(done >= told && done <= all)
            told = done
        }
        #expect(found.isIntact && found.size == size && told == size, "\(found.problems.prefix(5))")
        try test.tamper(
            """
            UPDATE certificate SET xml_sha256 = 'x9' WHERE vin = 'V4-123'; DELETE FROM certificate WHERE vin = 'V1-7';
            UPDATE delivery SET collected = NULL WHERE vin = 'V3-5'; DELETE FROM acknowledgement WHERE vin = 'V3-6';
            DELETE FROM landmark WHERE position = (SELECT max(position) FROM landmark);
            INSERT INTO delivery VALUES('V1-9', 1, 1, 'nobody', 'b', 7, NULL);
            """)
        #expect(
            Set(try verify(test).problems.map(\.description).map { $0.split(separator: ": ")[1] }) == [
                "certificate V4-123 1 1 differs from the entries", "certificate V1-7 1 1 is missing in the projection",
                "delivery V3-5 1 1 authority differs from the entries",
                "acknowledgement V3-6 1 1 authority is missing in the projection",
                "landmark of entry \(size - 1) is missing in the projection",
                "delivery V1-9 1 1 nobody is in the projection, but not in the entries",
            ])
    }

    @Test("goes on while the ledger grows, and finds nothing that isn't there")
    func growing() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        for number in 0..<6 { for events in live(number, 300) { try ledger.commit(events) } }
        let isDone = Results<Bool>()
        let wrote = DispatchGroup()
        wrote.enter()
        Thread {
            var number = 6
            while isDone.all.isEmpty {
                for events in live(number, 20) { _ = try? ledger.commit(events) }
                number += 1
            }
            wrote.leave()
        }.start()
        for _ in 0..<6 {
            let found = try verify(test)
            #expect(found.isIntact, "\(found.problems.prefix(5))")
        }
        isDone.add(true)
        wrote.wait()
        ledger.close()
        #expect(try verify(test).isIntact)
    }

    /// As a lone caller does, who asks for the folding only where it is wanted.
    @Test("the log begins anew at the same length each time")
    func logKeepsItsLength() throws {
        let test = try TestLedger()
        let limits = LogLimits(long: 128, tooLong: 4_096, patience: 100)
        let writer = try LedgerWriter(
            path: test.path, head: HeadSigner(origin: TestLedger.origin, key: test.key, path: test.path),
            lock: WriterLock(path: test.path), older: .none, logLimits: limits)
        var foldings = 0
        for number in 0..<2_000 {
            _ = try writer.commit([EventBatch([Sample.started(number)])]).map { try $0.get() }
            if writer.wantsFolding {
                try writer.foldLogWhenLong()
                foldings += 1
            }
        }
        let size = try #require(try FileManager.default.attributesOfItem(atPath: test.path + "-wal")[.size] as? Int)
        #expect(foldings > 20 && size < 2 * limits.long * (4_096 + 24), "\(foldings) foldings, \(size) bytes")
        try writer.close()
    }

    @Test("leaves the write-ahead log short, although there is always somebody who reads")
    func logStaysShort() throws {
        let test = try TestLedger()
        // Time without end for readers that other tests hold up.
        let limits = LogLimits(long: 256, tooLong: 512, patience: 600_000)
        let writer = try LedgerWriter(
            path: test.path, head: HeadSigner(origin: TestLedger.origin, key: test.key, path: test.path),
            lock: WriterLock(path: test.path), older: .none, logLimits: limits)
        func commit(_ number: Int) throws -> Int {
            for events in live(number, 100) { _ = try writer.commit([EventBatch(events)]).map { try $0.get() } }
            try writer.foldLogWhenLong()
            return try #require(try FileManager.default.attributesOfItem(atPath: test.path + "-wal")[.size] as? Int)
        }
        for number in 0..<20 { _ = try commit(number) }
        let isDone = Results<Bool>(), verified = Results<Bool>()
        let running = DispatchGroup()
        for _ in 0..<2 {
            running.enter()
            Thread {
                while isDone.all.isEmpty { verified.add((try? verify(test))?.isIntact == true) }
                running.leave()
            }.start()
        }
        var largest = 0
        var number = 20
        while verified.all.count < 4 || number < 80 {
            largest = max(largest, try commit(number))
            number += 1
        }
        isDone.add(true)
        running.wait()
        try writer.close()
        #expect(verified.all.allSatisfy { $0 })
        // The limit, and what one round of commits writes.
        #expect(largest < (limits.tooLong + limits.long + 512) * (4_096 + 24), "\(largest) bytes")
    }

    @Test("says that it is incomplete, not that the ledger is wrong, where it has no room for its own files")
    func noRoom() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        for number in 0..<3 { for events in live(number, 300) { try ledger.commit(events) } }
        ledger.close()
        let process = Process()
        process.executableURL = URL(filePath: LedgerCommand.program)
        process.arguments = ["ledger", "verify", "--database", test.path, "--verifier-key", test.verifierKey]
        process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": test.folder + "/none"]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 3 && text.contains("INCOMPLETE") && text.contains("TMPDIR"), "\(text)")
    }
}
