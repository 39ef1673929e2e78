import CLinux
import Glibc

/// The system's users and groups, asked anew each time: an administrator's change counts at once. Safe from any thread.
public enum UserDatabase {
    /// The user's name, or nil when the database has no such user.
    public static func name(of user: UInt32) throws(SystemError) -> String? {
        try withUser("\(user)", { getpwuid_r(user, $0, $1, $2, $3) }) { String(cString: $0.pw_name) }
    }

    /// The user with this name, or nil.
    public static func user(named name: String) throws(SystemError) -> UInt32? {
        try withUser(name, { getpwnam_r(name, $0, $1, $2, $3) }) { $0.pw_uid }
    }

    /// The user's name and primary group, or nil when the database has no such user.
    static func account(of user: UInt32) throws(SystemError) -> (name: String, group: UInt32)? {
        try withUser("\(user)", { getpwuid_r(user, $0, $1, $2, $3) }) { (String(cString: $0.pw_name), $0.pw_gid) }
    }

    /// The group's name, or nil when the database has no such group.
    public static func name(ofGroup group: UInt32) throws(SystemError) -> String? {
        var record = Glibc.group()
        var found: UnsafeMutablePointer<Glibc.group>?
        return try withGrowingBuffer("\(group)") {
            getgrgid_r(group, &record, $0, $1, &found)
        } then: {
            found.map { String(cString: $0.pointee.gr_name) }
        }
    }

    /// The group with this name, or nil.
    public static func group(named name: String) throws(SystemError) -> UInt32? {
        var record = Glibc.group()
        var found: UnsafeMutablePointer<Glibc.group>?
        return try withGrowingBuffer(name) {
            getgrnam_r(name, &record, $0, $1, &found)
        } then: {
            found?.pointee.gr_gid
        }
    }

    /// All groups of a user, the primary one included; empty when the database has no such user.
    public static func groups(of user: UInt32) throws(SystemError) -> Set<UInt32> {
        guard let (name, primary) = try account(of: user) else { return [] }
        var groups = [gid_t](repeating: 0, count: 64)
        while true {
            var count = Int32(groups.count)
            if ecocd_ancillary_groups(name, primary, &groups, &count) != -1 { return Set(groups.prefix(Int(count))) }
            groups = [gid_t](repeating: 0, count: max(groups.count * 2, Int(count)))
        }
    }

    private typealias UserLookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    /// `read` runs while the buffer that the record points into still lives.
    private static func withUser<Value>(_ subject: String, _ lookup: UserLookup, _ read: (passwd) -> Value) throws(SystemError) -> Value? {
        var record = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return try withGrowingBuffer(subject) {
            lookup(&record, $0, $1, &found)
        } then: {
            found.map { read($0.pointee) }
        }
    }

    private static func withGrowingBuffer<Value>(
        _ subject: String, _ lookup: (UnsafeMutablePointer<CChar>, Int) -> Int32, then read: () -> Value?
    ) throws(SystemError) -> Value? {
        var size = 1 << 12
        while true {
            let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
            defer { buffer.deallocate() }
            switch lookup(buffer, size) {
            case 0: return read()
            case ERANGE where size < 1 << 24: size *= 4
            case EINTR: continue
            // The ways in which name services say "no such entry" (getpwnam(3)).
            case ENOENT, ESRCH, EBADF, EPERM: return nil
            case let code: throw SystemError(code: code, operation: "look up", path: subject)
            }
        }
    }
}
