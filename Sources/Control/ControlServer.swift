import FoundationEssentials
public import Linux

/// Answers questions on the control socket. Connections are served side by side: who is silent or slow holds nobody up (`Seats`).
///
/// One thread does all reading and writing and never waits for anything else. Two others answer: one questions that change nothing, the other
/// orders, one after the other. Who asks is known from the kernel (SO_PEERCRED); nothing in the message is believed.
public final class ControlServer: Sendable {
    /// Decides and answers. Called for orders on one thread, for looks on another.
    public typealias Handler = @Sendable (ControlRequest, Peer) -> ControlAnswer

    /// The names of the groups that give a role; nil: nobody has it by a group.
    public struct Groups: Sendable {
        /// Members may do what needs an administrator, beside root and the daemon's own user.
        public var admin: String?
        /// Members, and root, may do what needs a releaser; nil leaves that to administrators.
        public var release: String?
        /// Members may bring anchors, beside administrators.
        public var anchor: String?
        /// Members see all that `status` has, beside administrators and releasers.
        public var audit: String?

        public init(admin: String? = nil, release: String? = nil, anchor: String? = nil, audit: String? = nil) {
            (self.admin, self.release, self.anchor, self.audit) = (admin, release, anchor, audit)
        }
    }

    private struct Ready: Sendable {
        let connection: Int
        let answer: [UInt8]
    }

    private struct State: Sendable {
        var isStopping = false
        var answers: [Ready] = []
    }

    private let listener: UnixListener
    private let groups: PeerGroups
    private let handler: Handler
    private let wakeup: Wakeup
    private let looks = QuestionQueue()
    private let orders = QuestionQueue()
    private let memory = OrderMemory()
    private let repeats = RepeatGuard()
    private let state = Monitor(State())
    private let threads = Monitor<[Thread]>([])

    /// Connections that are open at once; the privileged have places of their own.
    public static let mostConnections = Seats().all + Seats().reserved

    /// Connections that wait to be accepted: more than one user's loop makes in the time of a few answers.
    private static let backlog = 1024

    /// Listens at `path`; questions are answered from `start` on.
    public init(path: String, groups: Groups, handler: @escaping Handler) throws(SystemError) {
        self.groups = try PeerGroups(groups)
        self.handler = handler
        wakeup = try Wakeup()
        listener = try UnixListener(path: path, mode: 0o666, backlog: Self.backlog)
    }

    /// Begins to answer, on threads of its own.
    /// - Parameter onFailure: called when nobody can be answered any more.
    public func start(onFailure: @escaping @Sendable (SystemError) -> Void) throws(SystemError) {
        let table = ConversationTable(listener: listener, wakeup: wakeup)
        let answering = try [("looks", looks), ("orders", orders)].map { (name, queue) throws(SystemError) in
            try Thread(name: name) { [self] in while let question = queue.next() { answer(question) } }
        }
        let serving = try Thread(name: "control") { [self] in
            var table = table
            do throws(SystemError) { try serve(&table) } catch { onFailure(error) }
        }
        threads.withLock { $0 = [serving] + answering }
    }

    /// Ends after the answers to the questions in work, within a second where their askers read them.
    public func stop() {
        looks.close()
        orders.close()
        for thread in threads.read({ $0.dropFirst() }) { thread.join() }
        state.withLock { $0.isStopping = true }
        wakeup.ring()
        threads.read(\.first)?.join()
        try? listener.removePath()
    }

    // MARK: The serving thread

    private func serve(_ table: inout ConversationTable) throws(SystemError) {
        var isStopping = false
        repeat {
            isStopping = state.read(\.isStopping)
            for ready in state.withLock({ state in
                defer { state.answers = [] }
                return state.answers
            }) {
                table.answer(ready.connection, ready.answer)
            }
            if isStopping { return table.finish(milliseconds: 1000) }
            let turn = try table.turn()
            for question in turn.asked { dispatch(question) { table.answer(question.connection, $0) } }
            for number in turn.gone {
                looks.remove(number)
                orders.remove(number)
            }
        } while true
    }

    /// A question that nobody here knows is answered at once.
    private func dispatch(_ asked: ConversationTable.Asked, _ answerAtOnce: ([UInt8]) -> Void) {
        guard let request = try? JSONDecoder().decode(ControlRequest.self, from: Data(asked.line)), request.hasPlausibleID else {
            let answer = ControlAnswer(.refused, message: "This daemon doesn't know the question. Use the ecocctl that came with it.")
            return answerAtOnce(Self.line(answer))
        }
        let question = Question(connection: asked.connection, link: asked.link, user: asked.user, request: request)
        // What is held may be a hundred thousand records: it isn't read in front of somebody's `status`.
        let queue = request.command.isOrder || request.command == .held ? orders : looks
        queue.add(question, isPrivileged: PeerGroups.isPrivileged(asked.user))
    }

    // MARK: The answering threads

    private func answer(_ question: Question) {
        // Nobody would learn that it was done, and who gave up waiting may have decided otherwise.
        if question.link.isPeerGone { return }
        let line = Self.line(decide(question))
        state.withLock { $0.answers.append(Ready(connection: question.connection, answer: line)) }
        wakeup.ring()
    }

    private func decide(_ question: Question) -> ControlAnswer {
        let (request, user) = (question.request, question.user)
        do {
            let peer = try groups.peer(question.link.peer())
            guard peer.has(request.command.role) else { return Self.refusal(of: request.command) }
            if let known = memory.answer(to: request, of: user) ?? repeats.answer(to: request, of: user) { return known }
            let answer = handler(request, peer)
            memory.remember(answer, to: request, of: user)
            repeats.remember(answer, to: request, of: user)
            return answer
        } catch {
            return ControlAnswer(.refused, message: "It can't be told who asks: \(error)")
        }
    }

    private static func refusal(of command: ControlRequest.Command) -> ControlAnswer {
        let (who, group) =
            switch command.role {
            case .releaser: ("those who may release", "release")
            case .staff: ("administrators and those who may release", "admin or the release")
            case .anchorer: ("those who may bring anchors", "anchor")
            case .everybody, .administrator: ("administrators", "admin")
            }
        return ControlAnswer(.notAllowed, message: "'\(command.rawValue)' is for \(who). Ask to be added to the \(group) group.")
    }

    private static func line(_ answer: ControlAnswer) -> [UInt8] {
        // Texts and numbers always encode, and their JSON has no line feed.
        ((try? JSONEncoder().encode(answer)).map(Array.init) ?? []) + [UInt8(ascii: "\n")]
    }
}
