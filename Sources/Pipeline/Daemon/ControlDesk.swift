import Audit
import Control
import Glibc
import Linux
import Logging
import Spool

/// Answers what people ask over the control socket.
struct ControlDesk {
    let engine: Engine
    let queue: WorkQueue
    let intake: IntakeLoop
    let logger: Logger

    func answer(_ request: ControlRequest, _ peer: Peer) -> ControlAnswer {
        switch request.command {
        case .status:
            return ControlAnswer(.done, status: status())
        case .rescan:
            intake.rescan()
            return ControlAnswer(.done)
        case .acknowledge:
            return acknowledge(peer)
        }
    }

    private func acknowledge(_ peer: Peer) -> ControlAnswer {
        let incidents = engine.board.state.read(\.incidents)
        guard !incidents.isEmpty else { return ControlAnswer(.done, message: "There was no incident.") }
        do {
            _ = try engine.ledger.commit(
                incidents.map {
                    Event(
                        .incident, submission: $0.submission, actor: .person(uid: peer.uid, name: peer.name),
                        ["what": .text("looked at: \($0.what)"), "remedy": .text($0.remedy)])
                })
        } catch {
            return ControlAnswer(.refused, message: "\(error)")
        }
        engine.board.acknowledgeIncidents()
        logger.notice("\(peer.name) has looked at \(incidents.count) incidents; ecocd goes on")
        return ControlAnswer(.done, message: "\(incidents.count) incidents looked at.")
    }

    private func status() -> StatusReport {
        let state = engine.board.state.read { $0 }
        let key = engine.seal.key
        var incidents = state.incidents
        for (key, reason) in state.stalled.sorted(by: { $0.key < $1.key }) {
            let clause = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
            incidents.append(StatusReport.Incident(submission: key, what: clause, remedy: "It is tried again at the next rescan."))
        }
        let seal = StatusReport.Seal(
            subject: key.subject, certificateSHA256: key.certificateSHA256, notAfter: Timestamp(milliseconds: key.notAfter * 1000).text,
            daysLeft: (key.notAfter - time(nil)) / 86_400)
        let isIdle = queue.isEmpty && state.waiting.isEmpty && state.stalled.isEmpty && intake.isSettled
        return StatusReport(
            ready: state.hasBegun && state.incidents.isEmpty, idle: isIdle, version: Daemon.version, sources: state.sources,
            stages: stages(),
            working: state.working.values.sorted { $0.submission < $1.submission }, waiting: state.waiting, incidents: incidents,
            seal: seal,
            ledger: StatusReport.LedgerState(path: engine.configuration.ledger, failure: engine.ledger.failure?.description),
            totals: state.totals)
    }

    private func stages() -> [String: Int] {
        var counts: [String: Int] = [:]
        for stage in [Stage.ingest, .validate, .generate, .hold, .sign, .publish] {
            counts[stage.rawValue] = (try? engine.spool.submissions(in: stage).count) ?? 0
        }
        return counts
    }
}
