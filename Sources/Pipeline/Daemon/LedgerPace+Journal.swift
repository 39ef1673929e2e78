import Audit
import Logging

extension LedgerPace.News {
    /// Says it in the journal.
    func tell(_ logger: Logger) {
        switch self {
        case .slow(let milliseconds):
            logger.warning(
                "The ledger's disk is slow: a commit took \(milliseconds) ms. Everything waits for it; 'ecocctl status' shows the pace")
        case .wellAgain: logger.notice("The ledger's disk is as fast as it should be again")
        case .blocked(let why): logger.warning("Nothing can be recorded now, and everything waits: \(why)")
        case .unblocked: logger.notice("The ledger isn't locked by others any more; ecocd goes on")
        }
    }
}
