import Glibc
import Linux

/// The groups that give a role, and who is in them now.
struct PeerGroups: Sendable {
    private let administrators: UInt32?
    private let releasers: UInt32?
    private let anchorers: UInt32?
    private let auditors: UInt32?

    init(_ settings: ControlServer.Groups) throws(SystemError) {
        administrators = try Self.group(settings.admin)
        releasers = try Self.group(settings.release)
        anchorers = try Self.group(settings.anchor)
        auditors = try Self.group(settings.audit)
    }

    /// A group that doesn't exist has no members.
    private static func group(_ name: String?) throws(SystemError) -> UInt32? {
        guard let name else { return nil }
        return try UserDatabase.group(named: name) ?? UInt32.max
    }

    /// What can be told of a user without asking a directory service.
    static func isPrivileged(_ user: UInt32) -> Bool { user == 0 || user == geteuid() }

    /// May take its time: the user database may be a directory service.
    func peer(_ identity: UnixConnection.Peer) throws(SystemError) -> Peer {
        let user = identity.user
        let name = try UserDatabase.name(of: user) ?? String(user)
        let groups = user == 0 ? [] : try UserDatabase.groups(of: user)
        let isAdministrator = Self.isPrivileged(user) || administrators.map(groups.contains) ?? false
        let mayRelease = releasers.map { user == 0 || groups.contains($0) } ?? isAdministrator
        let mayAnchor = isAdministrator || anchorers.map(groups.contains) ?? false
        return Peer(
            uid: user, gid: identity.group, name: name, isAdministrator: isAdministrator, mayRelease: mayRelease, mayAnchor: mayAnchor,
            mayAudit: auditors.map(groups.contains) ?? false)
    }
}
