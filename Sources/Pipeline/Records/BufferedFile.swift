import Linux

/// A file that is written front to back in pieces. Not on disk before `finish`.
final class BufferedFile {
    private let descriptor: Descriptor
    private var buffer: [UInt8] = []

    private static let flushAt = 1 << 16

    /// Makes `name` in `directory`; what an interrupted attempt left under this name is removed first.
    init(_ name: String, in directory: borrowing Directory, mode: UInt32 = 0o640) throws(SystemError) {
        if try directory.statusIfPresent(name) != nil { try directory.unlink(name) }
        descriptor = try directory.create(name, mode: mode)
        buffer.reserveCapacity(Self.flushAt * 2)
    }

    func write(_ bytes: some Sequence<UInt8>) throws(SystemError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.flushAt { try flush() }
    }

    /// Writes out what is buffered and syncs the content; the name needs a sync of the directory.
    func finish() throws(SystemError) {
        try flush()
        try descriptor.sync()
    }

    /// Writes out what is buffered. A stop of the machine may lose it.
    func flush() throws(SystemError) {
        try descriptor.writeAll(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
