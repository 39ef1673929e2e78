import Linux

/// The open connections of the control socket. Owned by the serving thread; nothing in it waits but `turn`.
struct ConversationTable {
    /// A question that has come whole.
    struct Asked {
        let connection: Int
        let link: UnixConnection
        let user: UInt32
        let line: [UInt8]
    }

    struct News {
        /// Questions that are whole now.
        var asked: [Asked] = []
        /// Connections whose peer is gone before its answer was there.
        var gone: [Int] = []
    }

    private let listener: UnixListener
    private let wakeup: Wakeup
    private let seats: Seats
    private var open: [Int: Conversation] = [:]
    /// The open ones' numbers, the oldest first.
    private var order: [Int] = []
    private var next = 0
    private var chunk = [UInt8](repeating: 0, count: 1 << 14)
    /// While there is no descriptor for another connection, in CLOCK_MONOTONIC nanoseconds.
    private var closedUntil: UInt64 = 0

    /// Fewer than a user's seats, so that a connection isn't replaced before it was looked at once.
    private static let acceptedPerTurn = 16
    private static let pauseNanoseconds: UInt64 = 100_000_000

    init(listener: UnixListener, wakeup: Wakeup, seats: Seats = Seats()) {
        (self.listener, self.wakeup, self.seats) = (listener, wakeup, seats)
    }

    /// Waits for news of any connection, takes in what came and sends on what goes out.
    mutating func turn() throws(SystemError) -> News {
        let now = MonotonicClock.now()
        let isOpen = now >= closedUntil
        let numbers = order
        var subjects = [Poll.Subject(wakeup.descriptor.number, for: .reading)]
        subjects.append(Poll.Subject(listener.descriptor.number, for: isOpen ? .reading : nil))
        for number in numbers { if let talk = open[number] { subjects.append(.init(talk.link.descriptor.number, for: talk.interest)) } }
        let news = try Poll.news(of: subjects, milliseconds: milliseconds(from: now))
        var found = News()
        var hasCallers = false
        for news in news {
            switch news.place {
            case 0: wakeup.clear()
            case 1: hasCallers = news.isReady
            default: advance(numbers[news.place - 2], news, &found)
            }
        }
        let late = MonotonicClock.now()
        for number in order where (open[number]?.deadline ?? .max) <= late { close(number) }
        if hasCallers { accept(&found) }
        return found
    }

    /// Begins to send the answer, if whoever asked is still there.
    mutating func answer(_ number: Int, _ bytes: [UInt8]) { step(number) { talk, _ throws(SystemError) in try talk.begin(answer: bytes) } }

    /// Sends what is left of the answers, so long at most, and closes everything.
    mutating func finish(milliseconds: Int) {
        let deadline = MonotonicClock.now() + UInt64(milliseconds) * 1_000_000
        for number in order where open[number]?.turn != .answering { close(number) }
        while !order.isEmpty, case let now = MonotonicClock.now(), now < deadline {
            let numbers = order
            let subjects = numbers.compactMap { open[$0].map { Poll.Subject($0.link.descriptor.number, for: .writing) } }
            guard let news = try? Poll.news(of: subjects, milliseconds: Int((deadline - now) / 1_000_000) + 1) else { break }
            var ignored = News()
            for news in news { advance(numbers[news.place], news, &ignored) }
        }
        for number in order { close(number) }
    }

    // MARK: One connection

    private mutating func advance(_ number: Int, _ news: Poll.News, _ found: inout News) {
        guard let talk = open[number] else { return }
        switch talk.turn {
        case .asking where news.isReady: read(number, &found)
        case .answering where news.isReady: step(number) { talk, _ throws(SystemError) in try talk.write() }
        case .waiting where news.isGone:
            close(number)
            found.gone.append(number)
        default: if news.isGone { close(number) }
        }
    }

    private mutating func read(_ number: Int, _ found: inout News) {
        step(number) { talk, chunk throws(SystemError) in try talk.read(&chunk) }
        guard let talk = open[number], talk.turn == .waiting else { return }
        found.asked.append(Asked(connection: number, link: talk.link, user: talk.user, line: talk.bytes))
    }

    /// A peer that vanishes or sends nonsense is its own problem.
    private mutating func step(
        _ number: Int, _ body: (inout Conversation, inout [UInt8]) throws(SystemError) -> Conversation.Progress
    ) {
        guard var talk = open[number] else { return }
        open[number] = nil
        let progress = (try? body(&talk, &chunk)) ?? .over
        open[number] = talk
        if case .over = progress { close(number) }
    }

    private mutating func close(_ number: Int) {
        open[number] = nil
        order.removeAll { $0 == number }
    }

    // MARK: New ones

    private mutating func accept(_ found: inout News) {
        for _ in 0..<Self.acceptedPerTurn {
            do throws(SystemError) {
                guard let link = try listener.accept(milliseconds: 0) else { return }
                guard let number = admit(link, user: try link.peer().user) else { continue }
                // Most have sent their question by now.
                read(number, &found)
            } catch {
                // Without a free descriptor the connection stays in the listener's queue; polling it would spin.
                closedUntil = MonotonicClock.now() + Self.pauseNanoseconds
                return
            }
        }
    }

    /// - Returns: its number, or nil when there is no room for it.
    private mutating func admit(_ link: UnixConnection, user: UInt32) -> Int? {
        let holders = order.compactMap { number in
            open[number].map {
                Seats.Holder(number: number, user: $0.user, isPrivileged: PeerGroups.isPrivileged($0.user), turn: $0.turn)
            }
        }
        switch seats.decide(user: user, isPrivileged: PeerGroups.isPrivileged(user), holders) {
        case .welcome: break
        case .replace(let number): close(number)
        case .turnAway: return nil
        }
        next += 1
        open[next] = Conversation(link, user: user)
        order.append(next)
        return next
    }

    /// Until the first deadline; nil when nothing has one.
    private func milliseconds(from now: UInt64) -> Int? {
        var first = open.values.compactMap(\.deadline).min()
        if closedUntil > now { first = min(first ?? .max, closedUntil) }
        return first.map { $0 <= now ? 0 : Int(($0 - now + 999_999) / 1_000_000) }
    }
}
