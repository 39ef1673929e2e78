import Foundation
import Testing

@testable import Pipeline

/// What a receipt's name and bytes say.
@Suite struct ReceiptContentTests {
    private static let bundle = Export.bundle(1).replacing(".asice", with: "")

    private func read(_ name: String, _ text: String) throws(ReceiptContent.Refused) -> ReceiptContent {
        try ReceiptContent(name: name, bytes: Array(text.utf8))
    }

    private static func form(_ outcome: String, _ more: String = "", of bundle: String = bundle) -> String {
        "{\"bundle\": \"\(bundle)\", \"outcome\": \"\(outcome)\"\(more)}"
    }

    @Test func smallForm() throws {
        let content = try read(
            "\(Self.bundle).json",
            Self.form("rejected", ", \"reference\": \"A/7\", \"message\": \"no\\nVIN\", \"x\": 1", of: "\(Self.bundle).asice"))
        #expect(content.bundle.name == Self.bundle && content.outcome == .rejected)
        #expect(content.reference == "A/7" && content.message == "no VIN")
        #expect(try read("\(Self.bundle).json", " \r\n" + Self.form("accepted")).outcome == .accepted)
        #expect(try read("\(Self.bundle).json", Self.form("accepted", ", \"reference\": \"\"")).reference == nil)
    }

    @Test func longTextsAreCut() throws {
        let long = String(repeating: "é", count: 5_000)
        let content = try read("\(Self.bundle).json", Self.form("accepted", ", \"reference\": \"\(long)\", \"message\": \"\(long)\""))
        #expect(content.reference?.count == 200 && content.message?.count == 1_000)
    }

    @Test(arguments: [
        ("accepted", "accepted"), ("7.rejected", "rejected"), ("xml", "unknown"), ("accepted.xml", "unknown"), ("", "unknown"),
    ])
    func endings(ending: String, outcome: String) throws {
        for text in ["", "<ack/>", "{", "{}", "[1]", "{\"bundle\": 1, \"outcome\": 2}", "{\"outcome\": \"accepted\"}", "\u{0}\u{1}"] {
            #expect(try read("\(Self.bundle).\(ending)", text).outcome.rawValue == outcome, "\(text)")
        }
    }

    @Test(
        arguments: [
            ("\(bundle)", "", "RCPT-01"), ("receipt.json", "", "RCPT-01"), (".\(bundle).json", "", "RCPT-01"),
            ("\(bundle).withdrawn.json", "", "RCPT-02"), ("\(bundle)x.json", "", "RCPT-01"),
            ("WZAAT5K1ZTB000001-01-v1.json", "", "RCPT-01"),
            ("\(bundle).json", form("accepted", of: "other"), "RCPT-03"),
            ("\(bundle).json", form("maybe"), "RCPT-04"), ("\(bundle).json", form("unknown"), "RCPT-04"),
            ("\(bundle).accepted", form("rejected"), "RCPT-04"),
        ])
    func refused(name: String, text: String, rule: String) {
        let refused = #expect(throws: ReceiptContent.Refused.self) { try read(name, text) }
        #expect(refused?.finding.rule == rule && refused?.finding.message.hasSuffix(".") == true)
    }

    @Test func whateverTheBytesNothingTraps() throws {
        var random = SystemRandomNumberGenerator()
        let whole = Array(Self.form("accepted", ", \"message\": \"\\u00e9\"").utf8)
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? ReceiptContent(name: "\(Self.bundle).json", bytes: bytes)
        }
        let deep = Array((String(repeating: "{\"bundle\":", count: 100_000)).utf8)
        #expect(try ReceiptContent(name: "\(Self.bundle).json", bytes: deep).outcome == .unknown)
    }
}
