import Hashing
import Testing

@Suite struct SHA256Tests {
    /// Vectors of FIPS 180-4 as NIST publishes them.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func knownAnswers(_ text: String, _ expected: String) {
        let bytes = Array(text.utf8)
        #expect(SHA256.hexadecimal(of: bytes) == expected)
        var hash = SHA256()
        for byte in bytes { hash.update(byte) }
        #expect(hash.finish().hexadecimal == expected)
        hash.update(bytes)
        #expect(hash.finish() == SHA256.digest(of: bytes), "it begins anew after each message")
    }

    @Test func aDigestIsReadAsWritten() {
        let digest = SHA256.digest(of: [1])
        #expect(Digest(hexadecimal: digest.hexadecimal) == digest && Digest(bytes: digest.bytes) == digest)
        #expect(Digest(hexadecimal: digest.hexadecimal.uppercased()) == nil && Digest(bytes: digest.bytes.dropLast()) == nil)
    }
}
