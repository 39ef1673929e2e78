@testable import Control
import Foundation
import Linux
import Synchronization
import Testing

/// Connections are served side by side, and an order is done once.
@Suite struct ControlServerTests {
    /// What the handler of a test does.
    private final class Work: Sendable {
        let carriedOut = Mutex<[ControlRequest]>([])
        /// Orders wait for it.
        let gate = Monitor(true)

        func answer(_ request: ControlRequest, _ peer: Peer) -> ControlAnswer {
            if request.command.isOrder { _ = gate.wait { $0 ? true : nil } }
            let number = carriedOut.withLock { carriedOut in
                carriedOut.append(request)
                return carriedOut.count
            }
            let message = request.reason == "large" ? String(repeating: "x", count: 1 << 19) : "number \(number)"
            return ControlAnswer(.done, message: message)
        }

        func orders() -> Int { carriedOut.withLock { $0.count { $0.command.isOrder } } }
    }

    private func serve(_ body: (String, Work) async throws -> Void) async throws {
        let socket = "/tmp/ecocd-control-\(UUID().uuidString.prefix(8)).sock"
        let work = Work()
        let server = try ControlServer(path: socket, groups: .init(), handler: work.answer)
        try server.start { Issue.record("\($0)") }
        defer { server.stop() }
        do { try await body(socket, work) } catch {
            work.gate.withLock { $0 = true }
            throw error
        }
        work.gate.withLock { $0 = true }
    }

    private func status(_ socket: String) throws -> String? { try ControlClient.ask(ControlRequest(.status), at: socket).message }

