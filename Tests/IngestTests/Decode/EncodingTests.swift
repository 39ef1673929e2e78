import Certificate
import Foundation
import Testing

@testable import Ingest

/// Text in every encoding, made by Foundation, not by our own tables.
enum Samples {
    static func encode(_ text: String, _ encoding: TextEncoding, withMark: Bool = false, bigEndian: Bool = false) -> [UInt8]? {
        switch encoding {
        case .utf8: (withMark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
        case .utf16:
            (withMark ? (bigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]) : [])
                + text.utf16.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
        case .isoLatin1: text.data(using: .isoLatin1).map(Array.init)
        case .isoLatin9: text.unicodeScalars.map { $0 == "€" ? 0xA4 : UInt8(truncatingIfNeeded: $0.value) }
        case .windows1252: text.data(using: .windowsCP1252).map(Array.init)
        }
    }
}

@Suite struct EncodingTests {
    @Test(arguments: TextEncoding.allCases, [1, 2, 3, 5, 1 << 18])
    func everyEncodingInPieces(_ encoding: TextEncoding, _ chunkSize: Int) throws {
        let text = "Remark,Type\nGrößenänderung £ ÿ,é\n"
        let bytes = try #require(Samples.encode(text, encoding))
        let records = try DecodeMaterial.read(bytes, Profile(format: .csv(CSVDialect()), encoding: encoding), chunkSize: chunkSize).get()
        #expect(records.first?.values[try DecodeMaterial.key("Remark")] == "Größenänderung £ ÿ")
        #expect(records.first?.values[try DecodeMaterial.key("Type")] == "é")
    }

    @Test(arguments: [TextEncoding.utf8, .utf16], [TextEncoding.utf8, .utf16])
    func aMarkWins(_ written: TextEncoding, _ expected: TextEncoding) throws {
        for bigEndian in [false, true] {
            let bytes = try #require(Samples.encode("Type,Remark\nA,😀€\n", written, withMark: true, bigEndian: bigEndian))
            for chunkSize in [1, 2, 3, 100] {
                let result = try DecodeMaterial.read(bytes, Profile(format: .csv(CSVDialect()), encoding: expected), chunkSize: chunkSize)
                #expect(try result.get().first?.values[try DecodeMaterial.key("Remark")] == "😀€")
            }
        }
    }

    @Test func utf16WithoutMarkIsToldByItsZeros() throws {
        for bigEndian in [false, true] {
            let bytes = try #require(Samples.encode("Type\nÄ\n", .utf16, bigEndian: bigEndian))
            let records = try DecodeMaterial.read(bytes, Profile(format: .csv(CSVDialect()), encoding: .utf16)).get()
            #expect(records.first?.values.fields.first?.value == "Ä")
        }
    }

    @Test(arguments: [TextEncoding.isoLatin1, .isoLatin9, .windows1252])
    func aMarkContradictsBytewiseText(_ encoding: TextEncoding) throws {
        let bytes = try #require(Samples.encode("Type\nA\n", .utf8, withMark: true))
        #expect(try DecodeMaterial.read(bytes, Profile(format: .csv(CSVDialect()), encoding: encoding)).rule == .encoding)
    }

    @Test func theEuroSignOfEachEncoding() throws {
        for (encoding, byte) in [(TextEncoding.isoLatin9, UInt8(0xA4)), (.windows1252, 0x80)] {
            let records = try DecodeMaterial.read(
                Array("Type\n".utf8) + [byte], Profile(format: .csv(CSVDialect()), encoding: encoding)
            ).get()
            #expect(records.first?.values.fields.first?.value == "€")
        }
    }

    /// Every byte of the tables against Foundation's.
    @Test func tablesAgreeWithFoundation() {
        for (encoding, foundation) in [(TextEncoding.isoLatin1, String.Encoding.isoLatin1), (.windows1252, .windowsCP1252)] {
            for byte in UInt8(1)...255 {
                var text: [UInt8] = []
                let (consumed, problem) = [byte].withUnsafeBufferPointer {
                    TextForm.singleByte(encoding).decode($0, into: &text)
                }
                if problem == nil {
                    #expect(consumed == 1)
                    #expect(String(decoding: text, as: UTF8.self) == String(data: Data([byte]), encoding: foundation))
                    #expect(TextForm.singleByte(encoding).encode(text[...]) == [byte])
                } else {
                    #expect(0x80...0x9F ~= byte)
                }
            }
        }
    }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0x80], [0xFF], [0xC3, 0x28], [0xE2, 0x82, 0x28], [0xF0, 0x9F, 0x98, 0x28],
        ] as [[UInt8]])
    func strictUTF8(_ bad: [UInt8]) throws {
        let bytes = Array("Type\nA\nB".utf8) + bad + Array("C\n".utf8)
        for chunkSize in [1, 2, 100] {
            let result = try DecodeMaterial.read(bytes, chunkSize: chunkSize)
            #expect(result.rule == .encoding)
            guard case .failure(let rejection) = result else { continue }
            #expect(rejection.finding.message.hasPrefix("Line 3, byte 9 of the file:"))
        }
    }

    @Test(arguments: [[0x41, 0x00, 0x00, 0xD8], [0x00, 0xDC, 0x41, 0x00], [0x00, 0xD8, 0x41, 0x00]] as [[UInt8]])
    func strictSurrogates(_ bad: [UInt8]) throws {
        let start = try #require(Samples.encode("Type\n", .utf16, withMark: true))
        #expect(try DecodeMaterial.read(start + bad, Profile(format: .csv(CSVDialect()), encoding: .utf16)).rule == .encoding)
    }

    @Test func textCutInsideACharacter() throws {
        for (bytes, encoding) in [(Array("Type\nä".utf8.dropLast()), TextEncoding.utf8), ([0xFF, 0xFE, 0x54, 0x00, 0x0A], .utf16)] {
            let result = try DecodeMaterial.read(bytes, Profile(format: .csv(CSVDialect(hasHeader: true)), encoding: encoding))
            #expect(result.rule == .encoding)
            guard case .failure(let rejection) = result else { continue }
            #expect(rejection.finding.message.contains("ends inside a character"))
        }
    }

    @Test(arguments: [TextEncoding.utf8, .isoLatin1, .isoLatin9, .windows1252])
    func nulIsNoText(_ encoding: TextEncoding) throws {
        let result = try DecodeMaterial.read(
            Array("Type\nA\0B\n".utf8), Profile(format: .csv(CSVDialect()), encoding: encoding))
        #expect(result.rule == .binary)
    }

    @Test(arguments: [(TextEncoding.windows1252, UInt8(0x81)), (.isoLatin1, 0x80), (.isoLatin9, 0x9F)])
    func undefinedBytes(_ encoding: TextEncoding, _ byte: UInt8) throws {
        let result = try DecodeMaterial.read(Array("Type\nA".utf8) + [byte], Profile(format: .csv(CSVDialect()), encoding: encoding))
        #expect(result.rule == .encoding)
    }

    @Test func linesAreCountedInFilesWithCarriageReturnsOnly() throws {
        guard case .failure(let rejection) = try DecodeMaterial.read(Array("Type\rA\rB\r".utf8) + [0xFF]) else {
            Issue.record("a bad byte was read")
            return
        }
        #expect(rejection.finding.message.hasPrefix("Line 4,"))
    }
}
