import Audit
import Certificate
import Configuration
import Generate
import Linux
import Logging
import Publish
import Sign
import Spool
import Synchronization
import Validate

/// What every stage works with: one of each for the life of the daemon. Any thread.
public final class Engine: Sendable {
    let ledger: Ledger
    let spool: Spool
    let processors: Processors
    let seal: SealKit
    let clock: SealingClock
    let sealWatch = SealWatch()
    let references: ReferenceShelf
    let outboxes: OutboxFolders
    let board: StatusBoard
    let logger: Logger
    private let current: Mutex<Configuration>

    /// Held while certificates are given their version, so that no two submissions take the same one.
    let identities = IdentityLock()

    init(
        configuration: Configuration, ledger: Ledger, spool: Spool, processors: Processors, seal: SealKit, clock: SealingClock,
        references: ReferenceShelf, board: StatusBoard, logger: Logger
    ) {
        current = Mutex(configuration)
        self.ledger = ledger
        self.spool = spool
        self.processors = processors
        self.seal = seal
        self.clock = clock
        self.references = references
        outboxes = OutboxFolders(state: configuration.state, ledger: ledger)
        self.board = board
        self.logger = logger
    }

    /// What is in force now; a reload replaces it as a whole.
    var configuration: Configuration {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    /// Called between two batches: a daemon that is to stop doesn't begin another.
    func continueOrStop() throws {
        if board.state.read(\.isStopping) { throw StopRequested() }
    }
}
