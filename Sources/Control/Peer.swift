/// Who asks: the user as the kernel says (SO_PEERCRED), and what his groups allow him.
public struct Peer: Sendable, Equatable {
    public let uid: UInt32
    public let gid: UInt32
    public let name: String
    public let isAdministrator: Bool
    public let mayRelease: Bool
    public let mayAnchor: Bool
    /// Member of the audit group.
    public let mayAudit: Bool

    public init(
        uid: UInt32, gid: UInt32, name: String, isAdministrator: Bool, mayRelease: Bool, mayAnchor: Bool, mayAudit: Bool = false
    ) {
        self.uid = uid
        self.gid = gid
        self.name = name
        self.isAdministrator = isAdministrator
        self.mayRelease = mayRelease
        self.mayAnchor = mayAnchor
        self.mayAudit = mayAudit
    }

    /// Whether `status` shows this user names of files, sources and vehicles, and why something waits.
    public var maySeeNames: Bool { isAdministrator || mayRelease || mayAudit }

    func has(_ role: ControlRequest.Role) -> Bool {
        switch role {
        case .everybody: true
        case .releaser: mayRelease
        case .administrator: isAdministrator
        case .anchorer: mayAnchor
        case .staff: isAdministrator || mayRelease
        }
    }
}
