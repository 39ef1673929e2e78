import Foundation
import Testing

@testable import Publish
@testable import Sign

/// What no signature covers isn't free: headers, attributes, times, order, and what deflate can say for nothing.
@Suite struct UncoveredBytesTests {
    private func failure(_ bytes: [UInt8]) -> BundleVerification.Check? {
        let result = BundleFixture.verifier.verify(bytes)
        return result.isValid ? nil : result.checks.last
    }

    private func forged(_ change: (inout [ForgedEntry]) -> Void) throws -> [UInt8] {
        var entries = try BundleFixture.honestEntries()
        change(&entries)
        return ContainerForge.write(entries)
    }

    /// Each changes one thing of the second file, and is refused for that thing.
    @Test(arguments: [
        ("a link of another system", "isn't a regular file"), ("set user id", "kind, mode or attributes"),
        ("executable", "kind, mode or attributes"), ("no kind", "kind, mode or attributes"), ("DOS attribute", "kind, mode or attributes"),
        ("device", "isn't a regular file"), ("made by DOS", "system or version that made it"),
        ("made by 6.3", "system or version that made it"), ("version needed", "another version needed"),
        ("internal attributes", "internal attributes"), ("effort", "flags"), ("UTF-8", "flags"), ("time", "another time"),
        ("times in extra fields", "extra fields"), ("times in the directory", "extra fields"),
    ])
    func headersSayNothingMore(_ change: String, _ reason: String) throws {
        let bytes = try forged { entries in
            let times: [UInt8] = [0x55, 0x54, 5, 0, 1, 1, 2, 3, 4]
            switch change {
            case "a link of another system": (entries[1].unixMode, entries[1].madeBy) = (0o120777, 0x0014)
            case "set user id": entries[1].unixMode = 0o104755
            case "executable": entries[1].unixMode = 0o100755
            case "no kind": entries[1].unixMode = 0o000644
            case "DOS attribute": entries[1].dosAttributes = 2
            case "device": entries[1].unixMode = 0o020644
            case "made by DOS": entries[1].madeBy = 0x0014
            case "made by 6.3": entries[1].madeBy = 0x033F
            case "version needed": entries[1].versionNeeded = 20
            case "internal attributes": entries[1].internalAttributes = 1
            case "effort": entries[1].flags = 2
            case "UTF-8": entries[1].flags = 0x0800
            case "time": entries[1].dosTime += 1
            case "times in extra fields": entries[1].localExtra = times
            default: entries[1].centralExtra = times
            }
        }
        let check = failure(bytes)
        #expect(check?.name == "container")
        #expect(check?.detail.contains(reason) == true, "\(check?.detail ?? "valid")")
    }

    @Test func everyFileBearsTheSigningTime() throws {
        for seconds in [-2, 2, 86400] {
            let bytes = try BundleFixture.bundle(modified: BundleFixture.signingTime + seconds)
            #expect(failure(bytes)?.name == "signature")
        }
    }

    @Test func theOrderIsTheManifests() throws {
        #expect(try failure(forged { $0.swapAt(1, 2) })?.name == "manifest")
        #expect(try failure(forged { $0.swapAt(4, 5) })?.name == "manifest")
    }

    @Test func theDirectoryHasTheOrderOfTheFiles() throws {
        let entries = try BundleFixture.honestEntries()
        let whole = ContainerForge.write(entries)
        let directory = try ContainerDirectory(whole)
        let records = directory.entries.map { Array(whole[$0.record]) }
        let swapped = [records[1], records[0]] + records[2...]
        #expect(failure(whole) == nil)
        #expect(failure(whole[..<directory.offset] + swapped.joined() + whole.suffix(22))?.name == "container")
    }

    // MARK: Deflate

    /// A bundle whose message is deflated as given.
    private func bundle(deflated: [UInt8]) throws -> [UInt8] {
        try forged { entries in
            entries[1].inflated = entries[1].bytes
            entries[1].bytes = deflated
            entries[1].method = 8
        }
    }

