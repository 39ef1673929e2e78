import ArgumentParser
import Control

/// `ecocctl status`: what the daemon is doing now.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what the daemon is doing now.",
        discussion: "Exit code 1 when it isn't ready for work or a source's inbox can't be looked into, 4 when it isn't reachable.")

    @OptionGroup var common: CommonOptions

    @Option(
        defaultAsFlag: 60,
        help: ArgumentHelp(
            "Wait until the daemon is ready for work, so many seconds at most. Ends at once when it waits for an administrator.",
            valueName: "seconds"))
    var wait: Int?

    @Flag(help: "Show every row of each list, however many there are.")
    var all = false

    func validate() throws {
        if let wait, !(0...86_400 ~= wait) { throw ValidationError("--wait takes 0 to 86400 seconds.") }
    }

    func run() throws {
        var status = try wait.map { try StatusWait(common: common, seconds: $0).run() } ?? common.status()
        if all { status = try common.status(whole: StatusReport.List.allCases) }
        if common.json { try Console.json(status) } else { show(status) }
        if !status.ready || status.sources.contains(where: { $0.problem != nil }) { throw ExitCode(RefusalCode.no.rawValue) }
    }

    private static func readiness(_ status: StatusReport) -> String {
        if status.ready { return status.idle ? "ready, idle" : "ready, working" }
        return switch status.phase {
        case .recovering: "NOT READY: it recovers, and takes nothing yet"
        case .waiting: "NOT READY: it waits for an administrator, and takes nothing before"
        case .stopping: "NOT READY: it stops"
        case .working, nil: "NOT READY: what is taken waits"
        }
    }

    private static func seal(_ seal: StatusReport.Seal) -> String {
        let end = "until \(seal.notAfter) (\(seal.daysLeft) days)"
        let first = seal.endsFirst.map { ", when \($0) ends" } ?? ""
        return Console.visible("seal   \(seal.subject), \(end)\(first)\(seal.problem == nil ? "" : ": NOTHING IS SEALED")")
    }

    private func show(_ status: StatusReport) {
        Console.line("ecocd \(status.version): \(Self.readiness(status))")
        Console.line(Self.seal(status.seal))
        let place = status.ledger.path.isEmpty ? "" : "\(status.ledger.path), "
        Console.line("ledger \(place)volume \(status.ledger.origin)\(status.ledger.failure.map { " FAILED: \($0)" } ?? "")")
        if let commits = status.ledger.commits, commits.count > 0 {
            Console.line(
                "       the newest \(commits.count) commits: median \(commits.medianMilliseconds) ms, longest \(commits.longestMilliseconds) ms"
            )
        }
        if let problem = status.ledger.problem { Console.line(Console.visible("       SLOW: \(problem)")) }
        if let anchor = status.ledger.anchored {
            Console.line(Console.visible("       anchored: \(anchor.size) entries at \(anchor.time) by \(anchor.authority)"))
        }
        Console.line(
            "reference data: \(status.reference.inForce) versions in force, \(status.reference.received) received and waiting (ecocctl reference list)"
        )
        showSettings(status.settings)
        let totals = status.totals
        Console.line(
            "since the start: \(totals.submissions) files, \(totals.published) certificates published, \(totals.rejected) rejected, \(totals.duplicates) repeated"
        )
        if let counts = status.counts, status.isReduced == true {
            Console.line("\(counts.working) files in work, \(counts.waiting) waiting, \(counts.incidents) incidents")
            Console.line("Names and reasons are shown to administrators, to those who may release, and to the audit group.")
        } else {
            Console.line()
            Console.table(["SOURCE", "MODE", "INBOX"], status.sources.map { [$0.name, $0.mode, $0.inbox] })
            for note in status.sources.flatMap({ $0.notes ?? [] }) { Console.line(Console.visible("note: \(note)")) }
            showRest(.sources, status)
        }
        let waiting = status.stages.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        if !waiting.isEmpty { Console.line("\nin the stages: " + waiting.map { "\($0.key) \($0.value)" }.joined(separator: ", ")) }
        if !status.working.isEmpty {
            Console.line()
            Console.table(
                ["SUBMISSION", "STAGE", "DONE", "FILE"],
                status.working.map { [$0.submission, $0.stage, String($0.done), "\($0.source)/\($0.name)"] })
        }
        if !status.waiting.isEmpty {
            Console.line()
            Console.table(
                ["WAITING FILE", "SINCE", "WHY"], status.waiting.map { ["\($0.source)/\($0.name)", "\($0.seconds) s", "it \($0.reason)"] })
            showRest(.waiting, status)
        }
        if let archive = status.archive, archive.findings > 0 {
            Console.line("\narchive: \(archive.findings) findings. 'ecocctl doctor --archive' shows them all")
        }
        for incident in status.incidents { Console.line("\nINCIDENT \(incident.submission): \(incident.what). \(incident.remedy)") }
        if !status.incidents.isEmpty { showRest(.incidents, status) }
    }

    private func showRest(_ list: StatusReport.List, _ status: StatusReport) {
        let rest = (status.counts?[list] ?? 0) - status.rows(of: list)
        if rest > 0 { Console.line("… and \(rest) more (ecocctl status --all)") }
    }

    /// Nothing where disk and force agree.
    private func showSettings(_ settings: StatusReport.Settings?) {
        guard let settings, !settings.agree else { return }
        let disk = settings.onDisk == nil ? "can't be read" : "differ"
        Console.line("settings on disk \(disk): those in force were read at \(settings.since)")
        guard let refusal = settings.refusal else { return Console.line("       'systemctl reload ecocd' puts them into force") }
        Console.line("       refused at \(refusal.at):")
        for fault in refusal.message.split(separator: "\n") { Console.line(Console.visible("       \(fault)")) }
    }
}

