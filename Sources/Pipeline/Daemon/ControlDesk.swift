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
    let workers: Workers
    let outboxes: OutboxLoop
    let backups: BackupDesk
    let scrub: ArchiveScrub
    let logger: Logger

    func answer(_ request: ControlRequest, _ peer: Peer) -> ControlAnswer {
        if request.command.role != .everybody, engine.board.state.read({ $0.phase == .recovering }) {
            return ControlAnswer(
                .refused, message: "ecocd recovers, and nothing is decided before. 'ecocctl status --wait' waits for its end.")
        }
        switch request.command {
        case .status:
            return ControlAnswer(.done, status: status())
        case .rescan:
            intake.thread.rescan()
            outboxes.thread.rescan()
            return ControlAnswer(.done)
        case .acknowledge:
            return acknowledge(peer)
        case .held:
            return answer { ControlAnswer(.done, held: try desk.report(request.submission)) }
        case .release:
            return answer { ControlAnswer(.done, message: try desk.release(request.submission, by: peer, reason: request.reason)) }
        case .reject:
            return answer { ControlAnswer(.done, message: try desk.reject(request.submission, by: peer, reason: request.reason)) }
        case .retry:
            return answer { ControlAnswer(.done, message: try desk.retry(request.submission)) }
        case .activateReference:
            return answer {
                ControlAnswer(.done, message: try ReferenceDesk(desk: desk).activate(request.reference, by: peer, reason: request.reason))
            }
        case .retireReference:
            return answer {
                ControlAnswer(.done, message: try ReferenceDesk(desk: desk).retire(request.reference, by: peer, reason: request.reason))
            }
        case .withdraw:
            return answer {
                ControlAnswer(.done, message: try Withdrawal(desk: desk).run(request.certificate, by: peer, reason: request.reason))
            }
        case .declareLost:
            return answer {
                let desk = LossDesk(desk: desk, queue: queue)
                return ControlAnswer(.done, message: try desk.declare(request.submission, by: peer, reason: request.reason))
            }
        case .acceptRestore:
            return RestoreDesk(board: engine.board, ledger: engine.ledger, logger: logger).accept(request.reason ?? "", by: peer)
        case .recordAnchor:
            guard let anchor = request.anchor else { return ControlAnswer(.refused, message: "The question brings no anchor.") }
            return AnchorDesk(engine: engine, logger: logger).record(anchor, by: peer)
        case .backup:
            return backups.begin(request.path ?? "", by: peer)
        case .roll:
            return roll(peer)
        case .backupState:
            return backups.answer()
        }
    }

    private var desk: ReleaseDesk { ReleaseDesk(engine: engine, workers: workers) }

    private func answer(_ work: () throws -> ControlAnswer) -> ControlAnswer {
        do { return try work() } catch let refusal as ReleaseDesk.Refusal {
            return ControlAnswer(refusal.outcome, message: refusal.message)
        } catch {
            return ControlAnswer(.refused, message: "\(error)")
        }
    }

    private func acknowledge(_ peer: Peer) -> ControlAnswer {
        let incidents = engine.board.state.read(\.incidents) + scrub.incidents
        guard engine.board.state.read({ $0.doubt == nil }) else {
            return ControlAnswer(
                .refused, message: "The ledger was put back or changed: 'ecocctl ledger accept-restore --reason \"...\"' answers for that.")
        }
        guard !incidents.isEmpty else { return ControlAnswer(.done, message: "There was no incident.") }
        do {
            _ = try engine.ledger.commit(
                incidents.map {
                    Event(
                        .incident, submission: $0.submission, actor: peer.actor,
                        ["what": .text("looked at: \($0.what)"), "remedy": .text($0.remedy)])
                })
        } catch {
            return ControlAnswer(.refused, message: "\(error)")
        }
        engine.board.acknowledgeIncidents()
        scrub.accept(Set(incidents.map(\.what)))
        logger.notice("\(peer.name) has looked at \(incidents.count) incidents; ecocd goes on")
        return ControlAnswer(.done, message: "\(incidents.count) incidents looked at.")
    }

    private func roll(_ peer: Peer) -> ControlAnswer {
        do {
            let origin = try engine.ledger.roll(by: .person(uid: peer.uid, name: peer.name))
            logger.notice("\(peer.name) has closed a volume of the ledger; the open one is \(origin)")
            return ControlAnswer(.done, message: "The open volume is \(origin).")
        } catch {
            return ControlAnswer(.refused, message: "\(error)")
        }
    }

    /// Files in the inboxes that one answer names.
    private static let waitingShown = 1_000

    private func status() -> StatusReport {
        let state = engine.board.state.read { $0 }
        let key = engine.seal.key
        var incidents = state.incidents
        for (key, reason) in state.stalled.sorted(by: { $0.key < $1.key }) {
            let clause = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
            incidents.append(StatusReport.Incident(submission: key, what: clause, remedy: "It is tried again at the next rescan."))
        }
        incidents += state.inboxProblems.sorted { $0.key < $1.key }.map { source, problem in
            StatusReport.Incident(submission: "inbox \(source)", what: problem.what, remedy: problem.remedy)
        }
        let told = Set(incidents.map(\.submission))
        incidents += state.missing.sorted { $0.key < $1.key }.map(\.value).filter { !told.contains($0.submission) }
        incidents += scrub.incidents
        incidents += state.outboxProblems.sorted { $0.key < $1.key }.map(\.value)
        let seal = StatusReport.Seal(
            subject: key.subject, certificateSHA256: key.certificateSHA256, notAfter: Timestamp(milliseconds: key.notAfter * 1000).text,
            daysLeft: (key.notAfter - time(nil)) / 86_400)
        let references = engine.references.counts
        let destinations = engine.configuration.destinations.map { destination in
            StatusReport.Destination(
                name: destination.name, outbox: destination.outbox,
                uncollected: try? engine.ledger.uncollectedCount(destination: destination.name),
                problem: state.outboxProblems[destination.name]?.what)
        }
        let (files, count) = intake.waiting(Self.waitingShown)
        let waiting = files + state.receiptsWaiting
        let isIdle =
            queue.isEmpty && count == 0 && state.receiptsWaiting.isEmpty && state.stalled.isEmpty && state.missing.isEmpty
            && state.inboxProblems.isEmpty && state.outboxProblems.isEmpty && intake.thread.isSettled
            && outboxes.thread.isSettled
        var report = StatusReport(
            ready: state.isReady, phase: state.phase, idle: isIdle, version: Daemon.version, sources: state.sources,
            destinations: destinations,
            stages: stages(),
            working: state.working.values.sorted { $0.submission < $1.submission }, waiting: waiting, incidents: incidents,
            reference: .init(inForce: references.inForce, received: references.received), seal: seal,
            ledger: ledgerState(),
            totals: state.totals)
        report.archive = scrub.status
        return report
    }

    private func ledgerState() -> StatusReport.LedgerState {
        let pace = engine.ledger.pace
        return StatusReport.LedgerState(
            path: engine.configuration.ledger, origin: engine.ledger.origin, failure: engine.ledger.failure?.description,
            commits: .init(
                count: pace.commits, medianMilliseconds: pace.medianMilliseconds, longestMilliseconds: pace.longestMilliseconds),
            problem: pace.problem, anchored: anchored())
    }

    private func anchored() -> StatusReport.LedgerState.Anchored? {
        guard let anchor = try? engine.ledger.largestAnchor() else { return nil }
        return .init(size: anchor.size, time: anchor.time, authority: anchor.authority)
    }

    private func stages() -> [String: Int] {
        var counts: [String: Int] = [:]
        for stage in [Stage.ingest, .validate, .generate, .hold, .sign, .publish] {
            counts[stage.rawValue] = (try? engine.spool.submissions(in: stage).count) ?? 0
        }
        return counts
    }
}
