import Glibc

/// All effects of a ledger, parted by the key of their row, so that each part can be judged in little memory: what a part's buffer doesn't
/// hold lies in a temporary file that has no name. Written by one thread; then any may read.
final class EffectStore: @unchecked Sendable {
    // Unchecked: while it is written, one thread at a time has it; afterwards nothing in it changes.

    /// Words of a buffer: 8 KB.
    private static let bufferWords = 1_024
    /// Entries whose effects a part should hold at the most, as far as there may be that many parts.
    private static let entriesPerPart = 40_000
    private static let mostParts = 1_024

    private struct Chunk {
        let offset: Int
        let words: Int32
    }

    private final class Part {
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: EffectStore.bufferWords)
        var count = 0
        var chunks: [Chunk] = []

        deinit { words.deallocate() }
    }

    private let parts: [Part]
    private let mask: UInt64
    private let path: String
    private var file: Int32 = -1
    private var fileSize = 0
    /// By submission, where it was rejected as a whole or declared lost, in order. Kept in memory: they concern rows of all parts.
    private(set) var refusals: [UInt64: [Refusal.Place]] = [:]

    var partCount: Int { parts.count }

    /// - Parameter entries: how many the ledger has, about.
    init(entries: Int) {
        var count = 1
        while count < Self.mostParts, count * Self.entriesPerPart < entries { count *= 2 }
        parts = (0..<count).map { _ in Part() }
        mask = UInt64(count - 1)
        path = (getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp") + "/ecocd-verify-XXXXXX"
    }

    deinit { if file >= 0 { close(file) } }

    func append(_ effects: EffectBuffer) throws(LedgerError) {
        for refusal in effects.refusals { refusals[refusal.submission, default: []].append(refusal.place) }
        var index = 0
        while index < effects.count {
            let words = EffectHead(word: effects.words[index]).words
            let part = parts[Int(effects.words[index + 1] & mask)]
            if part.count + words > Self.bufferWords { try spill(part) }
            (part.words + part.count).update(from: effects.words + index, count: words)
            part.count += words
            index += words
        }
    }

    private func spill(_ part: Part) throws(LedgerError) {
        if file < 0 { file = try Self.create(path) }
        let size = part.count * 8
        var done = 0
        while done < size {
            let written = pwrite(file, UnsafeRawPointer(part.words) + done, size - done, off_t(fileSize + done))
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Self.fault(String(cString: strerror(errno)), path) }
            done += written
        }
        part.chunks.append(Chunk(offset: fileSize, words: Int32(part.count)))
        fileSize += size
        part.count = 0
    }

    /// A file that is gone when it is closed, whatever happens.
    private static func create(_ path: String) throws(LedgerError) -> Int32 {
        var template = path.utf8CString
        let file = template.withUnsafeMutableBufferPointer { name in name.baseAddress.map { mkstemp($0) } ?? -1 }
        guard file >= 0 else { throw Self.fault(String(cString: strerror(errno)), path) }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        template.withUnsafeBufferPointer { name in if let name = name.baseAddress { unlink(name) } }
        return file
    }

    /// Says nothing of the ledger: the verification just can't go on.
    private static func fault(_ reason: String, _ path: String) -> LedgerError {
        LedgerError(
            .write, "the verification's temporary file can't be used: \(reason)", path: path,
            remedy: "Give the folder room, or name another one in TMPDIR.")
    }

    /// Reads a part from its first effect to its last.
    final class Reading {
        private let store: EffectStore
        private let part: Part
        private let buffer = UnsafeMutablePointer<UInt64>.allocate(capacity: EffectStore.bufferWords)
        private var words: UnsafePointer<UInt64>
        private var left = 0
        private var chunk = 0

        init(_ store: EffectStore, part: Int) {
            self.store = store
            self.part = store.parts[part]
            words = UnsafePointer(buffer)
        }

        deinit { buffer.deallocate() }

        /// The next effect, valid until the one after; nil after the last.
        func next() throws(LedgerError) -> UnsafePointer<UInt64>? {
            if left == 0, try !fill() { return nil }
            let effect = words
            let count = EffectHead(word: effect[0]).words
            words += count
            left -= count
            return effect
        }

        private func fill() throws(LedgerError) -> Bool {
            if chunk < part.chunks.count {
                try load(part.chunks[chunk])
            } else if chunk == part.chunks.count, part.count > 0 {
                (words, left) = (UnsafePointer(part.words), part.count)
            } else {
                return false
            }
            chunk += 1
            return true
        }

        private func load(_ chunk: Chunk) throws(LedgerError) {
            let size = Int(chunk.words) * 8
            var done = 0
            while done < size {
                let count = pread(store.file, UnsafeMutableRawPointer(buffer) + done, size - done, off_t(chunk.offset + done))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw EffectStore.fault(count == 0 ? "it was cut" : String(cString: strerror(errno)), store.path) }
                done += count
            }
            (words, left) = (UnsafePointer(buffer), Int(chunk.words))
        }
    }
}
