/// Tells when a file system was mounted or unmounted as this process sees it (proc_pid_mountinfo(5)).
public struct MountTable: ~Copyable, Sendable {
    /// For `Poll.news`, without an interest: what the manual page calls an error of this file is a change of the mounts, and the news is told
    /// once for all of them.
    public let descriptor: Descriptor

    public init() throws(SystemError) { descriptor = try Descriptor.open("/proc/self/mountinfo") }
}
