import Foundation
import Spool
import TestSupport
import Testing

/// One daemon a spool.
@Suite struct SpoolLockTests {
    let folder: TemporaryFolder
    private var root: String { folder["spool"] }
    private var file: String { "\(root)/spool.lock" }

    init() throws { folder = try TemporaryFolder() }

    private func take(pid: Int32 = 17) throws(SpoolError) -> SpoolLock {
        let holder = SpoolLock.Holder(
            pid: pid, host: "node-a", since: "2026-11-23T14:05:12.123Z", configuration: "/etc/ecocd/ecocd.toml", settingsSHA256: "ab")
        return try SpoolLock(root: root, holder: holder)
    }

    private func expectOccupied(by pid: Int32, _ body: () throws(SpoolError) -> Void) {
        do {
            try body()
            Issue.record("a second daemon got the spool")
        } catch {
            #expect("\(error)".contains("another ecocd works on this spool (pid \(pid) on node-a, since 2026-11-23T14:05:12.123Z"))
            #expect("\(error)".contains("/etc/ecocd/ecocd.toml"))
        }
    }

    @Test func secondOneIsToldWhoHasIt() throws {
        let first = try take()
        expectOccupied(by: 17) { () throws(SpoolError) in _ = try take(pid: 18) }
        first.release()
        let second = try take(pid: 18)
        expectOccupied(by: 18) { () throws(SpoolError) in _ = try take(pid: 19) }
        second.release()
        // Whoever may open the file may hold the lock.
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func startedProgramDoesNotInheritIt() async throws {
        let lock = try take()
        let child = Process()
        child.executableURL = URL(filePath: "/bin/sleep")
        child.arguments = ["60"]
        try child.run()
        defer { child.terminate() }
        lock.release()
        _ = try take(pid: 18)
    }

    @Test func removedFileIsLockedAnew() throws {
        let lock = try take()
        try lock.confirm()
        try FileManager.default.removeItem(atPath: file)
        try lock.confirm()
        #expect(FileManager.default.fileExists(atPath: file))
        expectOccupied(by: 17) { () throws(SpoolError) in _ = try take(pid: 18) }
    }

    @Test func whoeverLostItIsTold() throws {
        let lock = try take()
        try FileManager.default.removeItem(atPath: file)
        let other = try take(pid: 18)
        expectOccupied(by: 18) { () throws(SpoolError) in try lock.confirm() }
        _ = other
    }

    @Test func spoolThatWasMovedAwayIsNoticed() throws {
        let lock = try take()
        try FileManager.default.moveItem(atPath: root, toPath: folder["elsewhere"])
        #expect(throws: SpoolError.self) { try lock.confirm() }
        try FileManager.default.moveItem(atPath: folder["elsewhere"], toPath: root)
        try lock.confirm()
    }
}
