import CLinux

/// What kind of file system something lies on, as far as it matters who else can write there.
public enum FileSystem: Sendable, Equatable {
    /// All who write to it go through this kernel.
    case local
    /// A program stands behind it: what lies beneath may be written to without this kernel's knowing.
    case userSpace
    /// Another machine holds it; `kind` is what people call it.
    case network(kind: String)

    /// `f_type` of statfs(2); the numbers stand in linux/magic.h and in the sources of each file system.
    init(type: UInt32) {
        let networks: [UInt32: String] = [
            0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "SMB", 0xFE53_4D42: "SMB", 0x0102_1997: "9P", 0x00C3_6400: "Ceph",
            0x5346_414F: "AFS",
            0x6B41_4653: "AFS", 0x7375_7245: "Coda", 0x564C: "NCP", 0x0BD0_0BD0: "Lustre", 0x7461_636F: "OCFS2", 0x0116_1970: "GFS2",
            0x786F_4256: "a shared folder", 0xBACB_ACBC: "a shared folder",
        ]
        self = type == 0x6573_5546 ? .userSpace : networks[type].map { .network(kind: $0) } ?? .local
    }
}

extension Descriptor {
    /// The kind of file system that holds this file.
    public func fileSystem() throws(SystemError) -> FileSystem {
        var type: UInt32 = 0
        try once("read the file system's kind of", path) { ecocd_file_system_type(number, &type) }
        return FileSystem(type: type)
    }
}
