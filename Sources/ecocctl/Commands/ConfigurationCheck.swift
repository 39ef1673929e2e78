import ArgumentParser
import Configuration
import Linux
import Pipeline

/// `ecocctl check` without a file: would the daemon start with these settings, and could all of it work?
struct ConfigurationCheck {
    let common: CommonOptions

    private struct Answer: Encodable {
        var configuration: String
        var valid: Bool
        /// All faults in one text; nil where there are none.
        var problem: String?
        var faults: [Fault] = []
        /// What couldn't be looked at.
        var unchecked: [String] = []
        /// Whose rights counted.
        var user: String
        var seal: String?
        var sources: [String] = []
        /// What nothing stops because of.
        var notes: [String] = []

        struct Fault: Encodable {
            var what, remedy: String
            var preventsStart: Bool
        }
    }

    func run() throws {
        var answer = Answer(configuration: common.config, valid: true, user: "")
        do {
            try becomeService(try Configuration.load(common.config))
            // Once more: the daemon's user has to be able to read them.
            let configuration = try Configuration.load(common.config)
            answer.sources = configuration.sources.map(\.name)
            var checks = StartChecks(configuration, by: .visitor)
            checks.tryOutboxes()
            (answer.unchecked, answer.seal) = (checks.unchecked, checks.sealLine)
            answer.notes = checks.notes
            answer.faults = checks.faults.map { .init(what: $0.what, remedy: $0.remedy, preventsStart: $0.preventsStart) }
            answer.problem = checks.faults.isEmpty ? nil : checks.faults.map(\.description).joined(separator: " ")
        } catch {
            answer.problem = "\(error)"
            answer.faults = [.init(what: "\(error)", remedy: "", preventsStart: true)]
        }
        answer.valid = answer.problem == nil
        answer.user = ProcessIdentity.name
        if common.json { try Console.json(answer) } else { show(answer) }
        if !answer.valid { throw ExitCode(RefusalCode.no.rawValue) }
    }

    /// What root may do says little about the daemon: from here on root looks as the user whom the ledger belongs to.
    private func becomeService(_ configuration: Configuration) throws {
        guard ProcessIdentity.user == 0, let service = StartChecks.serviceUser(configuration), service != 0 else { return }
        _ = try ProcessIdentity.become(user: service)
    }

    private func show(_ answer: Answer) {
        if answer.valid {
            Console.sentences("\(answer.configuration): in order; sources: \(answer.sources.joined(separator: ", "))")
        }
        for fault in answer.faults {
            let text = fault.remedy.isEmpty ? fault.what : "\(fault.what). \(fault.remedy)"
            Console.sentences(fault.preventsStart ? text : "ecocd starts, but \(text)")
        }
        if let seal = answer.seal { Console.sentences("seal: \(seal)") }
        for note in answer.notes { Console.sentences("note: \(note)") }
        for note in answer.unchecked { Console.sentences("not checked: \(note)") }
        if !answer.sources.isEmpty { Console.line("looked at as the user \(answer.user)") }
    }
}
