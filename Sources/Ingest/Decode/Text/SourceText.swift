import Linux

/// The content of a source's file as UTF-8, piece by piece. Owns the open file.
///
/// Pieces end at whole characters. A problem of the encoding is reported when the text before it has been taken, so what is found in a
/// file doesn't depend on the size of the pieces.
struct SourceText: ~Copyable {
    static let defaultChunkSize = 256 << 10

    let form: TextForm
    /// The byte order mark as received; empty where there is none.
    let byteOrderMark: [UInt8]
    private let file: Descriptor
    private let chunkSize: Int
    /// Bytes read and not yet decoded are `pending[..<pendingCount]`; they begin at `offset` in the file.
    private var pending: [UInt8]
    private var pendingCount: Int
    private var offset: Int
    private var isAtEnd = false
    private var lines = LineCounter()
    private var failure: FileRejection?

    init(path: String, encoding: TextEncoding, limit: Int, chunkSize: Int) throws(FileRejection) {
        let file = try Self.open(path, limit: limit)
        var start = [UInt8](repeating: 0, count: 4)
        var count = 0
        // A mark has three bytes at most, and a read may bring fewer.
        while count < start.count {
            let got = try Self.read(file, into: &start, at: count, count: start.count - count)
            if got == 0 { break }
            count += got
        }
        start.removeSubrange(count...)
        guard let (form, markLength) = TextForm.detect(start, expected: encoding) else { throw FileRejection.contradictingMark(encoding) }
        self.file = file
        self.form = form
        self.chunkSize = max(chunkSize, 1)
        byteOrderMark = Array(start[..<markLength])
        pending = [UInt8](repeating: 0, count: max(chunkSize, 4) + 4)
        pendingCount = start.count - markLength
        for index in 0..<pendingCount { pending[index] = start[markLength + index] }
        offset = markLength
    }

    /// What a file of parts of this one begins with: its mark, and in UTF-16 always one, as not every first character tells the byte order.
    var openingMark: [UInt8] {
        guard byteOrderMark.isEmpty, case .utf16(let bigEndian) = form else { return byteOrderMark }
        return bigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]
    }

    /// Opens a file that is not larger than `limit` bytes.
    static func open(_ path: String, limit: Int) throws(FileRejection) -> Descriptor {
        let file = try open(path)
        let size: Int
        do {
            size = try file.status().size
        } catch {
            throw FileRejection.unreadable(error.description)
        }
        guard size <= limit else { throw FileRejection.tooLarge(size: size, limit: limit) }
        return file
    }

    private static func open(_ path: String) throws(FileRejection) -> Descriptor {
        do {
            return try Descriptor.open(path)
        } catch {
            throw FileRejection.unreadable(error.description)
        }
    }

    /// Appends the next piece to `text`. Blocking.
    /// - Returns: false at the end of the file, with nothing appended.
    mutating func append(to text: inout [UInt8]) throws(FileRejection) -> Bool {
        while true {
            if let failure { throw failure }
            let before = text.count
            decodePending(into: &text)
            if text.count > before { return true }
            if failure != nil { continue }
            guard !isAtEnd else {
                guard pendingCount == 0 else { throw rejection(.truncated) }
                return false
            }
            try readChunk()
        }
    }

    private mutating func decodePending(into text: inout [UInt8]) {
        guard pendingCount > 0 else { return }
        let before = text.count
        let (consumed, problem) = pending.withUnsafeBufferPointer { bytes in
            form.decode(UnsafeBufferPointer(rebasing: bytes[..<pendingCount]), into: &text)
        }
        lines.count(text[before...])
        // A cut character has at most three bytes; what lies behind a problem is only shown.
        let rest = min(pendingCount - consumed, 4)
        for index in 0..<rest { pending[index] = pending[consumed + index] }
        offset += consumed
        pendingCount = rest
        if let problem { failure = rejection(problem) }
    }

    private mutating func readChunk() throws(FileRejection) {
        let got = try Self.read(file, into: &pending, at: pendingCount, count: chunkSize)
        pendingCount += got
        isAtEnd = got == 0
    }

    private static func read(
        _ file: borrowing Descriptor, into buffer: inout [UInt8], at index: Int, count: Int
    ) throws(FileRejection) -> Int {
        do throws(SystemError) {
            return try buffer.withUnsafeMutableBufferPointer { bytes throws(SystemError) in
                let room = UnsafeMutableBufferPointer(rebasing: bytes[index..<min(index + count, bytes.count)])
                return try file.read(into: UnsafeMutableRawBufferPointer(room))
            }
        } catch {
            throw FileRejection.unreadable(error.description)
        }
    }

    private func rejection(_ problem: TextForm.Problem) -> FileRejection {
        .undecodable(problem, at: offset, line: lines.number, bytes: pending.prefix(pendingCount), form: form)
    }
}

/// Counts lines: by LF, or by CR in a file that has no LF.
struct LineCounter {
    private var lineFeeds = 0
    private var carriageReturns = 0

    /// The line, from 1, behind everything counted so far.
    var number: Int { (lineFeeds > 0 ? lineFeeds : carriageReturns) + 1 }

    mutating func count(_ text: ArraySlice<UInt8>) {
        text.withUnsafeBufferPointer { bytes in
            for byte in bytes {
                lineFeeds += byte == 0x0A ? 1 : 0
                carriageReturns += byte == 0x0D ? 1 : 0
            }
        }
    }
}
