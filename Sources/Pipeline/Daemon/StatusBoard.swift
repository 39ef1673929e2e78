import Audit
import Control
import Linux

/// What is going on now, for `status`, the watchdog and READY: every thread writes here, nobody waits here for work.
public final class StatusBoard: Sendable {
    struct State: Sendable {
        /// Folders and ledger agree, or what doesn't is an incident.
        var isRecovered = false
        /// Recovered, and at work: nothing waited for an administrator, and what lay in the stages is queued.
        var hasBegun = false
        var isStopping = false
        var working: [String: StatusReport.Work] = [:]
        var incidents: [StatusReport.Incident] = []
        /// Submissions in work whose directories are gone, by id. They hold up nobody else.
        var missing: [String: StatusReport.Incident] = [:]
        /// Why the ledger takes nothing until somebody answers for it.
        var doubt: LedgerDoubt?
        /// Submissions that stopped on a fault and are tried again: id to reason.
        var stalled: [String: String] = [:]
        var sources: [StatusReport.Source] = []
        /// Inboxes that can't be looked into now, by source.
        var inboxProblems: [String: InboxStates.Problem] = [:]
        /// Outboxes of which nothing can be said now, by destination.
        var outboxProblems: [String: StatusReport.Incident] = [:]
        var receiptsWaiting: [StatusReport.Waiting] = []
        var totals = StatusReport.Totals()
        /// Counts every step forward; the watchdog looks whether it moves while there is work.
        var progress: UInt64 = 0
        var seenProgress: UInt64 = 0
        var seenAt: UInt64 = MonotonicClock.now()

        var isReady: Bool { hasBegun && incidents.isEmpty && !isStopping }

        var phase: StatusReport.Phase {
            if isStopping { return .stopping }
            if hasBegun { return .working }
            return doubt != nil || isRecovered && !incidents.isEmpty ? .waiting : .recovering
        }
    }

    let state = Monitor(State())

    func began(_ work: StatusReport.Work) {
        state.withLock { $0.working[work.submission] = work }
    }

    func ended(_ submission: String) {
        state.withLock {
            $0.working[submission] = nil
            $0.progress += 1
        }
    }

    func entered(_ submission: String, stage: String) {
        state.withLock {
            $0.working[submission]?.stage = stage
            $0.working[submission]?.done = 0
            $0.progress += 1
        }
    }

    func advanced(_ submission: String, by count: Int) {
        state.withLock {
            $0.working[submission]?.done += count
            $0.progress += 1
        }
    }

    func count(_ change: (inout StatusReport.Totals) -> Void) {
        state.withLock { change(&$0.totals) }
    }

    func stalled(_ submission: String, reason: String) {
        state.withLock { $0.stalled[submission] = reason }
    }

    func resumed(_ submission: String) {
        state.withLock { _ = $0.stalled.removeValue(forKey: submission) }
    }

    func incident(_ submission: String, what: String, remedy: String) {
        let incident = StatusReport.Incident(submission: submission, what: what, remedy: remedy)
        state.withLock { if !$0.incidents.contains(incident) { $0.incidents.append(incident) } }
    }

    /// Shown as an incident that only `accept-restore` ends.
    func doubt(_ doubt: LedgerDoubt, remedy: String) {
        let clause = doubt.message.hasSuffix(".") ? String(doubt.message.dropLast()) : doubt.message
        state.withLock {
            $0.doubt = doubt
            $0.incidents = [.init(submission: "ledger", what: "the ledger contradicts its remembered head: \(clause)", remedy: remedy)]
        }
    }

    func acceptedLedger() {
        state.withLock {
            $0.doubt = nil
            $0.incidents = []
        }
    }

    func acknowledgeIncidents() {
        state.withLock { $0.incidents = [] }
    }
}

extension StatusBoard {
    /// Whether what should move does. Called now and then by the watchdog, never by two threads at once.
    ///
    /// While submissions are in work, some step must have been made since a call at least `patience` ago; the intake must answer in any case.
    func isAlive(intakeAnswers: Bool) -> Bool {
        let now = MonotonicClock.now()
        return state.withLock { state in
            if state.working.isEmpty || state.progress != state.seenProgress {
                state.seenProgress = state.progress
                state.seenAt = now
            }
            return intakeAnswers && now - state.seenAt < Self.patience
        }
    }

    /// Nanoseconds that a single step (one batch, one large file's copy) may take.
    private static var patience: UInt64 { 120_000_000_000 }
}