    private static let message: [UInt8] = BundleFixture.sealed

    private static func deflated() throws -> [UInt8] {
        guard var deflater = Deflater() else { throw POSIXError(.ENOMEM) }
        let deflated = deflater.deflate(message)
        return try #require(deflated)
    }

    /// One block, the last of the stream, or with more to come.
    private static func stored(_ bytes: some Collection<UInt8>, isLast: Bool, header: UInt8 = 0) -> [UInt8] {
        let count = UInt16(bytes.count)
        return [(isLast ? 1 : 0) | header, UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8)] + bytes
    }

    @Test func deflateInAnyWayThatSaysSomethingIsRead() throws {
        let usual = try Self.deflated()
        #expect(try failure(bundle(deflated: usual)) == nil)
        let half = Self.message.count / 2
        let blocks = Self.stored(Self.message[..<half], isLast: false) + Self.stored(Self.message[half...], isLast: true)
        #expect(try failure(bundle(deflated: blocks)) == nil)
        // zlib ends so where its last full block held the last byte.
        #expect(try failure(bundle(deflated: Self.stored(Self.message, isLast: false) + [3, 0])) == nil)
    }

    @Test func deflateSaysNothingForNothing() throws {
        func reason(_ deflated: [UInt8]) throws -> String? {
            let check = try failure(bundle(deflated: deflated))
            return check?.name == "container" ? check?.detail : nil
        }
        let usual = try Self.deflated()
        let whole = Self.stored(Self.message, isLast: true)
        let empty = Self.stored([], isLast: false)
        #expect(try reason(empty + whole)?.contains("without content") == true)
        #expect(try reason(Self.stored(Self.message, isLast: false) + empty + [3, 0])?.contains("without content") == true)
        #expect(try reason([2, 0] + whole)?.contains("without content") == true)  // an empty block of fixed codes, padded
        #expect(try reason(usual + [0])?.contains("behind its last deflated block") == true)
        #expect(try reason(usual + usual)?.contains("behind its last deflated block") == true)
        #expect(try reason(Self.stored(Self.message, isLast: true, header: 0x08))?.contains("belong to none") == true)
        #expect(try reason(Self.stored(Self.message, isLast: false) + [3, 0x40])?.contains("bits behind") == true)
        #expect(try reason(Array(usual.dropLast())) != nil)
        #expect(try reason(Self.stored(Self.message.dropLast(), isLast: true))?.contains("another size") == true)
        #expect(try reason(Self.stored(Self.message + [0], isLast: true))?.contains("another size") == true)
        #expect(try reason(Self.stored(Self.message + [0, 0], isLast: true))?.contains("more than the directory says") == true)
    }

    // MARK: Every bit

    /// Every bit of a bundle is refused when it's changed, but for those that say in deflate's terms where the same bytes come from.
    @Test func everyChangedBitIsRefused() throws {
        let whole = BundleFixture.whole
        let directory = try ContainerDirectory(whole)
        let deflated = directory.entries.filter { $0.method == 8 }.map { $0.dataOffset..<$0.dataOffset + $0.compressedSize }
        var generator = SystemRandomNumberGenerator()
        for index in whole.indices {
            let isDeflated = deflated.contains { $0.contains(index) }
            // Headers and the signature's frame bit by bit; the rest by one bit in a byte.
            let isHeader = directory.entries.contains { $0.record.contains(index) || ($0.localOffset..<$0.dataOffset).contains(index) }
            for bit in isHeader || index >= whole.count - 22 ? Array(0..<8) : [Int.random(in: 0..<8, using: &generator)] {
                var bytes = whole
                bytes[index] ^= 1 << UInt8(bit)
                let result = BundleFixture.verifier.verify(bytes)
                guard result.isValid else { continue }
                #expect(isDeflated, "bit \(bit) of byte \(index) can be changed")
                #expect(result.message == BundleFixture.sealed)
            }
        }
    }
}
