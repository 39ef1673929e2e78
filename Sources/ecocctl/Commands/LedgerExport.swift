import ArgumentParser
import Audit
import Glibc
import Linux

/// `ecocctl ledger export`: the ledger in forms that need no SQLite.
struct LedgerExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the ledger's entries as lines of JSON, or its tree as tlog-tiles.",
        discussion: "Works beside a running daemon. Exit codes: 0 done, 1 the ledger contradicts itself or the older export, 2 unusable.")

    @OptionGroup var options: LedgerOptions

    @Option(
        help: ArgumentHelp(
            "One line of JSON an entry into this new file; - is standard output.", valueName: "file"))
    var jsonl: String?

    @Option(help: ArgumentHelp("With --jsonl: begin with this entry.", valueName: "position"))
    var from = 0

    @Option(
        help: ArgumentHelp(
            "Tiles and checkpoint (C2SP tlog-tiles) into this folder; what an earlier export wrote there is added to.", valueName: "folder")
    )
    var tiles: String?

    private struct Answer: Encodable {
        var size: Int
        var checkpoint: String?
        var previousSize: Int?
        var files: Int?
    }

    func validate() throws {
        guard (jsonl == nil) != (tiles == nil) else { throw ValidationError("Give either --jsonl or --tiles.") }
        guard from >= 0, from == 0 || jsonl != nil else { throw ValidationError("--from is a position for --jsonl.") }
        guard jsonl != "-" || !options.common.json else { throw ValidationError("--json and '--jsonl -' both write to standard output.") }
    }

    func run() throws {
        do {
            if let tiles { try writeTiles(tiles) }
            if let jsonl { try writeLines(jsonl) }
        } catch let error as LedgerError {
            throw CommandRefusal(error.code == .corrupt ? .no : .usage, "\(error)")
        } catch let error as SystemError {
            throw CommandRefusal(.usage, "The export isn't complete: ecocctl \(error).")
        }
    }

    private func writeTiles(_ folder: String) throws {
        let done = try TileExport.run(path: options.path(), into: folder, key: options.key())
        if options.common.json { return try Console.json(Answer(size: done.size, previousSize: done.previousSize, files: done.files)) }
        Console.line("\(folder): \(done.size) entries, \(done.size - done.previousSize) of them new; \(done.files) files written")
    }

    private func writeLines(_ path: String) throws {
        let export = try LineExport(path: options.path(), key: options.key())
        if path == "-" {
            let output = Descriptor(owning: dup(1), path: "standard output")
            return try export.write(from: from) { (lines) throws(SystemError) in try output.writeAll(lines) }
        }
        try write(export, to: path)
        if options.common.json { return try Console.json(Answer(size: export.size, checkpoint: export.head)) }
        Console.line("\(path): entries \(from) to \(export.size - 1), under this head:\n\(export.head)")
    }

    /// The file has its name once it is whole and on disk; one that is there already stays.
    private func write(_ export: LineExport, to path: String) throws {
        let slash = path.lastIndex(of: "/")
        let directory = try Directory(slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let part = ".\(name).part"
        if try directory.statusIfPresent(name) != nil { throw CommandRefusal(.usage, "\(path) is there already. Name a new file.") }
        if try directory.statusIfPresent(part) != nil { try directory.unlink(part) }
        let file = try directory.create(part)
        try export.write(from: from) { (lines) throws(SystemError) in try file.writeAll(lines) }
        try file.sync()
        try file.close()
        try directory.renameNoReplace(part, to: directory, as: name)
        try directory.sync()
    }
}
