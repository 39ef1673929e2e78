import Linux
import Testing

@Suite struct FileNameTests {
    @Test(arguments: [[], [0x2E], [0x2E, 0x2E], [0x61, 0x2F], [0x61, 0]] as [[UInt8]]) func whatIsNoNameIsRefused(bytes: [UInt8]) {
        #expect(FileName(bytes: bytes) == nil)
    }

    @Test(arguments: [
        ("plain.csv", "plain.csv"), ("Umläut 1.csv", "Umläut 1.csv"), ("a\nb", "a\\x0ab"), ("a\\b", "a\\x5cb"), ("\u{1B}[31m", "\\x1b[31m"),
        ("a\u{202E}vsc", "a\\xe2\\x80\\xaevsc"),
    ]) func theDescriptionIsSafeToShow(name: String, shown: String) { #expect(FileName(name)?.description == shown) }

    @Test func anyBytesHaveADescriptionOfPrintableCharacters() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 1...40, using: &generator)).map { _ in UInt8.random(in: 1...255, using: &generator) }
            guard let name = FileName(bytes: bytes) else { continue }
            let isSafe = name.description.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
            }
            #expect(isSafe, "\(bytes)")
        }
    }
}
