import Linux

/// Remembers over starts that the ledger was put back, until nothing in the spool is left that it has forgotten.
struct RestoreMark {
    let state: String

    private static let name = "restored"

    var isSet: Bool {
        get throws(SystemError) { try Directory(state).statusIfPresent(Self.name) != nil }
    }

    func set() throws(SystemError) {
        guard try !isSet else { return }
        let folder = try Directory(state)
        try folder.writeFile(Self.name, [])
        try folder.sync()
    }

    func clear() throws(SystemError) {
        let folder = try Directory(state)
        try folder.unlink(Self.name)
        try folder.sync()
    }
}
