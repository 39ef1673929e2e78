/// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF, nothing replaced.
enum UTF8Text {
    static func decode(_ input: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) -> (consumed: Int, problem: TextForm.Problem?) {
        var index = 0
        var problem: TextForm.Problem?
        scan: while true {
            index = ASCIIRun.end(in: input, from: index)
            guard index < input.count else { break }
            switch scalar(in: input, at: index) {
            case .whole(let length): index += length
            case .cut: break scan
            case .wrong(let found):
                problem = found
                break scan
            }
        }
        text.append(contentsOf: UnsafeBufferPointer(rebasing: input[..<index]))
        return (index, problem)
    }

    private enum Scalar {
        case whole(length: Int)
        /// The input ends before the character does.
        case cut
        case wrong(TextForm.Problem)
    }

    /// The character that begins at `index`, with the ranges of table 3-7 of the Unicode standard.
    @inline(__always)
    private static func scalar(in input: UnsafeBufferPointer<UInt8>, at index: Int) -> Scalar {
        let (length, second): (Int, ClosedRange<UInt8>)
        switch input[index] {
        case 0: return .wrong(.nul)
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return .wrong(.invalid(length: 1))
        }
        guard index + 1 < input.count else { return .cut }
        guard second.contains(input[index + 1]) else { return .wrong(.invalid(length: 1)) }
        for offset in 2..<max(2, length) {
            guard index + offset < input.count else { return .cut }
            guard input[index + offset] & 0xC0 == 0x80 else { return .wrong(.invalid(length: offset)) }
        }
        return .whole(length: length)
    }
}

/// Finds where plain ASCII ends, eight bytes at a time.
enum ASCIIRun {
    /// The first index from `start` on whose byte is NUL or above 7F; the count when there is none.
    @inline(__always)
    static func end(in input: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let bytes = UnsafeRawBufferPointer(input)
        var index = start
        while index + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let hasNUL = (word &- 0x0101_0101_0101_0101) & ~word
            if (word | hasNUL) & 0x8080_8080_8080_8080 != 0 { break }
            index += 8
        }
        while index < bytes.count, 1...0x7F ~= bytes[index] { index += 1 }
        return index
    }
}
