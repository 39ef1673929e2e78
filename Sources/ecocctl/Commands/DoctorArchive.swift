import ArgumentParser
import Audit
import Glibc
import Linux
import Pipeline

/// `ecocctl doctor --archive`: the archive against the ledger, beside a running daemon or without one.
struct DoctorArchive {
    let common: CommonOptions

    func run() throws {
        let places = try common.places()
        for folder in ["archive", "rejected"] where access("\(places.spool)/\(folder)", R_OK | X_OK) != 0 {
            throw CommandRefusal(.usage, "'\(places.spool)/\(folder)' can't be read. Run this as root or as the user of ecocd.")
        }
        var findings: [ArchiveFinding] = []
        var toldAt = MonotonicClock.now()
        let progress: ArchiveCheck.Progress
        do {
            let check = ArchiveCheck(
                spool: places.spool, ledger: try LedgerHistory(path: places.ledger), pause: { _ in },
                found: { finding in
                    if common.json { findings.append(finding) } else { Console.line(Console.visible("\(finding)")) }
                },
                advanced: { _, progress in
                    guard MonotonicClock.now() >= toldAt + 2_000_000_000 else { return }
                    toldAt = MonotonicClock.now()
                    Console.error(Self.told(progress))
                })
            progress = try check.run()
        } catch let error as LedgerError {
            throw CommandRefusal(.usage, "\(error)")
        }
        if common.json { try Console.json(findings) } else { Console.line(Self.told(progress)) }
        if progress.findings > 0 { throw ExitCode(RefusalCode.no.rawValue) }
    }

    private static func told(_ progress: ArchiveCheck.Progress) -> String {
        "\(progress.submissions) submissions and \(progress.bytes >> 20) MB compared with the ledger: \(progress.findings) findings."
    }
}
