import Foundation
import Testing

@testable import Publish
@testable import Sign

@Suite struct BundleVerifierTests {
    /// The name and detail of the check that failed, or nil for a valid bundle.
    private func failure(_ bytes: [UInt8], _ verifier: BundleVerifier = BundleFixture.verifier, now: Int? = nil) -> (String, String)? {
        let result = verifier.verify(bytes, now: now)
        if result.isValid { return nil }
        guard let last = result.checks.last, !last.passed else { return ("none", "no check failed") }
        return (last.name, last.detail)
    }

    private func forged(_ change: (inout [ForgedEntry]) -> Void) throws -> [UInt8] {
        var entries = try BundleFixture.honestEntries()
        change(&entries)
        return ContainerForge.write(entries)
    }

    @Test func validBundle() throws {
        let result = BundleFixture.verifier.verify(BundleFixture.whole)
        #expect(result.isValid, "\(result.checks)")
        #expect(result.checks.map(\.name) == ["container", "signature", "manifest", "seal", "signers", "vehicle", "page", "ledger"])
        #expect(!result.checks.contains { !$0.passed })
        #expect(result.message == BundleFixture.sealed)
        #expect(result.vin == BundleFixture.vin)
        #expect(result.messageSigner?.signerSHA256 == BundleFixture.shared.key.certificateSHA256)
        #expect(result.bundleSigner?.signingTime == BundleFixture.signingTime)
        #expect(result.files.keys.sorted() == ["certificate.html", "notes/empty.txt"])
    }

