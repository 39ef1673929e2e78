import Glibc

/// Processes that hold locks on a file, as far as the kernel's list tells (proc_locks(5)).
public struct LockHolders: Sendable {
    /// A process with its command's name; the name is nil when the process has ended meanwhile.
    public struct Holder: Sendable, Hashable, CustomStringConvertible {
        public let pid: Int
        public let command: String?

        public var description: String { command.map { "\($0), pid \(pid)" } ?? "pid \(pid)" }
    }

    /// Those that hold a lock for writing on one of these files, this process left out. Empty where /proc doesn't tell, as in a unit with
    /// `ProcSubset=pid`, or for processes of another namespace.
    public static func writers(of paths: [String]) -> [Holder] {
        let files = paths.compactMap { try? FileStatus.ifPresent($0) }.compactMap { $0 }
        guard let bytes = try? Descriptor.open("/proc/locks").readAll(limit: 1 << 20) else { return [] }
        let own = Int(getpid())
        var found: [Holder] = []
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            guard let lock = Line(line), lock.isExclusive, lock.pid > 0, lock.pid != own, files.contains(where: lock.isOn),
                !found.contains(where: { $0.pid == lock.pid })
            else { continue }
            found.append(Holder(pid: lock.pid, command: command(lock.pid)))
        }
        return found
    }

    private static func command(_ pid: Int) -> String? {
        guard let bytes = try? Descriptor.open("/proc/\(pid)/comm").readAll(limit: 256) else { return nil }
        let name = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { $0.properties.generalCategory != .control }
        return name.isEmpty ? nil : String(String.UnicodeScalarView(name))
    }

    /// `1: POSIX  ADVISORY  WRITE 12345 fd:01:131 120 120`; a line of somebody who waits for a lock has `->` in second place.
    struct Line {
        let isExclusive: Bool
        let pid: Int
        let device: UInt64
        /// Of a file system without a device of its own, whose files may have another number than it.
        let isUnnamedDevice: Bool
        let inode: UInt64

        func isOn(_ file: FileStatus) -> Bool { file.inode == inode && (file.device == device || isUnnamedDevice) }

        init?(_ line: Substring) {
            let words = line.split(separator: " ")
            guard words.count >= 6, words[1] != "->", let pid = Int(words[4]) else { return nil }
            let file = words[5].split(separator: ":")
            guard file.count == 3, let major = UInt64(file[0], radix: 16), let minor = UInt64(file[1], radix: 16),
                let inode = UInt64(file[2])
            else { return nil }
            // As makedev(3) puts them together.
            device = (major & 0xFFF) << 8 | (major & ~0xFFF) << 32 | minor & 0xFF | (minor & ~0xFF) << 12
            isUnnamedDevice = major == 0
            (self.pid, self.inode, isExclusive) = (pid, inode, words[3] == "WRITE")
        }
    }
}
