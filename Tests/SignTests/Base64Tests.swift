import Foundation
import Testing

@testable import Sign

@Suite struct Base64Tests {
    @Test func agreesWithFoundation() {
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
            #expect(Base64.encode(bytes) == Array(Data(bytes).base64EncodedString().utf8))
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }

    @Test func whiteSpaceMeansNothing() { #expect(Base64.decode(Array(" YW\r\nJj\tZA = =\n".utf8)) == Array("abcd".utf8)) }

    @Test(arguments: ["A", "AA", "AAA", "AB==", "AAB=", "A===", "====", "AA=A", "AA==AAAA", "AA-_", "é=="])
    func refusesWhatNobodyWrites(_ text: String) { #expect(Base64.decode(Array(text.utf8)) == nil) }
}
