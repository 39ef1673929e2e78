import Control
import Foundation

/// Starts the daemon, drops the exports, waits, and shows what became of them.
struct DemoRun {
    let house: DemoHouse

    func run() throws {
        step("A private house in \(house.root): demo authority, seal key (RSA-3072), settings, reference data")
        let daemon = try DemoProcess.startDaemon(house)
        defer { daemon.stop() }
        step("The daemon: ecocd --config \(house.config) (process \(daemon.identifier), log \(house.root)/daemon.log)")
        try waitForReady(daemon)
        let exports = try house.exports()
        for export in exports { try drop(export) }
        try watch(daemon, reports: exports.count)
        let result = try DemoResult(house: house)
        step("What became of each vehicle")
        result.showRecords()
        step("What the ERP teams get back, in \(house.spool)/returns")
        result.showFindings()
        guard let bundle = result.firstBundle else { throw CommandRefusal(.no, "Nothing was published; see \(house.root)/daemon.log.") }
        try DemoInspection(house: house, bundle: bundle).show()
        daemon.stop()
        step("All of it is left in \(house.root)")
        Console.line("  bundles  \(house.outbox)\n  reports  \(house.spool)/returns\n  ledger   \(house.state)/ledger.db")
        Console.line("  ask it   ecocctl show \(bundle.vin) --config \(house.config)")
    }

    private func step(_ text: String) { Console.line("\n== \(text)\n") }

    private func waitForReady(_ daemon: DemoProcess) throws {
        for _ in 0..<300 {
            // At rest, it has taken the reference data.
            if let status = status(), status.ready, status.idle, status.reference.inForce > 0 { return }
            guard daemon.isRunning else { throw CommandRefusal(.notReachable, "The daemon ended at once:\n\(log())") }
            Thread.sleep(forTimeInterval: 0.1)
        }
        throw CommandRefusal(.notReachable, "The daemon didn't become ready, with reference data in force, in 30 seconds:\n\(log())")
    }

    /// As a careful producer does: written under another name, then renamed.
    private func drop(_ export: DemoHouse.Export) throws {
        let inbox = "\(house.spool)/inbox/\(export.source)"
        let name = URL(fileURLWithPath: export.file).lastPathComponent
        try FileManager.default.copyItem(atPath: export.file, toPath: "\(inbox)/.\(name).part")
        try FileManager.default.moveItem(atPath: "\(inbox)/.\(name).part", toPath: "\(inbox)/\(name)")
        step("Dropped \(name) into \(inbox)")
    }

    private func watch(_ daemon: DemoProcess, reports: Int) throws {
        step("Progress")
        var last = ""
        for _ in 0..<1200 {
            guard daemon.isRunning else { throw CommandRefusal(.notReachable, "The daemon ended:\n\(log())") }
            if let status = status() {
                let line = summary(status)
                if line != last { Console.line("  \(line)") }
                last = line
                if status.idle, status.totals.submissions >= reports { return }
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw CommandRefusal(.no, "The daemon isn't done after a minute; see \(house.root)/daemon.log.")
    }

    private func summary(_ status: StatusReport) -> String {
        let waiting = status.waiting.map { "\($0.name) \($0.reason)" }
        let working = status.working.map { "\($0.name): \($0.stage)\($0.done > 0 ? " \($0.done)" : "")" }
        let totals = "\(status.totals.published) published, \(status.totals.rejected) rejected"
        return ([totals] + waiting + working).joined(separator: " | ")
    }

    private func status() -> StatusReport? { (try? ControlClient.ask(ControlRequest(.status), at: house.socket))?.status }

    private func log() -> String {
        let text = (try? String(contentsOfFile: "\(house.root)/daemon.log", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(15).joined(separator: "\n")
    }
}
