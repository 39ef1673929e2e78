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
    let statuses: StatusDesk
    let intake: IntakeLoop
    let workers: Workers
    let outboxes: OutboxLoop
    let backups: BackupDesk
    let scrub: ArchiveScrub
    let settings: SettingsDesk
    let logger: Logger

    func answer(_ request: ControlRequest, _ peer: Peer) -> ControlAnswer {
        if request.command.role != .everybody, engine.board.state.read({ $0.phase == .recovering }) {
            return ControlAnswer(
                .refused, message: "ecocd recovers, and nothing is decided before. 'ecocctl status --wait' waits for its end.")
        }
        if let done = recorded(request, peer) { return done }
        let desk = ReleaseDesk(engine: engine, workers: workers, order: request.id)
        switch request.command {
        case .status:
            return ControlAnswer(.done, status: statuses.report(request.page, for: peer))
        case .rescan:
            intake.thread.rescan()
            outboxes.thread.rescan()
            return ControlAnswer(.done)
        case .reload:
            return settings.answer()
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

    /// What became of an order that was given before; nil when the ledger has none of its id.
    private func recorded(_ request: ControlRequest, _ peer: Peer) -> ControlAnswer? {
        do { return try OrderRecord(ledger: engine.ledger).answer(to: request, by: peer) } catch {
            return ControlAnswer(.refused, message: "It can't be told whether this order was carried out before: \(error)")
        }
    }

    private func answer(_ work: () throws -> ControlAnswer) -> ControlAnswer {
        do { return try work() } catch let refusal as ReleaseDesk.Refusal {
            return ControlAnswer(refusal.outcome, message: refusal.message)
        } catch {
            return ControlAnswer(.refused, message: "\(error)")
        }
    }

    private func acknowledge(_ peer: Peer) -> ControlAnswer {
        let clock = engine.clock.problem.map {
            StatusReport.Incident(submission: SealingClock.Problem.subject, what: $0.what, remedy: $0.remedy)
        }
        let incidents = engine.board.state.read(\.incidents) + scrub.incidents + [clock].compactMap(\.self)
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
        if clock != nil { engine.clock.accept() }
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
}
