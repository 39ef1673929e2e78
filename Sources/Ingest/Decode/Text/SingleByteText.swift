/// An encoding of one byte a character: ASCII below 80, a table above.
struct SingleByteText: Sendable {
    /// The UTF-8 of each byte from 80 on, empty where the byte is no character.
    private let upper: [[UInt8]]
    private let byteOfScalar: [UInt32: UInt8]

    static func of(_ encoding: TextEncoding) -> SingleByteText {
        switch encoding {
        case .isoLatin9: latin9
        case .windows1252: windows
        case .isoLatin1, .utf8, .utf16: latin1
        }
    }

    private static let latin1 = SingleByteText(changes: [:])

    /// ISO/IEC 8859-15:1999: eight characters differ from part 1.
    private static let latin9 = SingleByteText(changes: [
        0xA4: 0x20AC, 0xA6: 0x0160, 0xA8: 0x0161, 0xB4: 0x017D, 0xB8: 0x017E, 0xBC: 0x0152, 0xBD: 0x0153, 0xBE: 0x0178,
    ])

    /// Microsoft's code page 1252, without 81, 8D, 8F, 90 and 9D, which it leaves undefined.
    private static let windows = SingleByteText(changes: [
        0x80: 0x20AC, 0x82: 0x201A, 0x83: 0x0192, 0x84: 0x201E, 0x85: 0x2026, 0x86: 0x2020, 0x87: 0x2021, 0x88: 0x02C6, 0x89: 0x2030,
        0x8A: 0x0160, 0x8B: 0x2039, 0x8C: 0x0152, 0x8E: 0x017D, 0x91: 0x2018, 0x92: 0x2019, 0x93: 0x201C, 0x94: 0x201D, 0x95: 0x2022,
        0x96: 0x2013, 0x97: 0x2014, 0x98: 0x02DC, 0x99: 0x2122, 0x9A: 0x0161, 0x9B: 0x203A, 0x9C: 0x0153, 0x9E: 0x017E, 0x9F: 0x0178,
    ])

    /// - Parameter changes: where the table isn't that of ISO/IEC 8859-1, which has nothing from 80 to 9F and its own number from A0 on.
    private init(changes: [UInt8: UInt32]) {
        var upper: [[UInt8]] = []
        var byteOfScalar: [UInt32: UInt8] = [:]
        for byte in UInt8(0x80)...0xFF {
            let number = changes[byte] ?? (byte < 0xA0 ? 0 : UInt32(byte))
            guard number != 0, let scalar = Unicode.Scalar(number) else {
                upper.append([])
                continue
            }
            upper.append(Array(String(Character(scalar)).utf8))
            byteOfScalar[number] = byte
        }
        self.upper = upper
        self.byteOfScalar = byteOfScalar
    }

    func decode(_ input: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) -> (consumed: Int, problem: TextForm.Problem?) {
        var index = 0
        while index < input.count {
            let end = ASCIIRun.end(in: input, from: index)
            text.append(contentsOf: UnsafeBufferPointer(rebasing: input[index..<end]))
            index = end
            guard index < input.count else { break }
            guard input[index] != 0 else { return (index, .nul) }
            let character = upper[Int(input[index]) - 0x80]
            guard !character.isEmpty else { return (index, .invalid(length: 1)) }
            text.append(contentsOf: character)
            index += 1
        }
        return (index, nil)
    }

    func encode(_ text: ArraySlice<UInt8>) -> [UInt8] {
        String(decoding: text, as: UTF8.self).unicodeScalars.compactMap { scalar in
            scalar.isASCII ? UInt8(scalar.value) : byteOfScalar[scalar.value]
        }
    }
}
