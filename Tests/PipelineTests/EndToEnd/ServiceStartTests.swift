import Foundation
import Testing

/// When a start is over for the service manager, and what scripts learn of the rest.
@Suite struct ServiceStartTests {
    /// A stage holds what the ledger never received: an administrator has to look before anything is taken.
    private func putStray(_ house: House) throws {
        let stray = "\(house.spool)/validate/20261123T140512.123Z-k7q2mzr4"
        try FileManager.default.createDirectory(atPath: stray, withIntermediateDirectories: true)
    }

    @Test func incidentDoesNotHoldUpTheStart() async throws {
        try await House.empty { house in
            try await house.start()
            try await house.end()
            try putStray(house)
            let manager = try ServiceManager(path: "\(house.root)/notify.sock")
            try house.launch(["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "3000000"])
            try await house.eventually("the service manager knows that it answers") { manager.heard("READY=1") }
            try await house.eventually("it says what it waits for") { manager.heard("STATUS=Not ready: 1 incidents wait") }
            let status = try house.status()
            #expect(!status.ready && status.phase == .waiting && status.incidents.count == 1)
            // A start that waits for a person isn't a daemon that stands still.
            let before = manager.assignments.count { $0 == "WATCHDOG=1" }
            try await house.eventually("it shows life") { manager.assignments.count { $0 == "WATCHDOG=1" } > before + 2 }
            let waited = try await house.ecocctl("status", "--wait", "300")
            #expect(waited.status == 1 && waited.text.contains("it waits for an administrator"), "\(waited.everything)")
            // What is read again meanwhile counts, and doesn't end the waiting.
            try house.configure("second", House.csv)
            house.reload()
            try await house.eventually("the reload is over") { house.logText().contains("was read again and is in force") }
            #expect(try !house.status().ready)
            #expect(try await house.ecocctl("doctor", "--acknowledge").status == 0)
            let ready = try await house.ecocctl("status", "--wait")
            #expect(ready.status == 0, "\(ready.everything)")
            try await house.eventually("the service manager knows that it works") { manager.heard("STATUS=0 submissions in work") }
            #expect(manager.assignments.count { $0 == "RELOADING=1" } == 1 && !manager.heard("EXTEND_TIMEOUT"))
            try house.drop(Export.file([1]), as: "a.csv", in: "second")
            #expect(try await house.report(of: "a.csv", in: "second").outcome == "published")
        }
    }

    @Test func waitingEndsInTime() async throws {
        try await House.empty { house in
            let silent = try await house.ecocctl("status", "--wait", "1")
            #expect(silent.status == 4 && silent.errors.contains(house.socket), "\(silent.everything)")
            #expect(try await house.ecocctl("status", "--wait", "-1").status == 2)
            async let waited = house.ecocctl("status", "--wait", "300", "--json")
            try await house.start()
            let ready = try await waited
            #expect(ready.status == 0 && ready.text.contains("\"ready\" : true"), "\(ready.everything)")
        }
    }

    /// What keeps the daemon from starting is known before it says that it runs.
    @Test func whatCanNotStartIsNeverReady() async throws {
        try await House.empty { house in
            try FileManager.default.removeItem(atPath: "\(house.root)/keys/seal.pem")
            let manager = try ServiceManager(path: "\(house.root)/notify.sock")
            try house.launch(["NOTIFY_SOCKET": manager.path])
            try await house.eventually("it ends") { !house.isRunning }
            #expect(!manager.heard("READY=1"), "\(manager.assignments)")
        }
    }
}
