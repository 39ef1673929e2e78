import Foundation
import Testing

@testable import Publish
@testable import Sign

/// Programs that read from a connection, and so believe local headers alone, find every file of every kind of container that is written.
@Suite struct StreamingReaderTests {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "scripts/read-as-stream").path
    private static let arePresent = ["python3", "java", "bsdtar"].allSatisfy { tool in
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
            .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
    }

    private static func containers() throws -> [(name: String, bytes: [UInt8])] {
        func noise(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }
        let sizes = [0, 1, 100, 1023, 1024, 5000]
        let extremes =
            sizes.map { BundleEntry(name: "text/\($0).txt", bytes: [UInt8](repeating: 0x61, count: $0)) }
            + sizes.map { BundleEntry(name: "noise/\($0).bin", bytes: noise($0)) }
            // What a reader could take for headers of its own.
            + [BundleEntry(name: "nested.zip", bytes: BundleFixture.whole)]
            + [BundleEntry(name: "headers.bin", bytes: Array("PK\u{7}\u{8}PK\u{1}\u{2}".utf8))]
        return [
            ("bundle.asice", BundleFixture.whole), ("message.asice", try BundleFixture.bundle([BundleFixture.entries[0]])),
            ("extremes.asice", try BundleFixture.bundle(BundleFixture.entries + extremes)),
            ("notice.asice", try BundleFixture.notice()),
        ]
    }

    /// - Returns: what the script says, and its exit status.
    private func read(_ containers: [(name: String, bytes: [UInt8])], readers: [String] = []) throws -> (status: Int32, output: String) {
        let folder = NSTemporaryDirectory() + "/ecocd-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for container in containers { try Data(container.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(container.name)")) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [Self.script] + readers.flatMap { ["--reader", $0] } + containers.map(\.name)
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }

    @Test(.enabled(if: arePresent, "needs python3, default-jdk-headless and libarchive-tools"))
    func everyKindOfContainerIsReadAsAStream() throws {
        let containers = try Self.containers()
        let (status, output) = try read(containers)
        #expect(status == 0, "\(output)")
        let files = try containers.reduce(0) { try $0 + ContainerDirectory($1.bytes).entries.count }
        for reader in ["headers", "bsdtar", "java"] {
            #expect(output.contains("\(reader): \(files) files in \(containers.count) containers"))
        }
    }

    /// What Java stops at, the verifier refuses: as the bundles of older programs were, with small files stored in front of a descriptor.
    @Test(.enabled(if: arePresent, "needs python3, default-jdk-headless and libarchive-tools"))
    func aStoredFileWithADescriptorIsRefused() throws {
        var entries = try BundleFixture.honestEntries()
        entries[2].hasDescriptor = true
        let bytes = ContainerForge.write(entries)
        for reader in ["headers", "java"] { #expect(try read([("old.asice", bytes)], readers: [reader]).status == 1) }
        let check = BundleFixture.verifier.verify(bytes).checks.last
        #expect(check?.name == "container")
        #expect(check?.detail.contains("certificate.html: programs that read from a stream stop there") == true)
        // It can still be looked into: an earlier bundle is compared with what corrects it.
        #expect(try BundleContents(reading: bytes).message?.bytes == BundleFixture.sealed)
    }
}
