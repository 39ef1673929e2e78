/// One question on the control socket: a line of JSON. The connection takes one question and gives one answer.
public struct ControlRequest: Codable, Sendable, Equatable {
    public var command: Command

    public enum Command: String, Codable, Sendable, CaseIterable {
        /// Anybody who may connect.
        case status
        /// Look into every inbox now. Anybody who may connect.
        case rescan
        /// The incidents shown have been looked at: go on. Administrators only.
        case acknowledge

        /// Whether the daemon asks for an administrator (root, its own user, or the admin group).
        public var needsAdministrator: Bool { self == .acknowledge }
    }

    public init(_ command: Command) { self.command = command }
}

/// The answer: a status, nothing to say, or a refusal.
public struct ControlAnswer: Codable, Sendable, Equatable {
    public var outcome: Outcome
    public var message: String?
    public var status: StatusReport?

    public enum Outcome: String, Codable, Sendable {
        case done, notAllowed, refused
    }

    public init(_ outcome: Outcome, message: String? = nil, status: StatusReport? = nil) {
        self.outcome = outcome
        self.message = message
        self.status = status
    }
}

/// Who asks, as the kernel says (SO_PEERCRED).
public struct Peer: Sendable, Equatable {
    public let uid: UInt32
    public let gid: UInt32
    public let name: String
    public let isAdministrator: Bool

    public init(uid: UInt32, gid: UInt32, name: String, isAdministrator: Bool) {
        self.uid = uid
        self.gid = gid
        self.name = name
        self.isAdministrator = isAdministrator
    }
}
