import Foundation
import Sign
import Spool

/// A private house: keys of a demo authority, settings, spool and ledger under one folder.
struct DemoHouse {
    let root: String
    let samples: String

    static let organisation = "Aurora Mobility GmbH"
    static let destination = "eucaris"
    private static let mark = "this-is-an-ecocd-demo"

    var config: String { "\(root)/etc/ecocd.toml" }
    var spool: String { "\(root)/spool" }
    var state: String { "\(root)/state" }
    var trusted: String { "\(root)/keys/ca.pem" }
    var outbox: String { "\(spool)/outbox/\(Self.destination)" }
    /// A socket's path may have 107 bytes only.
    var socket: String {
        let inside = "\(root)/control.sock"
        return inside.utf8.count <= 100 ? inside : "/tmp/ecocd-demo-\(ProcessInfo.processInfo.processIdentifier).sock"
    }

    /// What the demo drops: a source's name, its settings, and the file.
    struct Export {
        let source: String
        let file: String
        let settings: String
    }

    /// The exports that the samples offer.
    func exports() throws -> [Export] {
        let plain = """
            # Headers are paths of IVI elements: no mapping needed.
            format = "csv"
            settle-seconds = 1
            policy = "valid"
            destinations = ["\(Self.destination)"]
            """
        var exports = [Export(source: "erp", file: "\(samples)/erp/vehicles.csv", settings: plain)]
        // In the repository the mapping lies in etc/examples, installed beside the samples.
        let mappings = ["\(samples)/../etc/examples/sources.d/legacy.toml", "\(samples)/../sources.d/legacy.toml"]
        if let mapping = mappings.first(where: { FileManager.default.fileExists(atPath: $0) }) {
            exports.append(
                Export(
                    source: "legacy", file: "\(samples)/erp/vehicles-legacy.csv",
                    settings: try String(contentsOfFile: mapping, encoding: .utf8)))
        }
        return exports
    }

    /// `Samples` here, or where `make install` puts it beside this program.
    static func findSamples() throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let beside = URL(fileURLWithPath: own).deletingLastPathComponent()
        let installed = beside.appending(path: "../share/doc/ecocd/examples/Samples").path
        guard let found = ["Samples", installed].first(where: { FileManager.default.fileExists(atPath: "\($0)/reference") }) else {
            throw CommandRefusal(.usage, "The sample exports aren't here. Say where with --samples FOLDER.")
        }
        return URL(fileURLWithPath: found).standardizedFileURL.path
    }

    /// Makes it anew. An earlier demo in the folder is removed, anything else is left alone.
    static func make(at path: String, samples: String) throws -> DemoHouse {
        // Settings that others may write keep the daemon from starting.
        umask(0o022)
        let files = FileManager.default
        let house = DemoHouse(root: URL(fileURLWithPath: path).standardizedFileURL.path, samples: samples)
        if files.fileExists(atPath: house.root) {
            let isEmpty = try files.contentsOfDirectory(atPath: house.root).isEmpty
            guard isEmpty || files.fileExists(atPath: "\(house.root)/\(mark)") else {
                throw CommandRefusal(.usage, "\(house.root) holds something that isn't a demo. Name another folder with --directory.")
            }
            for name in try files.contentsOfDirectory(atPath: house.root) { try files.removeItem(atPath: "\(house.root)/\(name)") }
        }
        for folder in ["etc/sources.d", "etc/destinations.d", "keys", "state"] {
            try files.createDirectory(atPath: "\(house.root)/\(folder)", withIntermediateDirectories: true)
        }
        try "".write(toFile: "\(house.root)/\(mark)", atomically: true, encoding: .utf8)
        try DemoAuthority.create(in: "\(house.root)/keys", organisation: organisation)
        try house.writeSettings()
        try house.placeReferenceData()
        return house
    }

    private func writeSettings() throws {
        let settings = """
            spool = "\(spool)"
            state = "\(state)"
            organisation = "aurora-mobility.example"

            [seal]
            key = "\(root)/keys/seal.key"
            certificate = "\(root)/keys/seal.pem"
            trusted = "\(trusted)"

            [control]
            socket = "\(socket)"

            [reference]
            activation = "auto"
            settle-seconds = 0

            """
        try settings.write(toFile: config, atomically: true, encoding: .utf8)
        for export in try exports() {
            try export.settings.write(toFile: "\(root)/etc/sources.d/\(export.source).toml", atomically: true, encoding: .utf8)
        }
        try "profile = \"eucaris\"\n".write(
            toFile: "\(root)/etc/destinations.d/\(Self.destination).toml", atomically: true, encoding: .utf8)
    }

    private func placeReferenceData() throws {
        try FileManager.default.createDirectory(atPath: spool, withIntermediateDirectories: true)
        try Spool.prepare(
            root: spool, sources: try exports().map { .init(name: $0.source) }, destinations: [.init(name: Self.destination)])
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(samples)/reference").sorted() where name.hasSuffix(".xml") {
            try FileManager.default.copyItem(atPath: "\(samples)/reference/\(name)", toPath: "\(spool)/reference/\(name)")
        }
    }
}