/// `ecocctl rescan`: look into every inbox now.
struct RescanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rescan", abstract: "Let the daemon look into every inbox now.")

    @OptionGroup var common: CommonOptions

    func run() throws { try common.show(common.ask(.rescan)) }
}

/// `ecocctl doctor`: the incidents, and an administrator's word that they were looked at.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Show incidents; with --acknowledge, tell the daemon that you have looked at them.",
        discussion:
            "While an incident found at the start isn't acknowledged, the daemon takes no files. Exit code 1 when there are incidents.")

    @OptionGroup var common: CommonOptions

    @Flag(help: "I have looked at these incidents; go on. Recorded in the ledger with your name.")
    var acknowledge = false

    @Flag(help: "Show every incident, however many there are.")
    var all = false

    @Flag(help: "Compare everything in archive and rejected with the ledger, digests too. Needs no daemon, and may run beside one.")
    var archive = false

    @Option(
        help: ArgumentHelp("The directory of this submission is gone for good: what of it wasn't published is given up.", valueName: "id"))
    var declareLost: String?

    @Option(help: "With --declare-lost: why; it stays in the ledger, with your name.")
    var reason: String?

    func validate() throws {
        guard [acknowledge, archive, declareLost != nil].count(where: { $0 }) < 2 else {
            throw ValidationError("--acknowledge, --archive and --declare-lost are three things: say one at a time.")
        }
        if declareLost != nil, reason == nil { throw ValidationError("Say why, in --reason.") }
        if reason != nil, declareLost == nil { throw ValidationError("--reason belongs to --declare-lost.") }
    }

    func run() throws {
        if let declareLost {
            return try common.show(common.ask(ControlRequest(.declareLost, submission: declareLost, reason: reason)))
        }
        if archive { return try DoctorArchive(common: common).run() }
        if acknowledge { return try common.show(common.ask(.acknowledge)) }
        let status = try common.status(whole: all ? [.incidents] : [])
        if common.json { try Console.json(status.incidents) } else { show(status) }
        if max(status.incidents.count, status.counts?.incidents ?? 0) > 0 { throw ExitCode(RefusalCode.no.rawValue) }
    }

    private func show(_ status: StatusReport) {
        let count = max(status.incidents.count, status.counts?.incidents ?? 0)
        if count == 0 { return Console.line("No incidents.") }
        for incident in status.incidents { Console.line("\(incident.submission): \(incident.what)\n  \(incident.remedy)") }
        let rest = count - status.incidents.count
        if status.isReduced == true {
            Console.line("\(count) incidents. What they are is shown to administrators, to those who may release, and to the audit group.")
        } else if rest > 0 {
            Console.line("… and \(rest) more (ecocctl doctor --all)")
        }
    }
}
