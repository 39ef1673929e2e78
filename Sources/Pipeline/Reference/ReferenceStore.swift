import Hashing
import Linux

/// The files of every version of reference data that was ever received, one each, named by its digest. Written once, never changed.
///
/// What is in force, since when and by whose decision is the ledger's to say. Any thread.
struct ReferenceStore: Sendable {
    let path: String

    /// A version that isn't there as it was stored.
    struct Damaged: Error, CustomStringConvertible {
        let description: String
    }

    /// Makes the folder in the state folder, if it isn't there.
    func prepare() throws(SystemError) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let state = try Directory(String(path[..<slash]))
        do { try state.makeDirectory(String(path[path.index(after: slash)...]), mode: 0o750) } catch {
            if error.isAlreadyThere { return }
            throw error
        }
        try state.sync()
    }

    /// Stores files. All are on disk, under their names, when it returns. One that is there already, whole, is left alone.
    func put(_ files: [(sha256: String, bytes: [UInt8])]) throws(SystemError) {
        let store = try Directory(path)
        for file in files where (try? read(file.sha256, in: store)) == nil {
            let (name, part) = (Self.name(file.sha256), ".\(file.sha256).part")
            if try store.statusIfPresent(part) != nil { try store.unlink(part) }
            try store.writeFile(part, file.bytes, mode: 0o440)
            try store.rename(part, to: store, as: name)
        }
        try store.sync()
    }

    /// - Throws: a system error, or `Damaged` when the content isn't that of the name.
    func read(_ sha256: String) throws -> [UInt8] { try read(sha256, in: Directory(path)) }

    private func read(_ sha256: String, in store: borrowing Directory) throws -> [UInt8] {
        let bytes = try store.readFile(Self.name(sha256), limit: ReferenceFile.maximumBytes)
        guard SHA256.hexadecimal(of: bytes) == sha256 else {
            throw Damaged(description: "\(path)/\(Self.name(sha256)) isn't as it was stored")
        }
        return bytes
    }

    private static func name(_ sha256: String) -> String { "\(sha256).xml" }
}
