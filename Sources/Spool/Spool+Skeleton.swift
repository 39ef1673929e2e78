import Linux

extension Spool {
    /// A folder that another system reads or writes: an inbox, a destination.
    public struct Exchange: Sendable, Hashable {
        public let name: String
        /// The group of the other system, or nil to leave the folder with ecocd's own.
        public let group: UInt32?

        public init(name: String, group: UInt32? = nil) {
            self.name = name
            self.group = group
        }
    }

    /// Makes the folders of a spool, with their modes whatever the umask. What is there already stays as it is, modes included, so that an
    /// administrator's choice holds. Safe to call at every start.
    /// - Parameters:
    ///   - auditGroup: the group that may read `rejected` and `archive`.
    ///   - sources: one inbox and one folder for reports each.
    ///   - destinations: one outbox each, with a folder for receipts.
    public static func prepare(
        root: String, auditGroup: UInt32? = nil, sources: [Exchange] = [], destinations: [Exchange] = []
    ) throws(SpoolError) {
        try makeRoot(root)
        try performing("make the folders of the spool") { () throws(SystemError) in
            let spool = try Directory(root)
            for stage in Stage.allCases {
                try make(stage.rawValue, mode: stage.mode, group: stage.mode == 0o750 ? auditGroup : nil, in: spool)
            }
            for parent in ["inbox", "returns", "outbox", "reference"] {
                try make(parent, mode: parent == "reference" ? Self.inboxMode : 0o755, in: spool)
            }
            // Reports about what was dropped into `reference`.
            try make("reference", mode: 0o2750, in: Directory("\(root)/returns"))
            // By their paths: another file system may be mounted on each of them.
            for source in sources {
                try make(source.name, mode: Self.inboxMode, group: source.group, in: Directory("\(root)/inbox"))
                try make(source.name, mode: 0o2750, group: source.group, in: Directory("\(root)/returns"))
            }
            for destination in destinations {
                try make(destination.name, mode: 0o2770, group: destination.group, in: Directory("\(root)/outbox"))
                // In a file system that is mounted on the outbox it may be missing, or not ours to make: whoever looks after the outboxes says so.
                try? make("receipts", mode: 0o2770, group: destination.group, in: Directory("\(root)/outbox/\(destination.name)"))
            }
            try spool.sync()
        }
    }

    /// The group drops, and what comes in is the group's; and sticky: a member can't rename or remove what another has dropped.
    private static let inboxMode: UInt32 = 0o3770

    /// Makes the folder that holds everything, where it is missing.
    static func makeRoot(_ root: String) throws(SpoolError) {
        guard let slash = root.lastIndex(of: "/"), slash != root.startIndex else { return }
        try performing("make the folder of the spool") { () throws(SystemError) in
            try make(String(root[root.index(after: slash)...]), mode: 0o755, in: Directory(String(root[..<slash])))
        }
    }

    private static func make(
        _ name: String, mode: UInt32, group: UInt32? = nil, in parent: borrowing Directory
    ) throws(SystemError) {
        do { try parent.makeDirectory(name, mode: 0o700) } catch {
            if error.isAlreadyThere { return }
            throw error
        }
        let made = try parent.openDirectory(name)
        // The group first: a change of group clears the set-group-id bit.
        if let group { try made.descriptor.setGroup(group) }
        try made.descriptor.setMode(mode)
        try made.sync()
        try parent.sync()
    }
}
