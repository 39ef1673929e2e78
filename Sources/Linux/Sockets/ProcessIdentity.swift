import CLinux
import Glibc

/// Whom the kernel takes this process for.
public enum ProcessIdentity {
    /// The effective user and group.
    public static var user: UInt32 { geteuid() }
    public static var group: UInt32 { getegid() }

    /// The effective user's name; the number where the user database doesn't know it or doesn't answer.
    public static var name: String { (try? UserDatabase.name(of: user)).flatMap { $0 } ?? "\(user)" }

    /// The user's primary group, or nil when the user database doesn't know the user.
    public static func primaryGroup(of user: UInt32) throws(SystemError) -> UInt32? { try UserDatabase.account(of: user)?.group }

    /// Becomes another user for good, with that user's groups. For a short program of one thread: what is open stays open.
    /// - Returns: false when the user database doesn't know the user; nothing is changed then.
    public static func become(user: UInt32) throws(SystemError) -> Bool {
        guard let account = try UserDatabase.account(of: user) else { return false }
        try once("become the user", account.name) { ecocd_become(account.name, user, account.group) }
        return true
    }
}
