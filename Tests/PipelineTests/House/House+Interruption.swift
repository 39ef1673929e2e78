import Foundation
import Glibc
import Synchronization

/// Signals that must come in a moment of the daemon's work.
extension House {
    struct Ending: Sendable {
        var status: Int32
        var seconds: Double
    }

    /// Drops files of `count` vehicles until the signal meets one in the middle of the stage.
    /// - Parameter done: so many of its records must be done in this stage.
    /// - Returns: the file's name and the numbers of its vehicles; the daemon has ended.
    func interrupt(in stage: String, after done: Int = 1, with signal: Int32, count: Int) async throws
        -> (name: String, vehicles: ClosedRange<Int>, ending: Ending)
    {
        for attempt in 0..<5 {
            let name = "large-\(attempt).csv"
            let vehicles = attempt * count + 1...(attempt + 1) * count
            try drop(Export.file(vehicles), as: name)
            let ending = try await end(
                with: signal,
                asSoonAs: { (try? self.status())?.working.contains { $0.stage == stage && $0.done >= done } ?? false },
                unless: { !self.reports(of: name).isEmpty })
            guard let ending else { continue }
            if try FileManager.default.contentsOfDirectory(atPath: "\(spool)/\(stage)").count == 1 { return (name, vehicles, ending) }
            try await start()
            _ = try await report(of: name)
        }
        throw Disappointment(what: "five files had left '\(stage)' before the signal came")
    }

    /// Starts `ecocd` with a ledger that contradicts its remembered head, and answers for it; waits for no more than that it is taken.
    func startWithRestoredLedger() async throws {
        try launch()
        try await eventually("the ledger's doubt is shown") { (try? self.status())?.incidents.first?.submission == "ledger" }
        let accepted = try await ecocctl("ledger", "accept-restore", "--reason", "restored the backup")
        guard accepted.status == 0 else { throw Disappointment(what: accepted.everything) }
    }

    /// Sends a signal in the moment in which `moment` holds and waits for the end. Looks on a thread of its own: other tests may keep this
    /// one's task from running for longer than a moment lasts.
    /// - Returns: nil when `isTooLate` held first; the daemon then goes on.
    func end(
        with signal: Int32, asSoonAs moment: @escaping @Sendable () -> Bool, unless isTooLate: @escaping @Sendable () -> Bool
    ) async throws -> Ending? {
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Ending?, any Error>) in
            Thread.detachNewThread {
                ended.resume(
                    with: Result {
                        try self.look("the moment for signal \(signal) comes", milliseconds: 1) { moment() || isTooLate() }
                        guard moment() || !isTooLate() else { return nil }
                        let began = Date()
                        kill(self.identifier, signal)
                        try self.look("the daemon ends after signal \(signal)", milliseconds: 5) { !self.isRunning }
                        return Ending(
                            status: self.process.withLock { $0?.terminationStatus ?? -1 }, seconds: Date().timeIntervalSince(began))
                    })
            }
        }
    }

    /// Blocks its thread until `condition` holds.
    private func look(_ what: String, milliseconds: UInt32, _ condition: () -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: 300)
        while !condition() {
            if Date() > deadline { throw disappointment(what, seconds: 300) }
            usleep(milliseconds * 1000)
        }
    }
}
