import Audit
import Foundation
import Spool
import Testing

@testable import Pipeline

/// A check that is cut off goes on where it was.
@Suite struct ArchiveCheckTests {
    private struct CutOff: Error {}

    @Test func cutOffCheckFindsEverythingOnce() throws {
        let folder = "\(NSTemporaryDirectory())/ecocd-archive-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: "\(folder)/spool", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Spool.prepare(root: "\(folder)/spool")
        let ledger = try Ledger(
            path: "\(folder)/ledger.db", origin: "example.org/ecoc/1", key: CheckpointKey.create(at: "\(folder)/checkpoint.key"))
        var ids: [String] = []
        for _ in 0..<700 {
            let id = SubmissionID.make().text
            ids.append(id)
            ledger.enqueue([
                Event(
                    .received, submission: id,
                    [
                        "source": "erp", "name": "a.csv", "size": 1, "sha256": "ab", "owner": 1, "device": "1", "inode": "1",
                    ]), Event(.moving, submission: id, ["from": "tmp", "to": "archive", "digest": "ab"]),
                Event(.moved, submission: id, ["from": "tmp", "to": "archive", "digest": "ab"]),
            ])
        }
        try ledger.flush()
        var found: [String] = []
        var reached: (ArchiveCheck.Place, ArchiveCheck.Progress)?
        var cuts = 0
        while true {
            let before = found.count
            let check = ArchiveCheck(
                spool: "\(folder)/spool", ledger: try LedgerHistory(path: "\(folder)/ledger.db"), pause: { _ in },
                found: { found.append($0.submission) },
                advanced: { place, progress in
                    reached = (place, progress)
                    if found.count > before { throw CutOff() }
                })
            do {
                let progress = try check.run(from: reached?.0, after: reached?.1 ?? .init())
                #expect(progress.submissions == 700 && progress.findings == 700)
                break
            } catch is CutOff { cuts += 1 }
        }
        #expect(cuts == 3)
        #expect(found.sorted() == ids.sorted())
        ledger.close()
    }
}
