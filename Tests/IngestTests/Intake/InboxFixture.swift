import TestSupport
import Audit
import Glibc
import Ingest
import Linux
import Spool
import Testing

/// A spool with one inbox of the source `erp`, and an intake with a clock of its own.
final class InboxFixture {
    let folder: TemporaryFolder
    let ledger: Ledger
    let spool: Spool
    /// CLOCK_MONOTONIC as the intake is told, in seconds.
    var now = 1000.0
    var settings: InboxSettings
    var structure: Intake.StructureCheck = { _, _ in .complete }
    lazy var intake = Intake(inboxes: [settings], structure: structure)

    init(inbox: String? = nil) throws {
        folder = try TemporaryFolder()
        ledger = try makeLedger(in: folder)
        try Spool.prepare(root: folder["spool"], sources: [.init(name: "erp")])
        spool = try Spool(root: folder["spool"], ledger: ledger)
        settings = InboxSettings(source: "erp", path: inbox ?? folder["spool/inbox/erp"])
    }

    func inbox() throws -> Directory { try Directory(settings.path) }

    func path(_ name: String) -> String { "\(settings.path)/\(name)" }

    func entry(_ name: String) throws -> InboxEntry { InboxEntry(source: "erp", name: try #require(FileName(name))) }

    func drop(_ name: String, _ content: String = "content") throws { try inbox().writeFile(name, Array(content.utf8), mode: 0o660) }

    func append(_ text: String, to name: String) throws {
        let file = try inbox().open(name, .append(mode: 0o660))
        try file.writeAll(Array(text.utf8))
    }

    func scan(after seconds: Double = 0, movedIn: Set<InboxEntry> = []) -> ScanResult {
        now += seconds
        return intake.scan(now: UInt64(now * 1e9), movedIn: movedIn)
    }

    /// Looks, waits until everything has settled, and looks again.
    func scanSettled() -> ScanResult {
        _ = scan()
        return scan(after: 2)
    }

    func take(_ name: String) throws -> Claim.Taken {
        let file = try #require(scanSettled().ready.first { $0.name == name })
        return try Claim.take(file, into: spool, profile: Array("format = \"csv\"\n".utf8))
    }

    func refuse(_ name: FileName) throws -> Claim.Refused {
        let refused = try #require(scanSettled().refused.first { $0.entry.name == name })
        return try Claim.refuse(refused, into: spool)
    }

    func original(_ submission: Submission, in stage: Stage) -> String? {
        folder.read("spool/\(stage.rawValue)/\(submission.id)/original/\(submission.name)")
    }

    func entries() throws -> [String] { try inbox().entries().map(\.description).sorted() }
}
