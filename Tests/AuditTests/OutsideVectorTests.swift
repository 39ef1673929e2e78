import Foundation
import Testing

@testable import Audit
import Hashing

private enum Vectors {
    static let folder: URL? = {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let shared = ProcessInfo.processInfo.environment["ECOCD_SHARED"].map { URL(filePath: $0) } ?? package.appending(path: "../shared")
        let inclusion = shared.appending(path: "vectors/rfc6962/inclusion")
        return FileManager.default.fileExists(atPath: inclusion.path) ? inclusion : nil
    }()
}

/// Cases of ../shared/vectors: our node hash recomputes the roots that the good inclusion proofs lead to, and no others.
@Suite("Outside vectors", .enabled(if: Vectors.folder != nil, "needs ECOCD_SHARED or ../shared with vectors/rfc6962"))
struct OutsideVectorTests {
    struct Case: Decodable {
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: String
        let leafHash: String
        let proof: [String]?
        let desc: String
        let wantErr: Bool
    }

    @Test("lead to the published roots")
    func roots() throws {
        let files =
            FileManager.default.enumerator(at: try #require(Vectors.folder), includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
            ?? []
        var count = 0
        for file in files where file.pathExtension == "json" {
            let vector = try JSONDecoder().decode(Case.self, from: Data(contentsOf: file))
            #expect(
                (Self.root(vector) == Base64.decode(vector.root).flatMap { Digest(bytes: $0) } && Self.root(vector) != nil) == !vector
                    .wantErr, "\(file.path)")
            count += 1
        }
        #expect(count > 50)
    }

    /// RFC 9162, section 2.1.3.2.
    private static func root(_ vector: Case) -> Digest? {
        guard vector.leafIdx < vector.treeSize, var root = Base64.decode(vector.leafHash).flatMap({ Digest(bytes: $0) }) else { return nil }
        var hash = SHA256()
        var (index, last) = (vector.leafIdx, vector.treeSize - 1)
        for step in vector.proof ?? [] {
            guard last > 0, let other = Base64.decode(step).flatMap({ Digest(bytes: $0) }) else { return nil }
            if index & 1 == 1 || index == last {
                root = hash.node(other, root)
                while index & 1 == 0, index != 0 { (index, last) = (index >> 1, last >> 1) }
            } else {
                root = hash.node(root, other)
            }
            (index, last) = (index >> 1, last >> 1)
        }
        return last == 0 ? root : nil
    }
}
