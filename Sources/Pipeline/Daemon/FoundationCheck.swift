import Audit
import Spool

/// Whether the daemon still stands on what it opened at the start: its spool's lock, and the ledger's file. Asked at each rescan; the ledger
/// looks at its file with each commit as well.
struct FoundationCheck {
    let lock: SpoolLock
    let ledger: Ledger

    /// - Throws: what only a restart, and mostly a person, can mend.
    func run() throws {
        try lock.confirm()
        do { try ledger.flush() } catch  where error.code == .locked {
            // Only while the daemon ends: otherwise the commit waits.
        }
    }
}
