import Foundation
import Testing

import Hashing

@Suite struct Base64Tests {
    @Test func agreesWithFoundation() {
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
            #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }

    @Test func whiteSpaceMeansNothingInXML() {
        let text = " YW\r\nJj\tZA = =\n"
        #expect(Base64.decode(xml: Array(text.utf8)) == Array("abcd".utf8))
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["A", "AA", "AAA", "AB==", "AAB=", "A===", "====", "AA=A", "AA==AAAA", "AA-_", "é=="])
    func refusesWhatNobodyWrites(_ text: String) { #expect(Base64.decode(text) == nil) }
}
