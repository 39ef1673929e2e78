import Foundation
import TestSupport
import Testing

/// A spool without room, while the inbox lies elsewhere and has some.
@Suite struct FullSpoolTests {
    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func whatCanNotBeTakenIsTriedAtRescansOnly() async throws {
        let share = try TemporaryFolder()
        try await House.empty(["share": "inbox = \"\(share.path)\"\n\(House.csv)"], rescanSeconds: 3600) { house in
            guard mount("tmpfs", house.spool, "tmpfs", 0, "size=8m") == 0 else { throw Disappointment(what: "no tmpfs: \(errno)") }
            defer { umount2(house.spool, Int32(MNT_DETACH)) }
            try house.launch()
            try await house.eventually("the daemon is ready") { (try? house.status())?.ready == true }
            let ballast = "\(house.spool)/ballast"
            try fill(ballast)
            try house.write(Export.file([1]), to: share[".a.csv.part"])
            try FileManager.default.moveItem(atPath: share[".a.csv.part"], toPath: share["a.csv"])
            try await house.eventually("it is told") { house.logText().contains("share/a.csv stopped where it is") }
            // Whatever else the daemon does meanwhile, this isn't done again.
            for _ in 0..<20 { _ = try house.status() }
            try house.write(Export.file([2]), to: share["b.csv"])
            try await house.eventually("the other one is told, too") { house.logText().contains("share/b.csv stopped where it is") }
            let tries = house.logText().components(separatedBy: "share/a.csv stopped where it is").count - 1
            #expect(tries == 1)
            let status = try house.status()
            #expect(status.incidents.contains { $0.what.contains("No space left") } && !status.idle)
            try FileManager.default.removeItem(atPath: ballast)
            #expect(try await house.ecocctl("rescan").status == 0)
            // Reference data would have lain in the spool: what counts here is that both are taken, once each.
            for (number, name) in [(1, "a.csv"), (2, "b.csv")] {
                let report = try await house.report(of: name, in: "share")
                #expect(house.original(of: report.submission) == Array(Export.file([number]).utf8))
                #expect(house.reports(of: name, in: "share").count == 1)
            }
            #expect(try await house.verifyLedger() == 0)
        }
    }

    private func fill(_ path: String) throws {
        let file = open(path, O_CREAT | O_WRONLY, 0o600)
        defer { close(file) }
        var room = statvfs()
        guard file >= 0, fstatvfs(file, &room) == 0 else { throw Disappointment(what: "no ballast: \(errno)") }
        let code = posix_fallocate(file, 0, off_t(room.f_bavail) * off_t(room.f_bsize))
        guard code == 0 else { throw Disappointment(what: "no ballast: \(code)") }
    }
}
