/// How many connections may be open at once, and which one makes room for another. Who holds many holds them against himself.
struct Seats {
    var all = 256
    /// Kept for root and the daemon's own user.
    var reserved = 32
    var perUser = 32

    /// What to do with one more connection.
    enum Decision: Equatable {
        case welcome
        /// This connection makes room.
        case replace(Int)
        case turnAway
    }

    struct Holder {
        let number: Int
        let user: UInt32
        let isPrivileged: Bool
        let turn: Conversation.Turn
    }

    /// - Parameter holders: the oldest first.
    func decide(user: UInt32, isPrivileged: Bool, _ holders: [Holder]) -> Decision {
        let own = holders.filter { $0.user == user }
        if own.count >= perUser { return Self.replace(among: own) }
        if holders.count < all || isPrivileged && holders.count < all + reserved { return .welcome }
        return Self.replace(among: holders.filter { !$0.isPrivileged || isPrivileged })
    }

    /// The one that has been silent longest, or else the one that has been reading longest. A question that is whole is answered.
    private static func replace(among holders: [Holder]) -> Decision {
        let found = holders.first { $0.turn == .asking } ?? holders.first { $0.turn == .answering }
        return found.map { .replace($0.number) } ?? .turnAway
    }
}
