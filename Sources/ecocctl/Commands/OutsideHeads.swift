import Audit
import Linux
import Publish

/// Signed heads that somebody kept, out of the files that `--against` names.
enum OutsideHeads {
    /// Of a note, a proof, a bundle, or of everything of these kinds in a folder.
    static func read(_ path: String) throws -> [OutsideHead] {
        guard let names = names(inFolder: path) else { return [try head(path)] }
        let heads = names.compactMap { name in try? head("\(path)/\(name)") }
        guard !heads.isEmpty else {
            throw CommandRefusal(.usage, "\(path) has no signed checkpoint, no proof and no bundle with a proof.")
        }
        return heads
    }

    /// Sorted; nil when the path isn't a folder.
    private static func names(inFolder path: String) -> [String]? {
        guard let directory = try? Directory(path), let names = try? directory.entries() else { return nil }
        return names.compactMap(\.text).sorted()
    }

    private static func head(_ path: String) throws -> OutsideHead {
        do {
            if path.hasSuffix(".asice") { return try bundle(path) }
            let bytes = try InputFile.bytes(path)
            if path.hasSuffix(".tlog-proof") { return try OutsideHead(name: path, proof: bytes) }
            return try OutsideHead(name: path, note: String(decoding: bytes, as: UTF8.self))
        } catch let flaw as ProofFlaw {
            throw CommandRefusal(.usage, "\(path) can't be used: \(flaw).")
        } catch let error as BundleError {
            throw CommandRefusal(.usage, "\(path) can't be used. \(error)")
        }
    }

    private static func bundle(_ path: String) throws -> OutsideHead {
        let files = try BundleContents(reading: InputFile.bytes(path, limit: VerifyCommand.maximumBytes)).files
        guard let proof = files[LedgerEvidence.proofName] else { throw CommandRefusal(.usage, "\(path) carries no proof of the ledger.") }
        return try OutsideHead(name: path, proof: proof, record: files[LedgerEvidence.recordName])
    }
}
