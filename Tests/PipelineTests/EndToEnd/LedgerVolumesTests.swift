import Audit
import Foundation
import Testing

/// Several volumes of one ledger, through the real programs.
@Suite("A ledger of several volumes", .enabled(if: Programs.stock("sqlite3") != nil)) struct LedgerVolumesTests {
    @Test func aRolledLedgerIsOneHistory() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...2), as: "a.csv")
            let first = try await house.report(of: "a.csv")
            let rolled = try await Self.roll(house)
            #expect(rolled.status == 0 && rolled.text.contains("house.example/ecoc/2"), "\(rolled.everything)")
            // What was published in the closed volume is still known.
            try house.drop(Export.file(2...3), as: "b.csv")
            let second = try await house.report(of: "b.csv")
            #expect(second.counts.published == 1 && second.counts.duplicates == 1, "\(second)")
            try house.drop(Export.file(1...2), as: "c.csv")
            #expect(try await house.report(of: "c.csv").first == first.submission)
            try await expectOneHistory(house, first.submission, second.submission)
            try await house.end()
            try await house.start()
            #expect(try house.status().incidents.isEmpty)
            try house.drop(Export.file(3...4), as: "d.csv")
            #expect(try await house.report(of: "d.csv").counts.duplicates == 1)
            #expect(try await Self.roll(house).status == 0)
            #expect(try await house.verifyLedger() == 0)
            try await house.end()
            #expect(try await house.verifyLedger() == 0)
            try await expectTamperedVolumeIsNamed(house)
        }
    }

    /// People go on deciding about what a closed volume has.
    @Test func aClosedVolumesCertificatesAreCorrectedAndWithdrawn() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...2), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            #expect(try await Self.roll(house).status == 0)
            let notice = "\(house.outbox)/\(Export.vin(1))-1-v1.withdrawn.asice"
            let withdrawn = try await house.ecocctl("withdraw", Export.vin(1), "--reason", "Written off.")
            #expect(withdrawn.status == 0 && FileManager.default.fileExists(atPath: notice), "\(withdrawn.everything)")
            #expect(try await house.ecocctl("withdraw", Export.vin(1), "--reason", "again").status == 1)
            let show = try await house.ecocctl("show", Export.vin(1), "--history")
            #expect(show.text.contains("carried") && show.text.contains("withdrawn"), "\(show.everything)")
            try house.drop(Export.file(2...2, mass: "671"), as: "b.csv")
            try await house.eventually("the correction is held") { try house.status().stages["hold"] == 1 }
            // A held submission is in work.
            let refused = try await house.ecocctl("ledger", "roll")
            #expect(refused.status == 1 && refused.errors.contains("in work"), "\(refused.everything)")
            let held = try #require(FileManager.default.contentsOfDirectory(atPath: "\(house.spool)/hold").first)
            let released = try await house.ecocctl("release", held)
            #expect(released.status == 0, "\(released.everything)")
            #expect(try await house.report(of: "b.csv", number: 2).counts.published == 1)
            #expect(house.bundles().contains("\(Export.vin(2))-1-v2.asice"))
            #expect(try await Self.roll(house).status == 0)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    @Test func allVolumesArePutBackFromABackup() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...2), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            #expect(try await Self.roll(house).status == 0)
            let folder = "\(house.root)/backups"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            let made = try await house.ecocctl("ledger", "backup", folder)
            #expect(made.status == 0 && made.text.contains("\(folder)/ledger-1.db"), "\(made.everything)")
            try await house.end()
            for name in try FileManager.default.contentsOfDirectory(atPath: house.state)
            where name.hasPrefix("ledger") && name.contains(".db") {
                try FileManager.default.removeItem(atPath: "\(house.state)/\(name)")
            }
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
                let target = name == "ledger-1.db" ? name : "ledger.db"
                try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(house.state)/\(target)")
            }
            // The backup's own record came after it.
            try await house.startWithRestoredLedger()
            try await house.eventually("it is at work") { (try? house.status())?.ready == true }
            #expect(try house.status().incidents.isEmpty)
            #expect(try house.status().ledger.origin == "house.example/ecoc/2")
            try house.drop(Export.file(2...3), as: "b.csv")
            let report = try await house.report(of: "b.csv")
            #expect(report.counts.published == 1 && report.counts.duplicates == 1)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    @Test func theDaemonDoesNotStartWithoutAVolume() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...1), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            #expect(try await Self.roll(house).status == 0)
            try await house.end()
            try FileManager.default.removeItem(atPath: "\(house.state)/ledger-1.db")
            try house.launch()
            try await house.eventually("the daemon ends") { !house.isRunning }
            #expect(house.logText().contains("the volume 'house.example/ecoc/1' is missing beside the ledger"))
            #expect(try await house.verifyLedger() == 1)
        }
    }

    @Test func rollNeedsTheDaemon() async throws {
        try await House.empty { house in
            let refused = try await house.ecocctl("ledger", "roll")
            #expect(refused.status == 4)
        }
    }

    /// Refused while the last move isn't on record or another test's reading is in the way: asked again.
    static func roll(_ house: House) async throws -> Programs.Output {
        var done = try await house.ecocctl("ledger", "roll")
        for _ in 0..<100 where done.status == 1 {
            try await Task.sleep(for: .milliseconds(50))
            done = try await house.ecocctl("ledger", "roll")
        }
        return done
    }

    private func expectOneHistory(_ house: House, _ first: String, _ second: String) async throws {
        let list = try await house.ecocctl("list")
        #expect(list.text.contains(first) && list.text.contains(second), "\(list.everything)")
        let show = try await house.ecocctl("show", Export.vin(1), "--history")
        #expect(show.status == 0 && show.text.contains("volume house.example/ecoc/1") && show.text.contains("sealed"), "\(show.everything)")
        let verify = try await house.ecocctl("ledger", "verify", "--json")
        #expect(verify.status == 0 && verify.text.contains("house.example/ecoc/1") && verify.text.contains("house.example/ecoc/2"))
        let key = "\(house.state)/ledger.vkey"
        let text = try String(contentsOfFile: key, encoding: .utf8).trimmingCharacters(in: .newlines)
        for number in [1, 3] {
            // The bundles of both volumes, each with the one key that was noted when the ledger was created.
            let bundle = "\(house.outbox)/\(Export.bundle(number))"
            let verified = try await house.ecocctl("verify", bundle, "--verifier-key", text)
            #expect(verified.status == 0, "\(verified.everything)")
            #expect(try await house.ecocctl("ledger", "verify", "--against", bundle).status == 0)
            let proof = "\(house.root)/proof-\(number)"
            try FileManager.default.createDirectory(atPath: proof, withIntermediateDirectories: false)
            #expect(try await house.ecocctl("ledger", "prove", Export.vin(number), "--output", proof).status == 0)
            let name = "\(proof)/\(Export.vin(number))-1-v1"
            let checked = try await Programs.run(
                Programs.ecocctl,
                ["ledger", "check-proof", "\(name).tlog-proof", "--record", "\(name).record.json", "--verifier-key", text])
            #expect(checked.status == 0 && checked.text.contains("ecoc/\(number == 1 ? 1 : 2)"), "\(checked.everything)")
        }
        let head = try LedgerReader(path: "\(house.state)/ledger-1.db").head()
        try house.write(head, to: "\(house.root)/head-1")
        #expect(try await house.ecocctl("ledger", "consistency", "\(house.root)/head-1", "\(house.root)/head-1").status == 0)
    }

    private func expectTamperedVolumeIsNamed(_ house: House) async throws {
        let path = "\(house.state)/ledger-1.db"
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let done = try await Programs.run(
            Programs.stock("sqlite3") ?? "",
            ["-bail", path, "DROP TRIGGER entry_no_update; UPDATE entry SET record = CAST('x' AS BLOB) WHERE position = 3"])
        #expect(done.status == 0, "\(done.everything)")
        let verify = try await house.ecocctl("ledger", "verify", "--json")
        #expect(verify.status == 1 && verify.text.contains("\"volume\" : \"\(path)\""), "\(verify.everything)")
    }
}
