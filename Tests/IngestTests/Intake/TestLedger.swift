import TestSupport
import Audit

/// A ledger of its own for one test.
func makeLedger(in folder: TemporaryFolder) throws -> Ledger {
    let keyPath = folder["ledger.key"]
    let key = folder.exists("ledger.key") ? try CheckpointKey.load(from: keyPath) : try CheckpointKey.create(at: keyPath)
    return try Ledger(path: folder["ledger.db"], origin: "example.org/ecoc/test", key: key)
}
