import Foundation
import Testing

@testable import Audit
import Hashing

private enum Vectors {
    static let folder: URL? = {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let shared = ProcessInfo.processInfo.environment["ECOCD_SHARED"].map { URL(filePath: $0) } ?? package.appending(path: "../shared")
        let vectors = shared.appending(path: "vectors/rfc6962")
        return FileManager.default.fileExists(atPath: vectors.path) ? vectors : nil
    }()

    static func cases<Case: Decodable>(_ kind: String, _: Case.Type) throws -> [(file: String, vector: Case)] {
        let files = FileManager.default.enumerator(at: try #require(folder).appending(path: kind), includingPropertiesForKeys: nil)
        return try (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "json" }.map {
            ($0.path, try JSONDecoder().decode(Case.self, from: Data(contentsOf: $0)))
        }
    }

    /// Some cases have a short text where a root is only compared: its digest stands for it.
    static func root(_ text: String) -> Digest? { Base64.decode(text).map { Digest(bytes: $0) ?? SHA256.digest(of: $0) } }

    /// Nil when one isn't the base 64 of a hash.
    static func digests(_ texts: [String]) -> [Digest]? {
        let digests = texts.compactMap { Base64.decode($0).flatMap { Digest(bytes: $0) } }
        return digests.count == texts.count ? digests : nil
    }
}

/// All cases of ../shared/vectors: good proofs are accepted and every mutated one is refused.
@Suite("Outside vectors", .enabled(if: Vectors.folder != nil, "needs ECOCD_SHARED or ../shared with vectors/rfc6962"))
struct OutsideVectorTests {
    private struct Inclusion: Decodable {
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: String
        let leafHash: String
        let proof: [String]?
        let wantErr: Bool

        var isAccepted: Bool {
            guard let index = Int(exactly: leafIdx), let size = Int(exactly: treeSize),
                let hashes = Vectors.digests([leafHash, root]), let path = Vectors.digests(proof ?? [])
            else { return false }
            return MerkleProof.isIncluded(leaf: hashes[0], at: index, inTreeOf: size, root: hashes[1], path: path)
        }
    }

    private struct Consistency: Decodable {
        let size1: UInt64
        let size2: UInt64
        let root1: String
        let root2: String
        let proof: [String]?
        let wantErr: Bool

        var isAccepted: Bool {
            guard let old = Int(exactly: size1), let new = Int(exactly: size2), let oldRoot = Vectors.root(root1),
                let newRoot = Vectors.root(root2), let path = Vectors.digests(proof ?? [])
            else { return false }
            return MerkleProof.isConsistent(oldSize: old, oldRoot: oldRoot, newSize: new, newRoot: newRoot, path: path)
        }
    }

    @Test("of inclusion are judged as published")
    func inclusion() throws {
        let cases = try Vectors.cases("inclusion", Inclusion.self)
        for (file, vector) in cases { #expect(vector.isAccepted == !vector.wantErr, "\(file)") }
        #expect(cases.count == 98)
    }

    @Test("of consistency are judged as published")
    func consistency() throws {
        let cases = try Vectors.cases("consistency", Consistency.self)
        for (file, vector) in cases { #expect(vector.isAccepted == !vector.wantErr, "\(file)") }
        #expect(cases.count == 98)
    }
}
