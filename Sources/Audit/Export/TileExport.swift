import Hashing
import Linux

/// Writes the ledger as a static log that any tlog-tiles client can read from a web server or a disk: tiles of hashes, bundles of entries,
/// and the checkpoint. An export into the same folder adds what is new.
public final class TileExport {
    public struct Result: Sendable, Equatable {
        /// Entries that the folder covers now, and that it covered before.
        public let size: Int
        public let previousSize: Int
        /// Tiles and bundles written, partial ones included.
        public let files: Int
    }

    private static let checkpoint = "checkpoint"

    private let tree: ExportedTree
    private let reader: LedgerReader
    private let folder: String
    private var files = 0

    private init(_ path: String, _ folder: String, _ key: VerifierKey?) throws(LedgerError) {
        tree = try ExportedTree(path, key: key)
        reader = try LedgerReader(path: path)
        self.folder = folder
    }

    /// Writes what the folder lacks of the newest head's tree. Each file gets its name when it is whole; the checkpoint comes last, after
    /// everything that it covers is on disk, so an export that was cut off is simply made again.
    ///
    /// - Parameters:
    ///   - folder: must be there. One with the checkpoint of another ledger, or of entries that this one doesn't have, is refused.
    ///   - key: nil leaves the head's signature unchecked.
    public static func run(path: String, into folder: String, key: VerifierKey?) throws(LedgerError) -> Result {
        let export = try TileExport(path, folder, key)
        let before = try export.previousSize()
        try export.write(from: before)
        try export.publishCheckpoint()
        try export.removePartials(of: before)
        return Result(size: export.tree.size, previousSize: before, files: export.files)
    }

    /// What is below an older checkpoint is there and on disk.
    private func previousSize() throws(LedgerError) -> Int {
        let bytes = try filing { () throws(SystemError) -> [UInt8]? in
            let directory = try Directory(folder)
            return try directory.statusIfPresent(Self.checkpoint) == nil ? nil : try directory.readFile(Self.checkpoint, limit: 65_536)
        }
        guard let bytes else { return 0 }
        guard let older = CheckpointNote(String(decoding: bytes, as: UTF8.self)), older.origin == tree.head.origin else {
            throw LedgerError(.open, "the folder holds the checkpoint of another log", path: folder, remedy: "Name another folder.")
        }
        guard older.size <= tree.size, try reader.root(ofFirst: older.size) == older.root else {
            throw LedgerError(
                .corrupt, "the ledger doesn't begin with the \(older.size) entries that were exported: it was changed or put back",
                path: folder, remedy: "Keep the folder as evidence: 'ecocctl ledger verify --against' tells what was changed.")
        }
        return older.size
    }

    private func write(from before: Int) throws(LedgerError) {
        for level in 0..<8 where tree.size >> (8 * level) > 0 {
            try forEachTile(level, from: before) { (position, range) throws(LedgerError) in
                try put(TilePath("\(level)", position: position, count: range.count), tree.hashes(level: level, range))
            }
        }
        try forEachTile(0, from: before) { (position, range) throws(LedgerError) in
            try put(TilePath("entries", position: position, count: range.count), bundle(range))
        }
    }

    /// The tiles of a level that weren't full before, with the hashes that they have now.
    private func forEachTile(
        _ level: Int, from before: Int, _ body: (Int, Range<Int>) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        let count = tree.size >> (8 * level)
        var first = (before >> (8 * level)) / TilePath.width * TilePath.width
        while first < count {
            // A partial tile that has no more than before is there already, but writing it again costs less than asking.
            try body(first / TilePath.width, first..<min(first + TilePath.width, count))
            first += TilePath.width
        }
    }

    /// Every record behind its length, two bytes, the higher first.
    private func bundle(_ range: Range<Int>) throws(LedgerError) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in try tree.entries(range) {
            bytes += [UInt8(truncatingIfNeeded: row.record.count >> 8), UInt8(truncatingIfNeeded: row.record.count)]
            bytes += row.record
        }
        return bytes
    }

    private func put(_ path: TilePath, _ content: [UInt8]) throws(LedgerError) {
        try filing { () throws(SystemError) in
            try Self.replace(path.name, content, in: Self.open(path.folders, below: Directory(folder)))
        }
        files += 1
    }

    private func publishCheckpoint() throws(LedgerError) {
        try filing { () throws(SystemError) in
            let directory = try Directory(folder)
            try directory.syncFileSystem()
            try Self.replace(Self.checkpoint, Array(tree.note.utf8), in: directory)
            try directory.syncFileSystem()
        }
    }

    /// A full tile makes its partial forms superfluous; those of tiles that still grow stay for clients that have an older checkpoint.
    private func removePartials(of before: Int) throws(LedgerError) {
        for level in 0..<8 where before >> (8 * level) > 0 {
            let position = (before >> (8 * level)) / TilePath.width
            guard (tree.size >> (8 * level)) / TilePath.width > position else { continue }
            for kind in level == 0 ? ["0", "entries"] : ["\(level)"] { try removePartials(kind, position) }
        }
    }

    private func removePartials(_ kind: String, _ position: Int) throws(LedgerError) {
        let (folders, name) = TilePath.partials(kind, position: position)
        try filing { () throws(SystemError) in
            let directory = try Self.open(folders, below: Directory(folder))
            if try directory.statusIfPresent(name) != nil { try directory.removeTree(name) }
        }
    }

    // MARK: Files

    private static func open(_ folders: [String], below top: consuming Directory) throws(SystemError) -> Directory {
        guard let next = folders.first else { return top }
        if try top.statusIfPresent(next) == nil { try top.makeDirectory(next, mode: 0o755) }
        return try open(Array(folders.dropFirst()), below: top.openDirectory(next))
    }

    private static func replace(_ name: String, _ content: [UInt8], in directory: borrowing Directory) throws(SystemError) {
        let part = ".\(name).part"
        if try directory.statusIfPresent(part) != nil { try directory.unlink(part) }
        let file = try directory.create(part, mode: 0o644)
        try file.writeAll(content)
        try file.close()
        try directory.rename(part, to: directory, as: name)
    }

    private func filing<Value>(_ body: () throws(SystemError) -> Value) throws(LedgerError) -> Value {
        do throws(SystemError) { return try body() } catch {
            throw LedgerError(
                error.isDiskFull ? .full : .write, "the export isn't complete: ecocctl \(error)", path: folder,
                remedy: "Make room or correct the folder, and export again: it goes on where it stopped.")
        }
    }
}
