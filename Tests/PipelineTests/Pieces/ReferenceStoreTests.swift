import Foundation
import Hashing
import Testing

@testable import Pipeline

@Suite struct ReferenceStoreTests {
    private static func run(_ body: (ReferenceStore) throws -> Void) throws {
        let state = FileManager.default.temporaryDirectory.appending(path: "ecocd-store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: state) }
        let store = ReferenceStore(path: "\(state)/reference")
        try store.prepare()
        try body(store)
    }

    private static func file(_ text: String) -> (sha256: String, bytes: [UInt8]) {
        (SHA256.hexadecimal(of: Array(text.utf8)), Array(text.utf8))
    }

    @Test func keepsWhatItIsGiven() throws {
        try Self.run { store in
            let files = ["one", "two"].map(Self.file)
            try store.put(files)
            try store.put(files)
            try store.prepare()
            for file in files { #expect(try store.read(file.sha256) == file.bytes) }
            let names = try FileManager.default.contentsOfDirectory(atPath: store.path).sorted()
            #expect(names == files.map { "\($0.sha256).xml" }.sorted())
            let mode = try FileManager.default.attributesOfItem(atPath: "\(store.path)/\(names[0])")[.posixPermissions] as? Int
            #expect(mode == 0o440)
        }
    }

    /// A stop leaves a part under another name; the next attempt is not disturbed by it.
    @Test func aPartIsMadeAnew() throws {
        try Self.run { store in
            let file = Self.file("one")
            try Data("on".utf8).write(to: URL(filePath: "\(store.path)/.\(file.sha256).part"))
            #expect(throws: (any Error).self) { try store.read(file.sha256) }
            try store.put([file])
            #expect(try store.read(file.sha256) == file.bytes)
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.path) == ["\(file.sha256).xml"])
        }
    }

    @Test func changedContentIsNotGivenAway() throws {
        try Self.run { store in
            let file = Self.file("one")
            try store.put([file])
            try Data("other".utf8).write(to: URL(filePath: "\(store.path)/\(file.sha256).xml"), options: .atomic)
            #expect(throws: ReferenceStore.Damaged.self) { try store.read(file.sha256) }
        }
    }
}
