import Glibc

/// What the system lets this process have (getrlimit(2)). A limit that is too low would end it somewhere in the middle of work, without a word.
public enum ProcessLimits {
    /// A limit that doesn't suffice.
    public struct TooLow: Error, Sendable, CustomStringConvertible {
        /// What is limited, in words, and the setting of the service that says so (systemd.exec(5)).
        let what: String
        let setting: String
        let limit: UInt64
        let needed: UInt64

        public var description: String {
            "\(what) limited to \(limit), and ecocd needs \(needed) with these settings. Raise \(setting) of the service to that at least, "
                + "or leave it out ('systemctl edit ecocd'; 'ulimit' in a shell)."
        }
    }

    /// Raises the soft limit of open files as far as the hard one allows, if need be.
    public static func require(descriptors needed: UInt64) throws(TooLow) {
        guard var limits = limits(Int32(RLIMIT_NOFILE.rawValue)), limits.rlim_cur < needed else { return }
        limits.rlim_cur = min(rlim_t(needed), limits.rlim_max)
        if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits) == 0, limits.rlim_cur >= needed { return }
        let left = Self.limits(Int32(RLIMIT_NOFILE.rawValue))?.rlim_cur ?? limits.rlim_cur
        throw TooLow(what: "The number of open files is", setting: "LimitNOFILE=", limit: UInt64(left), needed: needed)
    }

    /// - Parameters:
    ///   - addressSpace: bytes, most of which are never touched and cost no memory.
    ///   - data: bytes of memory that may be written.
    public static func require(addressSpace: UInt64, data: UInt64) throws(TooLow) {
        for (resource, needed, what, setting) in [
            (RLIMIT_AS, addressSpace, "The address space, in bytes, is", "LimitAS="),
            (RLIMIT_DATA, data, "The data segment, in bytes, is", "LimitDATA="),
        ] {
            guard let limits = limits(Int32(resource.rawValue)), limits.rlim_cur < needed else { continue }
            throw TooLow(what: what, setting: setting, limit: UInt64(limits.rlim_cur), needed: needed)
        }
    }

    /// What the heap of so many threads reserves of the address space: one arena of 64 MiB for each, up to eight for each processor (mallopt(3),
    /// M_ARENA_MAX).
    public static func arenas(threads: UInt64) -> UInt64 {
        let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        return min(threads, 8 * UInt64(processors)) * (64 << 20)
    }

    /// Nil where it can't be asked: nothing is known against it then.
    private static func limits(_ resource: Int32) -> rlimit? {
        var limits = rlimit()
        guard getrlimit(__rlimit_resource_t(UInt32(resource)), &limits) == 0 else { return nil }
        return limits
    }
}