    @Test func honestContainerOfAnotherWriter() throws { #expect(try failure(forged { _ in }) == nil) }

    /// What passes has changed nothing that is read: attributes in the directory, or a match of the deflater found elsewhere.
    @Test func everyTamperedByteIsRefusedOrWithoutMeaning() {
        let whole = BundleFixture.whole
        let expected = BundleFixture.verifier.verify(whole)
        var accepted = 0
        for index in stride(from: 0, to: whole.count, by: 7) {
            var bytes = whole
            bytes[index] ^= 1 << UInt8(index % 8)
            let result = BundleFixture.verifier.verify(bytes)
            guard result.isValid else { continue }
            accepted += 1
            #expect(result.message == expected.message && result.files == expected.files, "byte \(index) changes a file")
            #expect(index >= 69, "byte \(index) of the mimetype entry can be changed")
        }
        #expect(accepted < whole.count / 7 / 10)
    }

    @Test func everyTruncationIsRefused() {
        let whole = BundleFixture.whole
        for count in stride(from: 0, to: whole.count, by: 61) { #expect(failure(Array(whole.prefix(count))) != nil) }
    }

    @Test func randomBytesNeverTrap() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var bytes = BundleFixture.whole
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                // Mostly in the directory and end record, where numbers steer the reading.
                let index = Int.random(in: (Bool.random() ? 0 : bytes.count - 600)..<bytes.count, using: &generator)
                bytes[index] = [0, 0xFF, 0x7F, 0x80, UInt8.random(in: 0...255)].randomElement() ?? 0
            }
            if Bool.random() { bytes.removeSubrange(Int.random(in: 0..<bytes.count)...) }
            _ = BundleFixture.verifier.verify(bytes)
        }
    }

    @Test(arguments: [
        "prefix", "suffix", "comment", "gap", "unlisted entry", "duplicate", "case duplicate", "dot dot", "absolute", "backslash", "umlaut",
        "folder", "other local name", "other local size", "symlink", "encrypted", "method", "entry comment", "zip64", "unicode path",
        "bomb", "mimetype late", "mimetype other", "mimetype extra", "mimetype newline", "no entries", "two sizes",
    ])
    func hostileContainersAreRefused(_ kind: String) throws {
        let entries = try BundleFixture.honestEntries()
        let bytes: [UInt8] =
            switch kind {
            case "prefix": ContainerForge.write(entries, prefix: [1, 2, 3])
            case "suffix": ContainerForge.write(entries, suffix: [0])
            case "comment": ContainerForge.write(entries, comment: [65])
            case "no entries": ContainerForge.write([])
            default: try forged { Self.corrupt(&$0, kind) }
            }
        #expect(failure(bytes)?.0 == "container")
    }

    private static func corrupt(_ entries: inout [ForgedEntry], _ kind: String) {
        switch kind {
        case "gap": entries[1].gap = [0]
        case "unlisted entry": entries[2].isInDirectory = false
        case "duplicate": entries.insert(ForgedEntry(entries[1].name, [1]), at: 1)
        case "case duplicate": entries.append(ForgedEntry(entries[1].name.lowercased(), [1]))
        case "dot dot": entries.append(ForgedEntry("a/../b", []))
        case "absolute": entries.append(ForgedEntry("/etc/passwd", []))
        case "backslash": entries.append(ForgedEntry("a\\b", []))
        case "umlaut": entries.append(ForgedEntry("ü", []))
        case "folder": entries.append(ForgedEntry("folder/", []))
        case "other local name": entries[1].localName = String(repeating: "x", count: entries[1].name.utf8.count)
        case "other local size": entries[1].localBytesInHeader = 1
        case "symlink": entries[1].unixMode = 0o120777
        case "encrypted": entries[1].flags = 1
        case "method": entries[1].method = 12
        case "entry comment": entries[1].comment = [65]
        case "zip64": entries[1].centralExtra = [1, 0, 0, 0]
        case "unicode path": entries[1].localExtra = [0x75, 0x70, 0, 0]
        case "bomb":
            entries[1].method = 8
            entries[1].claimedSize = entries[1].bytes.count * 101
            entries[1].localBytesInHeader = entries[1].claimedSize
        case "two sizes": entries[1].claimedSize = entries[1].bytes.count + 1
        case "mimetype late": entries.swapAt(0, 1)
        case "mimetype other": entries[0].bytes = Array("application/vnd.etsi.asic-s+zip".utf8)
        case "mimetype extra": entries[0].localExtra = [0x55, 0x54, 0, 0]
        case "mimetype newline": entries[0].bytes.append(10)
        default: fatalError("no such corruption")
        }
    }

    @Test func tooManyEntriesAreRefused() throws {
        let bytes = try forged { for number in 0..<1000 { $0.append(ForgedEntry("f\(number)", [])) } }
        #expect(failure(bytes)?.0 == "container")
    }

    @Test func unsignedBundlesAreRefused() throws {
        #expect(try failure(forged { $0.removeLast() })?.0 == "signature")
        #expect(try failure(forged { $0.removeLast(2) })?.0 == "signature")
        #expect(try failure(forged { $0[$0.count - 1].bytes = [] })?.0 == "signature")
    }

    @Test func theManifestCoversExactlyTheFiles() throws {
        #expect(try failure(forged { $0.append(ForgedEntry("more.txt", [1])) })?.0 == "manifest")
        #expect(try failure(forged { $0.append(ForgedEntry("META-INF/signature002.p7s", [1])) })?.0 == "manifest")
        #expect(try failure(forged { $0.remove(at: 2) })?.0 == "manifest")
        #expect(try failure(forged { $0[2].bytes = Array("<!DOCTYPE html><title>y</title>".utf8) })?.0 == "manifest")
        let listed = BundleFixture.entries + [BundleEntry(name: "absent.txt", bytes: [])]
        #expect(try failure(ContainerForge.write(BundleFixture.honestEntries(manifestOf: listed)))?.0 == "manifest")
        let twice = BundleFixture.entries + [BundleFixture.entries[1]]
        #expect(try failure(ContainerForge.write(BundleFixture.honestEntries(manifestOf: twice)))?.0 == "manifest")
    }

    @Test func theMessageMustBeSealed() throws {
        var entries = BundleFixture.entries
        let text = String(decoding: BundleFixture.sealed, as: UTF8.self)
        entries[0] = BundleEntry(name: entries[0].name, bytes: Array(text.replacingOccurrences(of: "line 7 ", with: "line 8 ").utf8))
        #expect(try failure(BundleFixture.bundle(entries))?.0 == "seal")
    }

    @Test func theMessageMustBeTheVehiclesOwn() throws {
        let other = BundleEntry(name: "\(BundleFixture.vin).xml", bytes: try BundleFixture.message(vin: "WVWZZZ1JZXW000002"))
        #expect(try failure(BundleFixture.bundle([other]))?.0 == "vehicle")
    }

    /// A reading copy that names another vehicle or another message, in whatever language, isn't let through; none at all is.
    @Test func readingCopiesMustBeOfTheMessage() throws {
        let message = BundleEntry(name: "\(BundleFixture.vin).xml", bytes: BundleFixture.sealed)
        func failing(_ page: [UInt8], as name: String) throws -> String? {
            try failure(BundleFixture.bundle([message, BundleEntry(name: name, bytes: page)]))?.0
        }
        let good = BundleFixture.page(of: BundleFixture.sealed)
        #expect(try failing(good, as: "certificate.html") == nil)
        #expect(try failing(good, as: "certificate.de.html") == nil)
        #expect(try failing(BundleFixture.page(of: [1]), as: "certificate.html") == "page")
        #expect(try failing(BundleFixture.page(of: BundleFixture.sealed, vin: "X"), as: "certificate.pl.html") == "page")
        #expect(try failure(BundleFixture.bundle([message])) == nil)
    }

    @Test func oneOrganisationSigns() throws {
        #expect(try failure(BundleFixture.bundle(key: BundleFixture.shared.otherKey))?.0 == "signers")
        #expect(try failure(BundleFixture.bundle(key: BundleFixture.shared.renewedKey)) == nil)
    }

    @Test func theSignerMayBePinned() throws {
        func verifier(_ key: SealKey) throws -> BundleVerifier {
            try BundleVerifier(trustedPEM: BundleFixture.shared.trustedPEM, expectedSignerSHA256: key.certificateSHA256.uppercased())
        }
        #expect(try failure(BundleFixture.whole, verifier(BundleFixture.shared.key)) == nil)
        #expect(try failure(BundleFixture.whole, verifier(BundleFixture.shared.otherKey))?.0 == "signature")
        let mixed = try BundleFixture.bundle(key: BundleFixture.shared.renewedKey)
        #expect(try failure(mixed, verifier(BundleFixture.shared.renewedKey))?.0 == "seal")
    }

    @Test func aTimeToComeIsRefused() {
        #expect(failure(BundleFixture.whole, now: BundleFixture.signingTime - 3600)?.0 == "signature")
        #expect(failure(BundleFixture.whole, now: BundleFixture.signingTime + 86400 * 3650) == nil)
    }

    @Test(arguments: ["", "<asic:ASiCManifest/>", "DataObjectReference URI=\"a\"><ds:DigestValue>AA=="])
    func otherManifestsAreRefused(_ text: String) { #expect(ASiCManifest(reading: Array(text.utf8)) == nil) }

    @Test func manifestReadsBack() {
        let manifest = ASiCManifest(of: BundleFixture.entries)
        #expect(ASiCManifest(reading: manifest.bytes) == manifest)
        for index in manifest.bytes.indices {
            var bytes = manifest.bytes
            bytes[index] ^= 1
            #expect(ASiCManifest(reading: bytes) != manifest)
        }
    }
}
