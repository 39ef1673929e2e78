import Audit
import Foundation
import Testing

/// What lies in `archive` and `rejected` is compared with the ledger, on demand and by itself.
@Suite struct ArchiveTests {
    private var files: FileManager { .default }

    /// A house with five files of one vehicle each in the archive, and one rejected.
    private func withArchive(_ body: (House, [String]) async throws -> Void) async throws {
        try await House.run(rescanSeconds: 1) { house in
            var ids: [String] = []
            for number in 1...5 {
                try house.drop(Export.file([number]), as: "file-\(number).csv")
                ids.append(try await house.report(of: "file-\(number).csv").submission)
            }
            try house.drop(Export.file([Export.row(6, mass: "heavy")]), as: "bad.csv")
            ids.append(try await house.report(of: "bad.csv").submission)
            try await body(house, ids)
        }
    }

    private func change(_ path: String) throws {
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count / 2] ^= 1
        try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        try bytes.write(to: URL(filePath: path))
    }

    @Test func everyDifferenceIsFoundOnDemand() async throws {
        try await withArchive { house, ids in
            let sound = try await house.ecocctl("doctor", "--archive")
            #expect(sound.status == 0, "\(sound.everything)")
            #expect(sound.text.contains(": 0 findings."))

            let archive = "\(house.spool)/archive"
            try change("\(archive)/\(ids[0])/bundles/\(Export.bundle(1))")
            try change("\(archive)/\(ids[1])/original/file-2.csv")
            try files.removeItem(atPath: "\(archive)/\(ids[2])")
            try files.removeItem(atPath: "\(archive)/\(ids[3])/bundles/\(Export.bundle(4))")
            try files.moveItem(atPath: "\(house.spool)/rejected/\(ids[5])", toPath: "\(archive)/\(ids[5])")
            let stray = "20200101T000000.000Z-00000000"
            try files.copyItem(atPath: "\(archive)/\(ids[4])", toPath: "\(archive)/\(stray)")

            let found = try await house.ecocctl("doctor", "--archive")
            #expect(found.status == 1 && found.text.contains(": 7 findings."), "\(found.everything)")
            let lines = found.text.split(separator: "\n")
            for (id, words) in [
                (ids[0], "bundles/\(Export.bundle(1))' has the SHA-256"), (ids[1], "original/file-2.csv' has the SHA-256"),
                (ids[2], "isn't in '\(archive)'"), (ids[3], "bundles/\(Export.bundle(4))' can't be read"),
                (ids[5], "isn't in '\(house.spool)/rejected'"), (ids[5], "but the ledger has it in 'rejected'"),
                (stray, "the ledger has never received it"),
            ] {
                #expect(lines.contains { $0.hasPrefix("\(id): ") && $0.contains(words) }, "\(words)\n\(found.text)")
            }
            // Without a daemon, too.
            try await house.end()
            #expect(try await house.ecocctl("doctor", "--archive").status == 1)
        }
    }

    @Test func scrubTellsUntilSomebodyHasLooked() async throws {
        try await withArchive { house, ids in
            try await house.end()
            try files.removeItem(atPath: "\(house.state)/archive-scrub.json")
            try change("\(house.spool)/archive/\(ids[0])/bundles/\(Export.bundle(1))")
            try files.removeItem(atPath: "\(house.spool)/archive/\(ids[1])")
            try await house.start()
            try await house.eventually("the scrub has been through") { try house.status().archive?.checkedAt != nil }
            let status = try house.status()
            #expect(status.ready && status.archive?.findings == 2 && status.archive?.submissions ?? 0 >= 6)
            #expect(Set(status.incidents.map(\.submission)) == [ids[0], ids[1]])
            #expect(try house.reader.history(submission: ids[1]).contains { $0.record?.kind == "incident" })
            // The work goes on.
            try house.drop(Export.file([7]), as: "seven.csv")
            #expect(try await house.report(of: "seven.csv").outcome == "published")

            #expect(try await house.ecocctl("doctor", "--acknowledge").status == 0)
            #expect(try house.status().incidents.isEmpty)
            try await house.end(with: SIGKILL)
            try await house.start()
            #expect(try house.status().incidents.isEmpty && house.status().archive?.findings == 0)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// What lies in the archive is no reason to start late, or not to start.
    @Test func archiveIsNotWalkedAtTheStart() async throws {
        try await withArchive { house, ids in
            try await house.end()
            let archive = "\(house.spool)/archive"
            try files.copyItem(atPath: "\(archive)/\(ids[4])", toPath: "\(archive)/20200101T000000.000Z-00000000")
            try await house.start()
            #expect(try house.status().ready)
            try await house.end(with: SIGKILL)
            // After a restore of the ledger it is.
            try house.write("", to: "\(house.state)/restored")
            try house.launch()
            try await house.eventually("the stray is an incident") {
                (try? house.status())?.incidents.contains { $0.what.contains("never received it") } ?? false
            }
            #expect(try !house.status().ready)
            try await house.end()
            try files.removeItem(atPath: "\(archive)/20200101T000000.000Z-00000000")
            try await house.start()
            #expect(!files.fileExists(atPath: "\(house.state)/restored"))
        }
    }
}
