/// What an entry does to one row, or what one row says: some words of 64 bits, small enough to be written down for every entry.
///
/// The first word is its sort, its length in words and its position in the ledger; then comes the key of the row, then what the sort needs.
///
/// A new projection needs: its effects and its row here; what each kind does to it in `EntryEffects`; its state, how effects change it and how
/// a stored row is compared in `ProjectionReplay`; a case of `ProjectionScan` for its table and for each index, with its words in
/// `StoredProjections` (or in `readOpen`, when its rows go again). Rows that are judged together must have keys with the same first half.
enum Effect: UInt8 {
    /// A certificate was validated: submission, submission and row, reference id, the other values, state.
    case validated
    /// It came to another state: submission, state, and where they are given the XML's digest, the bundle's digest, the bundle's name.
    case advanced
    /// A row of `certificate`: its values in the order of `CertificateRow`, stage, version, VIN.
    case certificateRow
    /// A submission was received: its values, source and content, stage, the values of its receipt.
    case received
    /// Several events of it, one after the other, of which the last one stands at the position: stage, counts, marks.
    case changed
    /// The producer's file was removed.
    case claimed
    /// It was declared lost: the stages that it may not be in.
    case lost
    /// A move was begun: its values.
    case moving
    /// A move was made: its values.
    case moved
    /// A row of `submission`: its values in the order of `SubmissionRow`, id.
    case submissionRow
    /// A row of `receipt`: its values, position, id.
    case receiptRow
    /// A row of `open_move`: its values, position, id.
    case moveRow
    /// A record was rejected: VIN, submission.
    case rejected
    /// A row of `rejection`: VIN, submission, position.
    case rejectionRow
    /// A bundle got its name in an outbox: bundle, the second half of the certificate's key, submission.
    case delivered
    /// It was fetched from there: bundle.
    case collected
    /// It was answered: the second half of the delivery's key, bundle.
    case acknowledged
    /// A row of `delivery`: bundle, when published, whether collected, when collected, stage, version, VIN, destination.
    case deliveryRow
    /// A row of `acknowledgement`: position, stage, version, VIN, destination.
    case acknowledgementRow
    /// An entry without submission.
    case landmark
    /// A row of `landmark`: position.
    case landmarkRow
    /// An entry of an index: which, its values, the first position where it has that.
    case indexRow
}

/// The first word of an effect.
struct EffectHead {
    let word: UInt64

    init(_ effect: Effect, words: Int, position: Int) {
        word = UInt64(effect.rawValue) << 56 | UInt64(words) << 40 | UInt64(position) & Self.positions
    }

    init(word: UInt64) { self.word = word }

    private static let positions: UInt64 = 1 << 40 - 1

    var effect: Effect? { Effect(rawValue: UInt8(word >> 56)) }
    var words: Int { Int(word >> 40 & 0xFFFF) }
    var position: Int { Int(word & Self.positions) }
}

/// A submission was rejected as a whole or declared lost: an effect on all its certificates that aren't sealed, or aren't published,
/// wherever their rows are.
struct Refusal {
    let submission: UInt64
    let place: Place

    struct Place {
        let position: Int
        let isLoss: Bool
    }
}

/// Effects in the order in which they came, gathered for a page and then handed on. Used by one thread.
final class EffectBuffer {
    private(set) var words: UnsafeMutablePointer<UInt64>
    private var capacity = 4_096
    private(set) var count = 0
    private var start = 0
    private(set) var refusals: [Refusal] = []

    init() { words = .allocate(capacity: capacity) }

    deinit { words.deallocate() }

    func removeAll() {
        count = 0
        refusals.removeAll(keepingCapacity: true)
    }

    func addRefusal(_ refusal: Refusal) { refusals.append(refusal) }

    func begin(_ effect: Effect, at position: Int, _ key: RowKey) {
        reserve(3)
        start = count
        words[count] = EffectHead(effect, words: 0, position: position).word
        words[count + 1] = key.first
        words[count + 2] = key.second
        count += 3
    }

    func add(_ word: UInt64) {
        reserve(1)
        words[count] = word
        count += 1
    }

    func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

    /// A row's name, for people, cut when it is longer than any that a ledger has.
    func add(name: UnsafeBufferPointer<UInt8>) {
        let bytes = name.prefix(EffectName.longest)
        let size = (bytes.count + 7) / 8
        add(bytes.count)
        reserve(size)
        let target = UnsafeMutableRawBufferPointer(start: words + count, count: size * 8)
        if let last = size == 0 ? nil : words + (count + size - 1) { last.pointee = 0 }
        target.copyBytes(from: bytes)
        count += size
    }

    func end() {
        let head = EffectHead(word: words[start])
        if let effect = head.effect { words[start] = EffectHead(effect, words: count - start, position: head.position).word }
    }

    private func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * 2)
        larger.update(from: words, count: count)
        words.deallocate()
        words = larger
        capacity *= 2
    }
}

/// The text at the end of an effect that says what a row tells.
enum EffectName {
    static let longest = 128

    /// The name behind this one.
    static func next(_ words: UnsafePointer<UInt64>) -> UnsafePointer<UInt64> { words + 1 + (min(Int(words[0]), longest) + 7) / 8 }

    static func read(_ words: UnsafePointer<UInt64>) -> String {
        let count = min(Int(words[0]), longest)
        return String(decoding: UnsafeRawBufferPointer(start: words + 1, count: count), as: UTF8.self)
    }
}
