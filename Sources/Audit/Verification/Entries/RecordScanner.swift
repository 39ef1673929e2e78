import Glibc

/// A value of a record where it lies: valid as long as the record's bytes are.
struct RecordValue {
    enum Form { case plain, escaped, number }

    /// A text's bytes between its quotation marks, escapes as written; a number's digits.
    let start: UnsafePointer<UInt8>
    let count: Int
    let form: Form
    /// Of a number.
    let number: Int

    func equals(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard form == .plain, count == bytes.count, let other = bytes.baseAddress else { return false }
        return memcmp(start, other, count) == 0
    }

    /// An escaped text's own bytes. Its escapes are canonical: the scanner has seen them.
    func unescaped() -> [UInt8] {
        var text: [UInt8] = []
        var index = 0
        while index < count {
            var byte = start[index]
            if byte == UInt8(ascii: "\\") {
                index += 1
                byte = start[index]
                switch byte {
                case UInt8(ascii: "b"): byte = 0x08
                case UInt8(ascii: "t"): byte = 0x09
                case UInt8(ascii: "n"): byte = 0x0A
                case UInt8(ascii: "f"): byte = 0x0C
                case UInt8(ascii: "r"): byte = 0x0D
                case UInt8(ascii: "u"):
                    byte = (start[index + 3] & 1) << 4 | RecordScanner.digit(start[index + 4])
                    index += 4
                default: break  // a quotation mark or a backslash stands for itself
                }
            }
            text.append(byte)
            index += 1
        }
        return text
    }
}

/// Splits a record into its members where it lies, without copying. What it accepts is canonical in every value; whether the members are
/// those of the kind, in order, `RecordForms` decides. What it refuses `RecordParser` explains. Used by one thread.
final class RecordScanner {
    struct Member {
        let name: UnsafePointer<UInt8>
        let nameCount: Int
        let value: RecordValue
    }

    /// More than any kind has.
    private static let mostMembers = 48

    let members = UnsafeMutablePointer<Member>.allocate(capacity: mostMembers)
    private(set) var count = 0

    deinit { members.deallocate() }

    /// False when the bytes aren't a flat object with plain names in canonical spelling.
    func scan(_ record: UnsafeRawBufferPointer) -> Bool {
        count = 0
        guard let base = record.baseAddress else { return false }
        var next = base.assumingMemoryBound(to: UInt8.self)
        let end = next + record.count
        guard next < end, next.pointee == UInt8(ascii: "{") else { return false }
        repeat {
            next += 1
            guard count < Self.mostMembers, let name = Self.text(&next, end), name.form == .plain,
                next < end, next.pointee == UInt8(ascii: ":")
            else { return false }
            next += 1
            guard next < end, let value = next.pointee == UInt8(ascii: "\"") ? Self.text(&next, end) : Self.number(&next, end) else {
                return false
            }
            (members + count).initialize(to: Member(name: name.start, nameCount: name.count, value: value))
            count += 1
        } while next < end && next.pointee == UInt8(ascii: ",")
        return end - next == 1 && next.pointee == UInt8(ascii: "}")
    }

    @inline(__always)
    private static func text(_ next: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> RecordValue? {
        guard next < end, next.pointee == UInt8(ascii: "\"") else { return nil }
        next += 1
        let start = next
        var form = RecordValue.Form.plain
        while true {
            skipPlain(&next, end)
            guard next < end else { return nil }
            let byte = next.pointee
            if byte == UInt8(ascii: "\"") {
                defer { next += 1 }
                return RecordValue(start: start, count: next - start, form: form, number: 0)
            }
            let length: Int
            if byte == UInt8(ascii: "\\") {
                form = .escaped
                length = escapeLength(next, end)
            } else {
                length = sequenceLength(next, end)
            }
            if length == 0 { return nil }
            next += length
        }
    }

    /// On to the next byte that isn't plain: a quotation mark, a backslash, a control character, or one beyond ASCII. Eight at a time.
    @inline(__always)
    private static func skipPlain(_ next: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        let ones: UInt64 = 0x0101_0101_0101_0101, tops: UInt64 = 0x8080_8080_8080_8080
        while end - next >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(next).loadUnaligned(as: UInt64.self))
            let quote = word ^ (ones &* 0x22), slash = word ^ (ones &* 0x5C)
            // The lowest bit set is exact; those above it may come from a borrow.
            let found =
                (word | (word &- ones &* 0x20) & ~word | (quote &- ones) & ~quote | (slash &- ones) & ~slash) & tops
            if found != 0 {
                next += found.trailingZeroBitCount >> 3
                return
            }
            next += 8
        }
        while next < end, next.pointee >= 0x20, next.pointee < 0x80, next.pointee != 0x22, next.pointee != 0x5C { next += 1 }
    }

    /// 0 unless the escape is the one that RFC 8785 prescribes.
    private static func escapeLength(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
        guard end - start >= 2 else { return 0 }
        switch start[1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "n"), UInt8(ascii: "f"),
            UInt8(ascii: "r"):
            return 2
        case UInt8(ascii: "u"):
            guard end - start >= 6, start[2] == UInt8(ascii: "0"), start[3] == UInt8(ascii: "0"), start[4] & 0xFE == UInt8(ascii: "0")
            else {
                return 0
            }
            let low = digit(start[5])
            let value = (start[4] & 1) << 4 | low
            return low > 15 || [0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(value) ? 0 : 6
        default: return 0
        }
    }

    /// The value of a lower-case hexadecimal digit; more than 15 for other bytes.
    static func digit(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: .max
        }
    }

    /// The length of a UTF-8 sequence beyond ASCII; 0 when it isn't one (RFC 3629: nothing overlong, no surrogates, up to U+10FFFF).
    private static func sequenceLength(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
        let (length, second): (Int, ClosedRange<UInt8>)
        switch start[0] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard end - start >= length, second.contains(start[1]) else { return 0 }
        for index in 2..<max(length, 2) where start[index] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// A whole number within ±(2^53 - 1), without leading zeros or `-0`.
    @inline(__always)
    private static func number(_ next: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> RecordValue? {
        let start = next
        let isNegative = next.pointee == UInt8(ascii: "-")
        if isNegative { next += 1 }
        let first = next
        var number = 0
        while next < end, next - first <= 16, next.pointee &- UInt8(ascii: "0") < 10 {
            number = number * 10 + Int(next.pointee - UInt8(ascii: "0"))
            next += 1
        }
        guard next > first, next - first <= 16, number < 1 << 53 else { return nil }
        if first.pointee == UInt8(ascii: "0"), next - first > 1 || isNegative { return nil }
        return RecordValue(start: start, count: next - start, form: .number, number: isNegative ? -number : number)
    }
}
