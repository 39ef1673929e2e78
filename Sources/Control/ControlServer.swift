import FoundationEssentials
public import Linux

/// Answers questions on the control socket, one connection at a time: questions are small, and who is slow is cut off.
///
/// Who asks is what the kernel says (SO_PEERCRED); nothing in the message is believed.
public final class ControlServer: Sendable {
    /// Decides and answers. Called on the server's own thread.
    public typealias Handler = @Sendable (ControlRequest, Peer) -> ControlAnswer

    private let listener: UnixListener
    private let adminGroup: UInt32?
    private let releaseGroup: UInt32?
    private let anchorGroup: UInt32?
    private let handler: Handler
    private let stopping = Monitor(false)
    private let wakeup: Wakeup

    /// Evidence of 32 KB in base 64, the note that it is of, and words around them.
    static let requestLimit = 65_536
    static let timeoutMilliseconds = 2000

    /// - Parameters:
    ///   - adminGroup: members may do what needs an administrator, beside root and the daemon's own user.
    ///   - releaseGroup: members, and root, may do what needs a releaser; nil leaves that to administrators.
    ///   - anchorGroup: members may bring anchors, beside administrators.
    public init(
        path: String, adminGroup: String?, releaseGroup: String? = nil, anchorGroup: String? = nil, handler: @escaping Handler
    ) throws(SystemError) {
        self.adminGroup = try Self.group(adminGroup)
        self.releaseGroup = try Self.group(releaseGroup)
        self.anchorGroup = try Self.group(anchorGroup)
        self.handler = handler
        wakeup = try Wakeup()
        listener = try UnixListener(path: path, mode: 0o666)
    }

    /// A group that doesn't exist has no members.
    private static func group(_ name: String?) throws(SystemError) -> UInt32? {
        guard let name else { return nil }
        return try UserDatabase.group(named: name) ?? UInt32.max
    }

    /// Serves until `stop`. Blocks the calling thread.
    public func run() throws(SystemError) {
        while !stopping.read(\.self) {
            let ready = try Poll.wait([listener.descriptor.number, wakeup.descriptor.number])
            // Without a free descriptor the client goes away unanswered; the next one may find one.
            guard ready.contains(0), let connection = try? listener.accept(milliseconds: 0) else { continue }
            // A client that vanishes or sends nonsense is its own problem.
            try? answer(connection)
        }
        try? listener.removePath()
    }

    public func stop() {
        stopping.withLock { $0 = true }
        wakeup.ring()
    }

    private func answer(_ connection: UnixConnection) throws(SystemError) {
        let peer = try identify(connection)
        guard let line = try connection.receiveLine(limit: Self.requestLimit, milliseconds: Self.timeoutMilliseconds) else { return }
        let answer: ControlAnswer
        if let request = try? JSONDecoder().decode(ControlRequest.self, from: Data(line)) {
            answer = decide(request, peer)
        } else {
            answer = ControlAnswer(.refused, message: "This daemon doesn't know the question. Use the ecocctl that came with it.")
        }
        guard let bytes = try? JSONEncoder().encode(answer) else { return }
        try connection.send(line: Array(bytes), milliseconds: Self.timeoutMilliseconds)
    }

    private func decide(_ request: ControlRequest, _ peer: Peer) -> ControlAnswer {
        guard peer.has(request.command.role) else {
            let (who, group) =
                switch request.command.role {
                case .releaser: ("those who may release", "release")
                case .referenceKeeper: ("administrators and those who may release", "admin or the release")
                case .anchorer: ("those who may bring anchors", "anchor")
                case .everybody, .administrator: ("administrators", "admin")
                }
            return ControlAnswer(
                .notAllowed, message: "'\(request.command.rawValue)' is for \(who). Ask to be added to the \(group) group.")
        }
        return handler(request, peer)
    }

    private func identify(_ connection: UnixConnection) throws(SystemError) -> Peer {
        let identity = try connection.peer()
        let name = try UserDatabase.name(of: identity.user) ?? String(identity.user)
        let groups = try UserDatabase.groups(of: identity.user)
        let isAdministrator = identity.user == 0 || identity.user == ownUser() || adminGroup.map(groups.contains) ?? false
        let mayRelease = releaseGroup.map { identity.user == 0 || groups.contains($0) } ?? isAdministrator
        return Peer(
            uid: identity.user, gid: identity.group, name: name, isAdministrator: isAdministrator, mayRelease: mayRelease,
            mayAnchor: isAdministrator || anchorGroup.map(groups.contains) ?? false)
    }
}
