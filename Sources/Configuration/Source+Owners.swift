import Ingest
import Linux

extension Source {
    /// The same with the numbers of its owners and their groups, as the system knows them now.
    func lookingUpOwners(in file: ConfigurationFile) throws(ConfigurationError) -> Source {
        guard !owners.isEmpty || !ownerGroups.isEmpty else { return self }
        var source = self
        source.intake.owners = FileOwners(
            users: try Self.numbers(owners, "owners", "user", in: file) { (name) throws(SystemError) in try UserDatabase.user(named: name)
            },
            groups: try Self.numbers(ownerGroups, "owner-groups", "group", in: file) { (name) throws(SystemError) in
                try UserDatabase.group(named: name)
            })
        return source
    }

    /// A name of digits alone is a number already: of a user whom only another machine knows, behind a network mount.
    private static func numbers(
        _ names: [String], _ key: String, _ what: String, in file: ConfigurationFile,
        lookUp: (String) throws(SystemError) -> UInt32?
    ) throws(ConfigurationError) -> Set<UInt32> {
        var numbers: Set<UInt32> = []
        for name in names {
            if let number = number(name) {
                numbers.insert(number)
                continue
            }
            let found: UInt32?
            do throws(SystemError) { found = try lookUp(name) } catch {
                throw file.fault(
                    at: key, "the \(what) '\(name)' in '\(key)' can't be looked up: \(error)", "Try again when the name service answers.")
            }
            guard let found else {
                throw file.fault(
                    at: key, "there is no \(what) '\(name)', whom '\(key)' names", "Mend the name, make the \(what), or give its number.")
            }
            numbers.insert(found)
        }
        return numbers
    }

    private static func number(_ name: String) -> UInt32? {
        name.utf8.allSatisfy { 0x30...0x39 ~= $0 } ? UInt32(name) : nil
    }
}
