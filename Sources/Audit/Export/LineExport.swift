import Hashing

/// The entries as lines of JSON, for programs that know no SQLite: `{"leaf-hash":"...","position":0,"record":"..."}`. The record is a text
/// whose UTF-8 bytes are exactly those that the leaf hash covers.
public final class LineExport {
    private let tree: ExportedTree

    /// Entries that will be written: those of the newest head at this moment.
    public var size: Int { tree.size }
    /// The signed head that covers them.
    public var head: String { tree.note }

    /// - Parameter key: nil leaves the head's signature unchecked.
    public init(path: String, key: VerifierKey?) throws(LedgerError) { tree = try ExportedTree(path, key: key) }

    /// Hands over whole lines, some thousand at a time.
    ///
    /// - Parameter first: where to begin; a position behind the last entry gives nothing.
    public func write<Failure: Error>(from first: Int = 0, _ output: ([UInt8]) throws(Failure) -> Void) throws {
        var position = first
        while position < size {
            let end = min(position + ExportedTree.pageSize, size)
            var lines: [UInt8] = []
            for row in try tree.entries(position..<end) { try Self.append(row, &lines, tree.path) }
            try output(lines)
            position = end
        }
    }

    private static func append(_ row: ExportedTree.Row, _ lines: inout [UInt8], _ path: String) throws(LedgerError) {
        guard let text = String(validating: row.record, as: UTF8.self) else {
            throw FrontierLoader.contradiction("entry \(row.position) isn't a text", path)
        }
        lines += Array("{\"leaf-hash\":\"\(row.leafHash.hexadecimal)\",\"position\":\(row.position),\"record\":".utf8)
        CanonicalJSON.append(text, to: &lines)
        lines += [UInt8(ascii: "}"), UInt8(ascii: "\n")]
    }
}
