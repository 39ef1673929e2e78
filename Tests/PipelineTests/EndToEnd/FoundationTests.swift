import Audit
import Control
import Foundation
import Testing

/// What the daemon stands on: one spool for itself, the ledger's file under its name, a disk that takes commits, nobody else's locks.
@Suite struct FoundationTests {
    private var files: FileManager { .default }

    private func waitForTheEnd(_ house: House) async throws -> Int32 {
        try await house.eventually("the daemon ends") { !house.isRunning }
        return house.process.withLock { $0?.terminationStatus ?? -1 }
    }

    @Test func secondDaemonWithAStateOfItsOwnIsRefused() async throws {
        try await House.run { house in
            let other = "\(house.root)/other"
            try files.createDirectory(atPath: "\(other)/state", withIntermediateDirectories: true)
            try files.copyItem(atPath: "\(house.root)/etc", toPath: "\(other)/etc")
            let settings = try String(contentsOfFile: house.config, encoding: .utf8)
            try house.write(
                settings.replacing(house.state, with: "\(other)/state").replacing(house.socket, with: "\(other)/socket"),
                to: "\(other)/etc/ecocd.toml")
            let second = try await Programs.run(Programs.daemon, ["--config", "\(other)/etc/ecocd.toml"])
            #expect(second.status != 0)
            #expect(second.everything.contains("another ecocd works on this spool (pid \(house.identifier) on "))
            #expect(second.everything.contains("configuration \(house.config)"))
            // Checked before anything else: it has made neither a ledger nor a key.
            #expect(try files.contentsOfDirectory(atPath: "\(other)/state").isEmpty)

            // The kernel lets go of the lock, however the daemon ends.
            try await house.end(with: SIGKILL)
            try await house.start()
            #expect(try house.status().ready)
        }
    }

    @Test(arguments: ["removed", "replaced"]) func ledgerTakenAwayEndsTheDaemon(_ fate: String) async throws {
        try await House.run(rescanSeconds: 1) { house in
            try house.drop(Export.file(1...3), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            try await house.eventually("it is idle") { try house.status().idle }
            let size = try house.reader.size()
            if fate == "removed" {
                try files.removeItem(atPath: house.ledger)
            } else {
                try files.copyItem(atPath: house.ledger, toPath: "\(house.state)/copy")
                #expect(rename("\(house.state)/copy", house.ledger) == 0)
            }
            #expect(try await waitForTheEnd(house) != 0)
            #expect(house.logText().contains("under the running daemon"))
            let names = try files.contentsOfDirectory(atPath: house.state)
            let rescued = try #require(names.first { $0.hasPrefix("ledger-rescued-") && $0.hasSuffix(".db") })
            #expect(try LedgerReader(path: "\(house.state)/\(rescued)").size() >= size)
            #expect(try await house.ecocctl("ledger", "verify", "--database", "\(house.state)/\(rescued)").status == 0)

            // The next start compares with the remembered head; what was rescued is the ledger.
            for suffix in ["", "-wal", "-shm"] { try? files.removeItem(atPath: house.ledger + suffix) }
            try files.moveItem(atPath: "\(house.state)/\(rescued)", toPath: house.ledger)
            try await house.start()
            try house.drop(Export.file(1...4), as: "second.csv")
            #expect(try await house.report(of: "second.csv").records.map(\.status) == ["duplicate", "duplicate", "duplicate", "published"])
        }
    }

    @Test(.enabled(if: Programs.stock("strace") != nil)) func slowDiskOfTheLedgerIsShown() async throws {
        try await House.run { house in
            let strace = Process()
            strace.executableURL = URL(filePath: try #require(Programs.stock("strace")))
            strace.arguments = [
                "-f", "-p", "\(house.identifier)", "-o", "/dev/null", "-P", "\(house.ledger)-wal", "-e", "trace=fdatasync,fsync", "-e",
                "inject=fdatasync,fsync:delay_enter=1300000",
            ]
            strace.standardError = try Programs.file("\(house.root)/strace")
            try strace.run()
            defer { kill(strace.processIdentifier, SIGKILL) }
            try await house.eventually("strace is there") {
                try String(contentsOfFile: "\(house.root)/strace", encoding: .utf8).contains("attached")
            }
            try house.drop(Export.file([1]), as: "slow.csv")
            try await house.eventually("the slow disk is shown") { try house.status().ledger.problem != nil }
            let shown = try await house.ecocctl("status").text
            #expect(shown.contains("SLOW: ") && shown.contains("longest "))
            _ = try await house.report(of: "slow.csv")
            #expect(try house.status().ledger.commits?.longestMilliseconds ?? 0 >= 1300)
            // Its tracees go on by themselves. Other signals may be blocked by who started the tests.
            kill(strace.processIdentifier, SIGKILL)
            strace.waitUntilExit()
            for number in 2...6 {
                try house.drop(Export.file([number]), as: "fast-\(number).csv")
                _ = try await house.report(of: "fast-\(number).csv")
            }
            try await house.eventually("the disk is well again") { try house.status().ledger.problem == nil }
            #expect(house.logText().split(separator: "The ledger's disk is slow: a commit took ").count == 2)
            #expect(house.logText().contains("The ledger's disk is as fast as it should be again"))
        }
    }

    @Test(.enabled(if: Programs.stock("sqlite3") != nil)) func lockOfAnotherProcessIsNamedAndWaitedFor() async throws {
        try await House.run { house in
            let (shell, input) = (Process(), Pipe())
            shell.executableURL = URL(filePath: try #require(Programs.stock("sqlite3")))
            shell.arguments = [house.ledger]
            shell.standardInput = input
            shell.standardOutput = try Programs.file("\(house.root)/sqlite3")
            try shell.run()
            defer { kill(shell.processIdentifier, SIGKILL) }
            input.fileHandleForWriting.write(Data(".timeout 60000\nBEGIN IMMEDIATE;\nSELECT 'held';\n".utf8))
            try await house.eventually("the lock is held") {
                try String(contentsOfFile: "\(house.root)/sqlite3", encoding: .utf8).contains("held")
            }
            try house.drop(Export.file([1]), as: "file.csv")
            try await house.eventually("the lock is shown") {
                try house.status().ledger.problem == "sqlite3, pid \(shell.processIdentifier) holds the ledger locked"
            }
            #expect(house.isRunning && house.logText().contains("sqlite3, pid \(shell.processIdentifier) holds the ledger locked"))
            #expect(!house.logText().contains("Check the disk"))
            kill(shell.processIdentifier, SIGKILL)
            #expect(try await house.report(of: "file.csv").records.map(\.status) == ["published"])
            try await house.eventually("nothing is shown any more") { try house.status().ledger.problem == nil }
        }
    }
}