    private func eventually(_ what: String, _ condition: () throws -> Bool) async throws {
        let deadline = Date(timeIntervalSinceNow: 120)
        while try !condition() {
            if Date() > deadline { throw Disappointment(what: "it didn't happen that \(what)") }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// However many one user holds and whatever they do, the next question is answered, and none of the server's descriptors stays open.
    @Test(arguments: [30, 1000], ["silent", "half a line", "one byte after the other", "a large answer not read"])
    func slowConnectionsHoldNobodyUp(count: Int, manner: String) async throws {
        try await serve { socket, _ in
            var held: [UnixConnection] = []
            for _ in 0..<count {
                let link = try UnixConnection(connectingTo: socket, milliseconds: 10_000)
                switch manner {
                case "half a line": _ = try? link.sendAvailable(Array(#"{"command":"sta"#.utf8)[...])
                case "a large answer not read": try? link.send(line: Array(#"{"command":"status","reason":"large"}"#.utf8), milliseconds: 9)
                default: break
                }
                held.append(link)
                if manner == "one byte after the other" { for link in held.suffix(40) { _ = try? link.sendAvailable([32]) } }
            }
            for _ in 0..<5 { #expect(try status(socket) != nil) }
            try await eventually("the server has let go of all but a user's seats") { try serverEnds(socket) <= 1 + Seats().perUser }
            held = []
            try await eventually("the server has let go of all") { try serverEnds(socket) == 1 }
        }
    }

    /// The listener, and the connections that wait there or are open.
    private func serverEnds(_ socket: String) throws -> Int {
        let table = String(decoding: try Descriptor.open("/proc/net/unix").readAll(limit: 1 << 24), as: UTF8.self)
        return table.split(separator: "\n").count { $0.hasSuffix(" \(socket)") }
    }

    @Test func looksAreAnsweredWhileAnOrderTakesItsTime() async throws {
        try await serve { socket, work in
            work.gate.withLock { $0 = false }
            let order = try UnixConnection(connectingTo: socket)
            try order.send(line: Array(#"{"command":"withdraw"}"#.utf8), milliseconds: 1000)
            for _ in 0..<3 { #expect(try status(socket) != nil) }
            #expect(work.orders() == 0)
            work.gate.withLock { $0 = true }
            #expect(try order.receiveLine(limit: 1000, milliseconds: 60_000) != nil)
        }
    }

    @Test func anOrderWhoseAskerHasGoneIsNotCarriedOut() async throws {
        try await serve { socket, work in
            work.gate.withLock { $0 = false }
            let first = try UnixConnection(connectingTo: socket)
            try first.send(line: Array(#"{"command":"roll"}"#.utf8), milliseconds: 1000)
            // The asker of the second one gives up while it waits behind the first one; the third one's has only ended its own sending.
            do {
                let second = try UnixConnection(connectingTo: socket)
                try second.send(line: Array(#"{"command":"withdraw"}"#.utf8), milliseconds: 1000)
            }
            let third = try UnixConnection(connectingTo: socket)
            try third.send(line: Array(#"{"command":"release"}"#.utf8), milliseconds: 1000)
            #expect(shutdown(third.descriptor.number, Int32(SHUT_WR)) == 0)
            #expect(try status(socket) != nil)
            work.gate.withLock { $0 = true }
            #expect(try third.receiveLine(limit: 1000, milliseconds: 60_000) != nil)
            #expect(work.carriedOut.withLock { $0.map(\.command).filter(\.isOrder) } == [.roll, .release])
        }
    }

    @Test func anOrderIsDoneOnceUnderItsID() async throws {
        try await serve { socket, work in
            var order = ControlRequest(.release, submission: "a")
            order.id = "0e9a1c2d-7d51-4d7c-9df0-000000000001"
            let first = try ControlClient.ask(order, at: socket)
            #expect(try ControlClient.ask(order, at: socket) == first && work.orders() == 1)
            var other = order
            other.submission = "b"
            let refused = try ControlClient.ask(other, at: socket)
            #expect(refused.outcome == .refused && refused.message?.contains("another order") == true && work.orders() == 1)
            // Without an id, as an older ecocctl asks, each is an order of its own.
            order.id = nil
            for number in 2...3 {
                _ = try ControlClient.ask(order, at: socket)
                #expect(work.orders() == number)
            }
            order.id = "not an id\u{7}"
            #expect(try ControlClient.ask(order, at: socket).outcome == .refused)
        }
    }

    /// The client's time runs out while the order is carried out: it asks again, and learns that it was done.
    @Test func whoIsTooImpatientLearnsWhatBecameOfIt() async throws {
        try await serve { socket, work in
            work.gate.withLock { $0 = false }
            var order = ControlRequest(.withdraw, certificate: .init(vin: "WZAM1A1BXTA000017"), reason: "r")
            order.id = "0e9a1c2d-7d51-4d7c-9df0-000000000002"
            let asked = order
            async let answer = Self.onThread { try ControlClient.ask(asked, at: socket, milliseconds: 50, orderSeconds: 100) }
            try await Task.sleep(for: .milliseconds(300))
            work.gate.withLock { $0 = true }
            #expect(try await answer.outcome == .done && work.orders() == 1)
            // A daemon that never answers leaves the outcome open, and the id says how to learn it.
            work.gate.withLock { $0 = false }
            var lost = order
            lost.id = "0e9a1c2d-7d51-4d7c-9df0-000000000003"
            let unanswered = lost
            let failure = await #expect(throws: ControlFailure.self) {
                _ = try await Self.onThread { try ControlClient.ask(unanswered, at: socket, milliseconds: 50, orderSeconds: 1) }
            }
            #expect(failure?.description.contains("000000000003") == true)
        }
    }

    private static func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { ended in
            Foundation.Thread.detachNewThread { ended.resume(with: Result(catching: body)) }
        }
    }

    @Test func ordersThatOnlyRepeatAreAnsweredFromMemory() async throws {
        try await serve { socket, work in
            let began = MonotonicClock.now()
            for _ in 0..<200 { #expect(try ControlClient.ask(ControlRequest(.retry, submission: "a"), at: socket).outcome == .done) }
            _ = try ControlClient.ask(ControlRequest(.retry, submission: "b"), at: socket)
            // Each of them is carried out once a second at most, however long this machine took for them.
            #expect(work.orders() <= 2 + Int((MonotonicClock.now() - began) / 1_000_000_000) && work.orders() < 201)
        }
    }

    @Test func aMomentLaterARepetitionCounts() {
        let now = Mutex<UInt64>(5_000_000_000)
        let guarded = RepeatGuard { now.withLock { $0 } }
        let (retry, answer) = (ControlRequest(.retry, submission: "a"), ControlAnswer(.done, message: "m"))
        #expect(guarded.answer(to: retry, of: 7) == nil)
        guarded.remember(answer, to: retry, of: 7)
        #expect(guarded.answer(to: retry, of: 7) == answer && guarded.answer(to: retry, of: 8) == nil)
        #expect(guarded.answer(to: ControlRequest(.retry, submission: "b"), of: 7) == nil)
        guarded.remember(answer, to: ControlRequest(.release, submission: "a"), of: 7)
        #expect(guarded.answer(to: ControlRequest(.release, submission: "a"), of: 7) == nil)
        now.withLock { $0 += 999_999_999 }
        #expect(guarded.answer(to: retry, of: 7) == answer)
        now.withLock { $0 += 1 }
        #expect(guarded.answer(to: retry, of: 7) == nil)
    }

    @Test func memoryOfOrdersIsBounded() {
        let memory = OrderMemory(limit: 2)
        func order(_ id: String) -> ControlRequest {
            var order = ControlRequest(.roll)
            order.id = id
            return order
        }
        for id in ["1", "2", "3"] { memory.remember(ControlAnswer(.done, message: id), to: order(id), of: 7) }
        #expect(["1", "2", "3"].map { memory.answer(to: order($0), of: 7)?.message } == [nil, "2", "3"])
        #expect(memory.answer(to: order("3"), of: 8) == nil)
    }

    /// Whoever asks much waits behind himself, and root behind nobody.
    @Test func questionsTakeTurnsByUser() throws {
        let socket = "/tmp/ecocd-control-\(UUID().uuidString.prefix(8)).sock"
        let listener = try UnixListener(path: socket)
        defer { try? listener.removePath() }
        let link = try UnixConnection(connectingTo: socket)
        let queue = QuestionQueue()
        func add(_ connection: Int, _ user: UInt32) {
            let question = Question(connection: connection, link: link, user: user, request: ControlRequest(.status))
            queue.add(question, isPrivileged: user == 0)
        }
        for number in 1...4 { add(number, 7) }
        add(5, 8)
        add(6, 8)
        add(7, 0)
        queue.remove(2)
        queue.remove(99)
        #expect((0..<6).compactMap { _ in queue.next()?.connection } == [7, 1, 5, 3, 6, 4])
        add(8, 8)
        queue.remove(8)
        queue.close()
        add(9, 7)
        #expect(queue.next() == nil)
    }

    @Test func seatsAreGivenAgainstWhoHoldsMany() {
        let seats = Seats(all: 4, reserved: 1, perUser: 2)
        func holder(_ number: Int, _ user: UInt32, _ turn: Conversation.Turn = .asking) -> Seats.Holder {
            .init(number: number, user: user, isPrivileged: user == 0, turn: turn)
        }
        func decide(_ user: UInt32, _ holders: [Seats.Holder]) -> Seats.Decision {
            seats.decide(user: user, isPrivileged: user == 0, holders)
        }
        #expect(decide(7, [holder(1, 7)]) == .welcome)
        #expect(decide(7, [holder(1, 7), holder(2, 7)]) == .replace(1))
        #expect(decide(7, [holder(1, 7, .answering), holder(2, 7)]) == .replace(2))
        #expect(decide(7, [holder(1, 7, .waiting), holder(2, 7, .answering)]) == .replace(2))
        #expect(decide(7, [holder(1, 7, .waiting), holder(2, 7, .waiting)]) == .turnAway)
        let full = [holder(1, 0), holder(2, 7, .waiting), holder(3, 8), holder(4, 9)]
        #expect(decide(0, full) == .welcome && decide(10, full) == .replace(3))
        #expect(decide(10, full.map { holder($0.number, $0.user, .waiting) }) == .turnAway)
        #expect(decide(0, full + [holder(5, 10, .waiting)]) == .replace(1))
    }
}
