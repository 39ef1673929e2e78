import Foundation
import Testing

@testable import Publish
@testable import Sign

/// Other people's programs read and judge a bundle, with the commands of docs/bundle.md.
@Suite struct BundleStockToolTests {
    private static func path(of tool: String) -> String? {
        ["/usr/bin/\(tool)", "/bin/\(tool)", "/usr/local/bin/\(tool)"].first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func has(_ tools: String...) -> Bool { tools.allSatisfy { path(of: $0) != nil } }

    private static let python: String? = {
        if let path = path(of: "python3") { return path }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Runs a shell command beside `B.asice` and `ca.pem`.
    private func run(_ command: String) throws -> (status: Int32, output: String) {
        let directory = NSTemporaryDirectory() + "/ecocd-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data(BundleFixture.whole).write(to: URL(fileURLWithPath: directory + "/B.asice"))
        try Data(BundleFixture.shared.trustedPEM).write(to: URL(fileURLWithPath: directory + "/ca.pem"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test(.enabled(if: has("unzip"), "needs unzip"))
    func unzipFindsNoError() throws {
        let (status, output) = try run("unzip -t B.asice")
        #expect(status == 0)
        #expect(output.contains("No errors detected"))
    }

    @Test(.enabled(if: python != nil, "needs python3"))
    func pythonReadsIt() throws {
        let script = """
            import zipfile
            z = zipfile.ZipFile('B.asice')
            assert z.testzip() is None
            first = z.infolist()[0]
            assert (first.filename, first.compress_type, first.extra, first.flag_bits) == ('mimetype', 0, b'', 0)
            assert len(set(z.namelist())) == len(z.namelist()) == 6
            import time
            signed = time.gmtime(\(BundleFixture.signingTime / 2 * 2))[:6]
            assert all(i.date_time == signed for i in z.infolist())
            """
        let (status, output) = try run("\(Self.python ?? "python3") -c \"\(script)\"")
        #expect(status == 0, "\(output)")
    }

    @Test(.enabled(if: has("unzip", "xmlsec1", "openssl"), "needs unzip, xmlsec1 and openssl"))
    func collectorsCommandsVerifyIt() throws {
        let (status, output) = try run(
            """
            set -e
            unzip -p B.asice \(BundleFixture.vin).xml > c.xml
            xmlsec1 --verify --trusted-pem ca.pem --enabled-key-data x509 c.xml
            unzip -q -o B.asice 'META-INF/*'
            openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml \
              -CAfile ca.pem -out /dev/null
            """)
        #expect(status == 0, "\(output)")
    }
}
