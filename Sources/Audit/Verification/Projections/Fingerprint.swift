import Glibc

/// 64 bits that stand for some values, drawn with keys that nobody knows before the verification begins (SipHash): two different values
/// agree by chance or by design once in 2^64. Texts of records and of rows have the same ones.
struct Fingerprint {
    /// For a value that isn't there, and one that no record could give. No fingerprint is either.
    static let none: UInt64 = 0
    static let wrong: UInt64 = 1

    private var hasher: Hasher

    fileprivate init(_ hasher: Hasher) { self.hasher = hasher }

    mutating func add(_ number: Int) { hasher.combine(number) }

    mutating func add(_ text: UnsafeRawBufferPointer) {
        hasher.combine(text.count)
        hasher.combine(bytes: text)
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// A text or number of a record; nil is told apart from all.
    mutating func add(_ value: RecordValue?) {
        guard let value else { return hasher.combine(-1) }
        switch value.form {
        case .plain: add(UnsafeRawBufferPointer(start: value.start, count: value.count))
        case .escaped: value.unescaped().withUnsafeBytes { add($0) }
        case .number: add(value.number)
        }
    }

    /// A text column of a row; NULL is as a missing value, and what isn't a text is as nothing that a record has.
    mutating func add(_ row: Statement, _ column: Int32) {
        switch row.kind(column) {
        case .null: hasher.combine(-1)
        case .text: row.withText(column) { add(UnsafeRawBufferPointer($0)) }
        case .other: hasher.combine(-2)
        }
    }

    func finish() -> UInt64 {
        let bits = UInt64(bitPattern: Int64(hasher.finalize()))
        return bits > Self.wrong ? bits : ~bits
    }
}

/// What tells two rows of a projection apart: 128 bits, so that it doesn't happen by chance either.
struct RowKey: Hashable {
    let first: UInt64
    let second: UInt64

    static func == (left: RowKey, right: RowKey) -> Bool { left.first == right.first && left.second == right.second }

    /// Half of it is more than a table needs.
    func hash(into hasher: inout Hasher) { hasher.combine(first) }
}

/// The keys of one verification.
struct Fingerprints: Sendable {
    private let first = Self.seeded()
    private let second = Self.seeded()

    private static func seeded() -> Hasher {
        // The process has a seed of its own, which an environment variable can fix: these are added.
        var hasher = Hasher()
        hasher.combine(UInt64.random(in: .min ... .max))
        hasher.combine(UInt64.random(in: .min ... .max))
        return hasher
    }

    func of(_ add: (inout Fingerprint) -> Void) -> UInt64 {
        var fingerprint = Fingerprint(first)
        add(&fingerprint)
        return fingerprint.finish()
    }

    func of(_ value: RecordValue?) -> UInt64 { value == nil ? Fingerprint.none : of { $0.add(value) } }

    func of(_ text: String) -> UInt64 { of { $0.add(text) } }

    func of(_ row: Statement, _ column: Int32) -> UInt64 {
        switch row.kind(column) {
        case .null: Fingerprint.none
        case .text: of { $0.add(row, column) }
        case .other: Fingerprint.wrong
        }
    }

    /// The key of a row that is judged together with another one: it lies in the same part.
    func key(within key: RowKey, _ add: (inout Fingerprint) -> Void) -> RowKey {
        let second = of {
            $0.add(Int(bitPattern: UInt(key.second)))
            add(&$0)
        }
        return RowKey(first: key.first, second: second)
    }

    func key(_ add: (inout Fingerprint) -> Void) -> RowKey {
        var one = Fingerprint(first), other = Fingerprint(second)
        add(&one)
        add(&other)
        return RowKey(first: one.finish(), second: other.finish())
    }
}
