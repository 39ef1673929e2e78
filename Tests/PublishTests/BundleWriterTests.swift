import Foundation
import Testing

@testable import Publish
@testable import Sign

@Suite struct BundleWriterTests {
    @Test func beginsAsStrictReadersAsk() {
        let bytes = BundleFixture.whole
        #expect(bytes[0..<4] == [0x50, 0x4B, 3, 4])
        #expect(bytes[6..<10] == [0, 0, 0, 0])  // no flags, stored
        #expect(bytes.littleEndian32(14) == ContainerForge.checksum(ContainerFormat.mimetype))
        #expect(bytes[28..<30] == [0, 0])  // no extra field
        #expect(String(decoding: bytes[30..<69], as: UTF8.self) == "mimetypeapplication/vnd.etsi.asic-e+zip")
        #expect(bytes[69..<73] == [0x50, 0x4B, 3, 4])
    }

    @Test func sameInputSameBytes() throws {
        #expect(try BundleFixture.bundle() == BundleFixture.whole)
        #expect(try BundleFixture.bundle(modified: 1_750_000_100) != BundleFixture.whole)
    }

    @Test func timesAreInUniversalTime() throws {
        let directory = try ContainerDirectory(BundleFixture.bundle(modified: 1_750_000_001))
        // 2025-06-15 15:06:41 UTC; DOS counts two seconds at a time.
        let date = (2025 - 1980) << 9 | 6 << 5 | 15
        let time = 15 << 11 | 6 << 5 | 20
        #expect(directory.entries.allSatisfy { $0.dosTime == UInt32(date << 16 | time) })
        #expect(ContainerLayout.dosTime(0) == nil)
        #expect(ContainerLayout.dosTime(315_532_800) == 0x0021_0000)
        #expect(ContainerLayout.dosTime(4_354_819_200) == nil)
    }

    @Test func holdsEverythingInOrder() throws {
        let directory = try ContainerDirectory(BundleFixture.whole)
        #expect(
            directory.entries.map(\.name) == [
                "mimetype", "\(BundleFixture.vin).xml", "certificate.html", "notes/empty.txt", "META-INF/ASiCManifest001.xml",
                "META-INF/signature001.p7s",
            ])
        // Only the message is large enough to be deflated.
        #expect(directory.entries.map(\.method) == [0, 8, 0, 0, 0, 0])
        let files = try directory.files(in: BundleFixture.whole)
        for entry in BundleFixture.entries { #expect(files[entry.name] == entry.bytes) }
    }

    @Test func deflatesWhatIsWorthIt() throws {
        let sizes = [0, 1023, 1024, 100_000]
        let entries =
            BundleFixture.entries
            + sizes.map { size in
                BundleEntry(name: "x\(size).txt", bytes: (0..<size).map { _ in UInt8.random(in: 0x61...0x66) })
            }
        let directory = try ContainerDirectory(try BundleFixture.bundle(entries))
        let methods = directory.entries.filter { $0.name.hasPrefix("x") }.map(\.method)
        #expect(methods == [0, 0, 8, 8])
    }

    @Test func largeAndIncompressibleFilesFit() throws {
        let noise = (0..<300_000).map { _ in UInt8.random(in: 0...255) }
        let entries = BundleFixture.entries + [BundleEntry(name: "noise.bin", bytes: noise)]
        let files = BundleFixture.verifier.verify(try BundleFixture.bundle(entries)).files
        #expect(files["noise.bin"] == noise)
    }

    @Test(arguments: [
        ("../x", BundleError.Code.name), ("/x", .name), ("a//b", .name), ("a/", .name), ("ü.txt", .name), ("a b", .name), (".x", .name),
        ("", .name), ("a\\b", .name), ("C:x", .name), ("META-INF/x", .name), ("meta-inf/x", .name), ("mimetype", .duplicate),
        ("CERTIFICATE.html", .duplicate), ("certificate.html", .duplicate),
    ])
    func refusesNames(_ name: String, _ code: BundleError.Code) {
        #expect { try BundleFixture.bundle(BundleFixture.entries + [BundleEntry(name: name, bytes: [])]) } throws: {
            ($0 as? BundleError)?.code == code
        }
    }

    /// A verifier refuses what inflates more than a hundred times, so it isn't deflated.
    @Test func whatWouldLookLikeABombIsStored() throws {
        let zeros = BundleEntry(name: "zeros", bytes: [UInt8](repeating: 0, count: 1 << 20))
        let bytes = try BundleFixture.bundle(BundleFixture.entries + [zeros])
        #expect(try ContainerDirectory(bytes).entries.first { $0.name == "zeros" }?.method == 0)
        #expect(BundleFixture.verifier.verify(bytes).files["zeros"] == zeros.bytes)
    }

    @Test func refusesWhatVerifiersWouldRefuse() {
        let large = BundleEntry(name: "large", bytes: [UInt8](repeating: 0, count: ContainerFormat.Limit.entry + 1))
        #expect { try BundleFixture.bundle(BundleFixture.entries + [large]) } throws: { ($0 as? BundleError)?.code == .size }
        #expect { try BundleFixture.bundle([]) } throws: { ($0 as? BundleError)?.code == .empty }
        #expect { try BundleFixture.bundle(modified: 0) } throws: { ($0 as? BundleError)?.code == .size }
    }

    @Test func tellsWhyTheKeyDidNotSign() {
        #expect {
            try BundleWriter.write(entries: BundleFixture.entries, modified: 1_750_000_000) { _ throws(SealError) in
                throw SealError(.expired, "The certificate ended.", remedy: "Renew it.")
            }
        } throws: {
            "\($0)" == "The certificate ended. Renew it."
        }
    }

    @Test func anyNumberOfThreads() {
        let wrong = Counter()
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<5 {
                let bundle = try? BundleFixture.bundle()
                if bundle != BundleFixture.whole || !BundleFixture.verifier.verify(bundle ?? []).isValid { wrong.increment() }
            }
        }
        #expect(wrong.value == 0)
    }
}

/// A number that threads count up.
private final class Counter: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var number = 0  // only under the lock

    var value: Int { lock.withLock { number } }
    func increment() { lock.withLock { number += 1 } }
}
