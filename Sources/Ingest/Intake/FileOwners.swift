import Linux

/// Whose files an inbox takes.
public struct FileOwners: Sendable, Equatable {
    /// User ids.
    public var users: Set<UInt32>
    /// Ids of groups: every member's files are taken. Who is a member is asked when a file comes.
    public var groups: Set<UInt32>

    public init(users: Set<UInt32>, groups: Set<UInt32> = []) { (self.users, self.groups) = (users, groups) }

    /// - Throws: when the system can't tell the user's groups now.
    func contain(_ user: UInt32) throws(SystemError) -> Bool {
        if users.contains(user) || groups.isEmpty { return users.contains(user) }
        let own = try UserDatabase.groups(of: user)
        return !groups.isDisjoint(with: own)
    }
}
