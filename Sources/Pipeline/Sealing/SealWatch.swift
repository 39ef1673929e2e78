import Control
import Linux
import Logging
import Synchronization

/// Tells the journal, once a day, how long the seal holds, and at once when sealing stops or goes on. Any thread.
final class SealWatch: Sendable {
    private struct State: Sendable {
        /// The day of the last look, since 1970.
        var day: Int?
        var problems: [StatusReport.Incident] = []
    }

    private let state = Mutex(State())

    /// The days before the end in which every day brings a warning.
    static let warningDays = 30

    func look(_ engine: Engine) {
        let problems = engine.sealingProblems
        let day = Timestamp.now().milliseconds / 86_400_000
        let (isNewDay, before) = state.withLock { state in
            defer { state = State(day: day, problems: problems) }
            return (state.day != day, state.problems)
        }
        let logger = engine.logger
        for problem in problems where isNewDay || !before.contains(problem) {
            logger.critical("Incident: \(problem.what). \(problem.remedy)")
        }
        if problems.isEmpty, !before.isEmpty { logger.notice("Sealing goes on") }
        let seal = engine.sealReport
        if isNewDay, seal.problem == nil, seal.daysLeft <= Self.warningDays {
            logger.warning(
                "The certificate \(seal.endsFirst ?? seal.subject) ends in \(seal.daysLeft) days, and nothing is sealed then. Ask for a new one"
            )
        }
    }
}

extension Engine {
    /// Why nothing can be sealed now, as `status` shows it: each goes away by itself when its cause does.
    var sealingProblems: [StatusReport.Incident] {
        // By a clock that can't be right nothing can be said of the seal.
        if let problem = clock.problem {
            return [.init(submission: SealingClock.Problem.subject, what: problem.what, remedy: problem.remedy)]
        }
        do throws(SubmissionFault) { try seal.usable(at: .now()) } catch {
            return [.init(submission: SealKit.subject, what: "nothing is sealed: \(error.what)", remedy: error.remedy)]
        }
        return []
    }

    var sealReport: StatusReport.Seal {
        let (key, end) = (seal.key, seal.key.path.firstToEnd)
        return StatusReport.Seal(
            subject: key.subject, certificateSHA256: key.certificateSHA256, notAfter: Timestamp(milliseconds: end.notAfter * 1000).text,
            daysLeft: (end.notAfter - Timestamp.now().milliseconds / 1000) / 86_400,
            endsFirst: end == key.path.links.first ? nil : end.subject,
            problem: sealingProblems.first.map { "\($0.what). \($0.remedy)" })
    }
}
