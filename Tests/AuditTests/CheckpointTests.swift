import Foundation
import Testing

@testable import Audit
import Hashing

@Suite("Checkpoints")
struct CheckpointTests {
    @Test("of the note format's published example verify")
    func publishedExample() {
        // The example key and note of Go's golang.org/x/mod/sumdb/note package documentation.
        let key = VerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        let text = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            """
        let signature = Base64.decode("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=")
        #expect(key?.name == "PeterNeumann")
        #expect(signature.map { key?.isSignature(Array($0.dropFirst(4)), of: Array(text.utf8)) } == true)
    }

    @Test("are signed, read and verified, and refused after any change")
    func notes() throws {
        let test = try TestLedger()
        let key = try #require(VerifierKey(test.verifierKey))
        let signer = try HeadSigner(origin: TestLedger.origin, key: test.key, path: "")
        let note = try signer.note(size: 7, root: SHA256.digest(of: [1, 2, 3]))
        let read = try #require(CheckpointNote(note))
        #expect(read.size == 7 && read.root == SHA256.digest(of: [1, 2, 3]) && read.origin == TestLedger.origin && read.isSigned(by: key))

        let bytes = Array(note.utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            guard let text = String(validating: changed, as: UTF8.self) else { continue }
            #expect(CheckpointNote(text)?.isSigned(by: key) != true, "byte \(index)")
        }
        #expect(CheckpointNote("") == nil && CheckpointNote("a\n1\nb\n") == nil && CheckpointNote("\n\n\n\n\n") == nil)
    }

    @Test("pass over signatures of other keys")
    func otherKeys() throws {
        let test = try TestLedger()
        let other = try CheckpointKey.create(at: test.folder + "/other.key")
        let root = SHA256.digest(of: [])
        let mine = try HeadSigner(origin: TestLedger.origin, key: test.key, path: "").note(size: 0, root: root)
        let theirs = try HeadSigner(origin: TestLedger.origin, key: other, path: "").note(size: 0, root: root)
        let line = try #require(theirs.split(separator: "\n").last)
        let both = try #require(CheckpointNote(mine + line + "\n"))
        #expect(both.isSigned(by: try #require(VerifierKey(test.verifierKey))))
        #expect(both.isSigned(by: try #require(VerifierKey(other.verifierKey(origin: TestLedger.origin)))))
    }

    @Test("hold no control characters", arguments: ["\r", "\u{0}", "\t", "\u{1B}[2J"])
    func controlCharacters(text: String) throws {
        let test = try TestLedger()
        let note = try HeadSigner(origin: TestLedger.origin, key: test.key, path: "").note(size: 0, root: SHA256.digest(of: []))
        #expect(CheckpointNote(note.replacing(TestLedger.origin, with: "\(TestLedger.origin)x")) != nil)
        #expect(CheckpointNote(note.replacing(TestLedger.origin, with: TestLedger.origin + text)) == nil)
    }

    @Test("have keys that come back from their file, which nobody else may read")
    func keyFile() throws {
        let test = try TestLedger()
        let path = test.folder + "/checkpoint.key"
        #expect(try CheckpointKey.load(from: path).verifierKey(origin: "o") == test.key.verifierKey(origin: "o"))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(throws: LedgerError.self, "never replaced") { try CheckpointKey.create(at: path) }
        chmod(path, 0o640)
        #expect(throws: LedgerError.self) { try CheckpointKey.load(from: path) }
        let text = test.folder + "/text.key"
        try Data("no key".utf8).write(to: URL(filePath: text))
        chmod(text, 0o600)
        #expect(throws: LedgerError.self) { try CheckpointKey.load(from: text) }
        #expect(throws: LedgerError.self) { try CheckpointKey.load(from: test.folder + "/none.key") }
    }

    @Test(
        "read keys strictly",
        arguments: ["", "a", "a+b+c", "a+00000000+AAAA", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"])
    func strictKeys(text: String) { #expect(VerifierKey(text) == nil) }

    @Test("use base 64 as Foundation does, and read nothing else")
    func base64() {
        for count in 0..<70 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
            #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
        for text in ["A", "AA", "AA=A", "A===", "AB==", "AA==AAAA", "AAAA ", "====", "AA=="].dropLast() {
            #expect(Base64.decode(text) == nil, "\(text)")
        }
    }
}
