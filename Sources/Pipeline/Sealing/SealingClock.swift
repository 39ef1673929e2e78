import Audit
import Linux
import Synchronization

/// The time that header values and seals bear. It never runs backwards: not within a run, nor against what the ledger says was sealed before.
///
/// A machine's clock is set wrong now and then, by hand or by a broken source of time. Then corrections would leave with a date-time before the
/// ones that they correct, or bundles with a time to come, which receivers refuse (docs/operations.md, "The clock"). Any thread.
final class SealingClock: Sendable {
    /// Why the clock isn't believed.
    struct Problem: Error, Sendable, Equatable {
        /// A clause without full stop.
        let what: String
        /// Whole sentences.
        let remedy: String

        /// The name under which `status` shows it, and the ledger has an administrator's word on it.
        static let subject = "clock"
    }

    private struct State: Sendable {
        /// Nothing is given an earlier time, in milliseconds since 1970.
        var floor: Int?
        /// The date minus the machine's uptime, while the date is believed: it stays the same whatever time goes by.
        var offset: Int?
        /// Told in the same words as long as it lasts.
        var problem: Problem?
    }

    private let state: Mutex<State>
    private let read: @Sendable () -> ClockReading
    private let isSynchronized: @Sendable () -> Bool

    /// How far the clock may be off, in milliseconds: what a verifier grants a signing time (docs/bundle.md).
    static let tolerance = 300_000

    /// - Parameters:
    ///   - newest: when something was last given header values or sealed; nil for never.
    ///   - read: the machine's clocks.
    ///   - isSynchronized: whether the kernel knows its date as synchronised.
    init(
        after newest: Timestamp?, read: @escaping @Sendable () -> ClockReading = ClockReading.now,
        isSynchronized: @escaping @Sendable () -> Bool = ClockReading.isSynchronized
    ) {
        state = Mutex(State(floor: newest?.milliseconds))
        self.read = read
        self.isSynchronized = isSynchronized
    }

    /// The time to give: now, or the last one given where the clock is a little behind it.
    func now() throws(SubmissionFault) -> Timestamp {
        let result = state.withLock { state -> Result<Timestamp, Problem> in
            let now = read()
            if let problem = judge(now, &state) { return .failure(problem) }
            let time = max(now.date.milliseconds, state.floor ?? .min)
            state.floor = time
            return .success(Timestamp(milliseconds: time))
        }
        do { return try result.get() } catch { throw SubmissionFault(what: error.what, remedy: error.remedy) }
    }

    /// Why nothing is given a time now, or nil.
    var problem: Problem? { state.withLock { judge(read(), &$0) } }

    /// An administrator's word that the clock is right now.
    func accept() {
        state.withLock { state in
            let now = read()
            state = State(floor: now.date.milliseconds, offset: now.date.milliseconds - now.uptime)
        }
    }

    private func judge(_ now: ClockReading, _ state: inout State) -> Problem? {
        let offset = now.date.milliseconds - now.uptime
        if let floor = state.floor, floor - now.date.milliseconds > Self.tolerance {
            state.problem = state.problem ?? Self.behind(now.date, Timestamp(milliseconds: floor))
        } else if let known = state.offset, abs(offset - known) > Self.tolerance, !isSynchronized() {
            state.problem = state.problem ?? Self.jumped(by: offset - known, now.date)
        } else {
            (state.problem, state.offset) = (nil, offset)
        }
        return state.problem
    }

    private static let acknowledgement =
        "If it is right now: 'ecocctl doctor --acknowledge', which the ledger records with your name."

    private static func behind(_ now: Timestamp, _ floor: Timestamp) -> Problem {
        Problem(
            what: "the machine's clock showed \(now.textToTheSecond), but the ledger has entries from \(floor.textToTheSecond), "
                + "\(duration(floor.milliseconds - now.milliseconds)) later: nothing is given a date or sealed",
            remedy: "Set the clock right ('timedatectl'); once it has passed that time it goes on by itself. \(acknowledgement)")
    }

    private static func jumped(by milliseconds: Int, _ now: Timestamp) -> Problem {
        Problem(
            what: "the machine's clock jumped \(milliseconds > 0 ? "ahead" : "back") by \(duration(abs(milliseconds))), to "
                + "\(now.textToTheSecond), and isn't known as synchronised: nothing is given a date or sealed",
            remedy: "Set it right, or let it be synchronised ('timedatectl'); then it goes on by itself. \(acknowledgement)")
    }

    private static func duration(_ milliseconds: Int) -> String {
        let minutes = (milliseconds + 30_000) / 60_000
        if minutes < 120 { return "\(minutes) minutes" }
        return minutes < 2880 ? "\((minutes + 30) / 60) hours" : "\((minutes + 720) / 1440) days"
    }
}

extension SealingClock {
    /// Events at which a certificate was given its date or was sealed, and by which nothing may be dated earlier.
    private static let dated: Set<String> = Set(
        [Event.Kind.validated, .sealed, .publishing, .withdrawn].map(\.rawValue))

    /// When that last happened, or when an administrator last said that the clock is right. The beginning of the open volume, which came after
    /// everything that the closed ones say, where it has none of these.
    static func newest(in ledger: String) throws(LedgerError) -> Timestamp? {
        let reader = try LedgerReader(path: ledger)
        var end = try reader.size()
        var first: String?
        while end > 0 {
            let start = max(0, end - 1000)
            let page = try reader.entries(start..<end)
            let found = page.last { entry in
                guard let record = entry.record else { return false }
                return dated.contains(record.kind) || record.kind == Event.Kind.incident.rawValue && record.submission == Problem.subject
            }
            if let time = found?.record?.time { return Timestamp(time) }
            first = page.first?.record?.time
            end = start
        }
        return first.flatMap { Timestamp($0) }
    }
}
