/// Strict UTF-16: surrogates in pairs only.
enum UTF16Text {
    static func decode(
        _ input: UnsafeBufferPointer<UInt8>, bigEndian: Bool, into text: inout [UInt8]
    ) -> (consumed: Int, problem: TextForm.Problem?) {
        text.reserveCapacity(text.count + input.count)
        let (high, low) = bigEndian ? (0, 1) : (1, 0)
        var index = 0
        while index + 1 < input.count {
            let unit = UInt32(input[index + high]) << 8 | UInt32(input[index + low])
            switch unit {
            case 0: return (index, .nul)
            case 1...0x7F:
                text.append(UInt8(truncatingIfNeeded: unit))
                index += 2
            case 0xD800...0xDBFF:
                guard index + 3 < input.count else { return (index, nil) }
                let second = UInt32(input[index + 2 + high]) << 8 | UInt32(input[index + 2 + low])
                guard 0xDC00...0xDFFF ~= second else { return (index, .invalid(length: 2)) }
                append(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00), to: &text)
                index += 4
            case 0xDC00...0xDFFF: return (index, .invalid(length: 2))
            default:
                append(unit, to: &text)
                index += 2
            }
        }
        return (index, nil)
    }

    static func encode(_ text: ArraySlice<UInt8>, bigEndian: Bool) -> [UInt8] {
        String(decoding: text, as: UTF8.self).utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return bigEndian ? [high, low] : [low, high]
        }
    }

    /// Appends a scalar above 7F that is no surrogate.
    @inline(__always)
    private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
        func continuation(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x800: text.append(UInt8(0xC0 | scalar >> 6))
        case ..<0x10000:
            text.append(UInt8(0xE0 | scalar >> 12))
            text.append(continuation(6))
        default:
            text.append(UInt8(0xF0 | scalar >> 18))
            text.append(continuation(12))
            text.append(continuation(6))
        }
        text.append(continuation(0))
    }
}
