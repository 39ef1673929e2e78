import Hashing
import Linux

/// The events of one call, encoded and hashed on the caller's thread: all that is left for the writer is to store them.
struct EventBatch: Sendable {
    static let longestRecord = 65_535

    let events: [Event]
    /// All records, one after the other.
    let bytes: [UInt8]
    /// Where each record ends in `bytes`.
    let ends: [Int]
    let leafHashes: [Digest]
    /// What the first of the events speaks of, to be stored with it.
    let anchor: Anchor?

    static let empty = EventBatch()

    private init() {
        (events, bytes, ends, leafHashes, anchor) = ([], [], [], [], nil)
    }

    /// - Parameter time: the value of `at` for all of them.
    init(_ events: [Event], storing anchor: Anchor? = nil, at time: Timestamp = .now()) throws(LedgerError.Refusal) {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        let text = time.utf8
        bytes.reserveCapacity(events.count * 384)
        ends.reserveCapacity(events.count)
        // Events of one kind follow one another.
        var (kind, layout) = (Event.Kind.received, RecordLayout.of(.received))
        for event in events {
            let start = bytes.count
            if event.kind != kind { (kind, layout) = (event.kind, RecordLayout.of(event.kind)) }
            try RecordEncoder.append(event, layout, at: text, to: &bytes)
            guard bytes.count - start <= Self.longestRecord else { throw .recordTooLong(bytes: bytes.count - start) }
            ends.append(bytes.count)
        }
        self.events = events
        self.anchor = anchor
        self.bytes = bytes
        self.ends = ends
        leafHashes = Self.hashes(bytes, ends)
    }

    private static func hashes(_ bytes: [UInt8], _ ends: [Int]) -> [Digest] {
        var hash = SHA256()
        var digests: [Digest] = []
        digests.reserveCapacity(ends.count)
        bytes.withUnsafeBytes { all in
            var start = 0
            for end in ends {
                digests.append(hash.leaf(UnsafeRawBufferPointer(rebasing: all[start..<end])))
                start = end
            }
        }
        return digests
    }
}
