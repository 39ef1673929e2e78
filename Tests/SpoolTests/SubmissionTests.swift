import TestSupport
import Audit
import Linux
import Spool
import Testing

@Suite struct SubmissionTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func submission(name: String = "a.csv") throws -> Submission {
        try folder.write("content", to: "file")
        return Submission(
            id: .make(), source: "erp", name: name, receivedAt: .now(), origin: Submission.Origin(try folder.directory().status("file")),
            sha256: String(repeating: "0", count: 64))
    }

    @Test(arguments: ["a.csv", "Umläut \"quoted\".csv", "back\\slash", "tab\tbell\u{7}del\u{7F}", "🚗", ""])
    func isReadAsWritten(name: String) throws {
        let submission = try submission(name: name)
        #expect(try Submission(reading: submission.bytes) == submission)
    }

    @Test func anyChangedByteIsRefusedOrChangesTheContent() throws {
        let submission = try submission()
        for index in submission.bytes.indices {
            for byte: UInt8 in [0x00, 0x20, 0x22, 0x5C, 0x2C, 0x7B, 0xFF, submission.bytes[index] ^ 1] where byte != submission.bytes[index]
            {
                var bytes = submission.bytes
                bytes[index] = byte
                if let read = try? Submission(reading: bytes) { #expect(read != submission && read.bytes == bytes) }
            }
        }
    }

    @Test(arguments: [
        "", "{}", "[]", "null", #"{"v":1}"#, #"{"v":1,"v":1}"#, #"{ "v":1}"#, #"{"v":1} "#, #"{"v":01}"#, #"{"v":1e3}"#, #"{"v":-}"#,
        #"{"v":"\u0041"}"#, #"{"v":"\/"}"#, #"{"v":"\ud800"}"#, "{\"v\":\"\u{1}\"}", #"{"v":"#, #"{"v":"\"#, #"{"v":99999999999999999999}"#,
    ])
    func whatIsNotCanonicalIsRefused(text: String) {
        #expect(throws: (any Error).self) { try Submission(reading: Array(text.utf8)) }
    }

    @Test func cutOffAnywhereItIsRefused() throws {
        let bytes = try submission().bytes
        for count in 0..<bytes.count { #expect(throws: Submission.Unreadable.self) { try Submission(reading: Array(bytes[..<count])) } }
    }

    @Test func flatObjectsAreReadAsWritten() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let fields = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                (
                    Self.text(&generator),
                    Bool.random() ? Event.Scalar.text(Self.text(&generator)) : .number(.random(in: -1 << 53 + 1...1 << 53 - 1))
                )
            }
            let object = FlatObject(Dictionary(fields) { first, _ in first })
            #expect(try FlatObject(reading: object.bytes) == object)
        }
    }

    private static func text(_ generator: inout SystemRandomNumberGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let range: ClosedRange<UInt32> = Bool.random(using: &generator) ? 0...0x7F : 0...0x10FFFF
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { text.append(scalar) }
        }
        return String(text)
    }

    @Test func idsAreReadAsMadeAndSortedByTime() {
        let early = SubmissionID.make(at: Timestamp(milliseconds: 1_795_442_712_123))
        let late = SubmissionID.make(at: Timestamp(milliseconds: 1_795_442_712_124))
        #expect(early.text.hasPrefix("20261123T140512.123Z-"))
        #expect(early < late)
        #expect(SubmissionID(early.text) == early)
        #expect(Set((0..<5000).map { _ in SubmissionID.make(at: Timestamp(milliseconds: 0)) }).count == 5000)
    }

    @Test(arguments: [
        "", "x", "20261123T140512.123Z-k7q2mzr", "20261123T140512.123Z-k7q2mzr44", "20261123T140512.123Z_k7q2mzr4",
        "20261323T140512.123Z-k7q2mzr4",
        "20261123T240512.123Z-k7q2mzr4", "20261123T140512.123Z-K7q2mzr4", "20261123T140512.123Z-k7q2mzri", "../61123T140512.123Z-k7q2mzr4",
        "20261123T140512.123Z-k7q2mz/4",
    ])
    func otherTextIsNoID(text: String) { #expect(SubmissionID(text) == nil) }
}
