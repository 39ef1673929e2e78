import Foundation
import Testing

@testable import Publish
@testable import Sign

/// What is given instead of a bundle, or became of one on its way, is told as what it is.
@Suite struct ForeignFileTests {
    private static func detail(_ bytes: [UInt8]) -> String {
        let checks = BundleFixture.verifier.verify(bytes).checks
        #expect(checks.map(\.name) == ["container"] && checks.last?.passed == false)
        return checks.last?.detail ?? ""
    }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static let tar: [UInt8] = [UInt8](repeating: 0x61, count: 257) + text("ustar") + [UInt8](repeating: 0, count: 250)

    @Test(
        arguments: [
            ([], "is empty: it has 0 bytes"), ([UInt8](repeating: 0, count: 4096), "nothing but zero bytes"),
            (text(" \r\n"), "white space"),
            (text("<!DOCTYPE html><title>Sign in</title>"), "is an HTML page"), (text("\u{FEFF}\r\n <HTML>"), "is an HTML page"),
            (text("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\"><html>"), "is an HTML page"),
            (text("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"), "is an XML document"),
            (BundleFixture.sealed, "is an XML message by itself"), (text("{\"error\":\"not found\"}"), "is a JSON text"),
            (text("404 Not Found\n"), "is a text"), (text("%PDF-1.7\n"), "is a PDF document"), (tar, "is a tar archive"),
            ([0x1F, 0x8B, 8, 0], "compressed with gzip"), (text("BZh91AY"), "compressed with bzip2"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "compressed with xz"), ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd"),
            ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "is a 7z archive"), (text("Rar!\u{1A}"), "is a RAR archive"),
            (text("-----BEGIN CERTIFICATE-----"), "in PEM"), ([0x30, 0x82, 1, 0], "in DER"), ([1, 2, 3], "isn't a ZIP file"),
        ] as [([UInt8], String)])
    func otherFilesAreNamed(_ bytes: [UInt8], _ expected: String) {
        let detail = Self.detail(bytes)
        #expect(detail.contains(expected), "\(detail)")
    }

    @Test func bundlesInOtherClothesAreNamed() {
        let whole = BundleFixture.whole
        let encoded = Data(whole).base64EncodedString()
        let lines = Data(whole).base64EncodedString(options: [.lineLength76Characters])
        for text in [encoded, lines, "data:application/zip;base64," + encoded, "Content-Transfer-Encoding: base64\r\n\r\n" + lines] {
            #expect(Self.detail(Self.text(text)).contains("as a text in Base64: decode it first"))
        }
        let digits = whole.map { String(format: "%02x", $0) }.joined()
        #expect(Self.detail(Self.text(digits)).contains("hexadecimal digits"))
    }

    @Test func endsAreNamed() {
        let whole = BundleFixture.whole
        for count in [4, 100, whole.count / 2, whole.count - 22, whole.count - 1] {
            #expect(Self.detail(Array(whole.prefix(count))).contains("is cut off"), "\(count) bytes")
        }
        #expect(Self.detail(whole + [0x0A]).contains("line end behind its end, 1 byte that"))
        #expect(Self.detail(whole + [0x0D, 0x0A]).contains("line end behind its end, 2 bytes that"))
        #expect(Self.detail(whole + [0, 0, 0]).contains("3 bytes behind its end, all of them zero"))
        #expect(Self.detail(whole + Self.text("PK")).contains("2 bytes behind its end"))
        #expect(Self.detail(whole.dropLast(2) + [3, 0] + Self.text("abc")).contains("has a comment"))
        #expect(Self.detail(whole.dropLast(2) + [3, 0] + Self.text("ab")).contains("cut off within its comment"))
        #expect(Self.detail(Self.text("HTTP/1.1 200 OK\r\n\r\n") + whole).contains("before"))
    }

    /// FTP's ASCII mode, a text editor, and a program that read bytes as UTF-8.
    @Test func transfersAsTextAreNamed() throws {
        let noise = (0..<40_000).map { _ in UInt8.random(in: 0...255) }
        let whole = try BundleFixture.bundle(BundleFixture.entries + [BundleEntry(name: "noise.bin", bytes: noise)])
        let converted = whole.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        #expect(Self.detail(converted).contains("was transferred as text"))
        #expect(Self.detail(Self.text(String(decoding: whole, as: UTF8.self))).contains("was read and written as text"))
    }

    @Test(arguments: [
        ("META-INF/", "an entry for a folder, META-INF/"), (".DS_Store", "macOS leaves in folders, .DS_Store"),
        ("__MACOSX/._a.xml", "macOS leaves"), ("__MACOSX/", "macOS leaves"), ("META-INF/.DS_Store", "macOS leaves"),
        ("Thumbs.db", "Windows leaves"), ("META-INF\\b", "backslashes, META-INF\\b"), ("/etc/passwd", "isn't relative"),
        ("C:x", "isn't relative"), ("a/../b", "leads out of its folder"), (".hidden", "begins with a dot"), ("", "without a name"),
        ("a b", "other characters"), ("ü", "other characters"),
        ("a\u{1B}[2J", "other characters than letters, digits, '.', '_', '-' and '/', a?[2J"),
    ])
    func namesAreTold(_ name: String, _ expected: String) throws {
        let entries = try BundleFixture.honestEntries() + [ForgedEntry(name, [])]
        let detail = Self.detail(ContainerForge.write(entries))
        #expect(detail.contains(expected), "\(detail)")
    }

    @Test func aFolderAroundAllIsTold() throws {
        var entries = try BundleFixture.honestEntries()
        for index in entries.indices { entries[index].name = "B-1-v1/" + entries[index].name }
        #expect(Self.detail(ContainerForge.write(entries)).contains("has all its files in the folder B-1-v1"))
    }
}
