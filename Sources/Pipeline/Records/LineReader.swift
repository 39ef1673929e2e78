import Linux

/// The lines of a text file of our own, one by one, in constant memory.
final class LineReader {
    private let descriptor: Descriptor
    private var chunk = [UInt8](repeating: 0, count: 1 << 16)
    private var pending: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    init(path: String) throws(SystemError) { descriptor = try Descriptor.open(path) }

    /// Exactly the next `count` bytes; nil when the file ends before.
    func read(_ count: Int) throws(SystemError) -> ArraySlice<UInt8>? {
        pending.removeFirst(start)
        start = 0
        while pending.count < count {
            let received = try descriptor.read(into: &chunk)
            guard received > 0 else { return nil }
            pending.append(contentsOf: chunk[..<received])
        }
        start = count
        return pending[..<count]
    }

    /// The next line without its line feed; nil at the end.
    func next() throws(SystemError) -> ArraySlice<UInt8>? {
        var searched = start
        while true {
            if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return pending[start..<end]
            }
            guard !isAtEnd else {
                defer { start = pending.count }
                return start < pending.count ? pending[start...] : nil
            }
            searched = pending.count - start
            pending.removeFirst(start)
            start = 0
            let count = try descriptor.read(into: &chunk)
            isAtEnd = count == 0
            pending.append(contentsOf: chunk[..<count])
        }
    }
}
