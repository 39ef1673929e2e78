import ArgumentParser
import Audit
import Configuration
import Linux

/// Options of the commands that look into a ledger.
struct LedgerOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("The ledger's database. Default: the configuration's.", valueName: "file"))
    var database: String?

    @Option(
        help: ArgumentHelp(
            "The verifier key (origin+id+base64) from a copy of your own. Default: the one beside the ledger.", valueName: "key"))
    var verifierKey: String?

    func path() throws -> String { try database ?? common.places().ledger }

    /// Who signs heads outside; nil where a database was named and there are no settings.
    func anchoring() throws -> Configuration.Anchoring? {
        do { return try Configuration.Anchoring.load(common.config) } catch {
            guard database == nil else { return nil }
            throw CommandRefusal(.usage, "\(error)")
        }
    }

    /// The head that the daemon remembers outside the ledger, for the ledger that the configuration names.
    func rememberedHead() throws -> [OutsideHead] {
        guard database == nil else { return [] }
        let file = RememberedHead(path: try common.places().rememberedHead)
        // One that can't be read is for the daemon's start to judge.
        guard let note = try? file.read(), let head = try? OutsideHead(name: file.path, note: note) else { return [] }
        return [head]
    }

    func reader() throws -> LedgerReader {
        do { return try LedgerReader(path: path()) } catch let error as LedgerError { throw CommandRefusal(.usage, "\(error)") }
    }

    /// All volumes; with `--database` those beside that file.
    func history() throws -> LedgerHistory {
        do { return try LedgerHistory(path: path()) } catch let error as LedgerError { throw CommandRefusal(.usage, "\(error)") }
    }

    /// The text of the key that was given, or of the one beside the ledger; nil where there is none.
    func keyText() throws -> String? { try verifierKey ?? LedgerKey.text(inFile: LedgerKey.file(besideLedger: path())) }

    func key() throws -> VerifierKey? { try keyText().map(LedgerKey.read) }
}

/// Verifier keys as people give them.
enum LedgerKey {
    static func read(_ text: String) throws -> VerifierKey {
        guard let key = VerifierKey(text) else {
            throw CommandRefusal(
                .usage, "The verifier key isn't of the form origin+keyid+base64. Give the line that was noted when the ledger was created.")
        }
        return key
    }

    static func file(besideLedger path: String) -> String {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        return "\(folder)ledger.vkey"
    }

    /// The file's first line, or nil when it can't be read.
    static func text(inFile path: String) -> String? {
        guard let bytes = try? Descriptor.open(path).readAll(limit: 4096) else { return nil }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}

/// Files that commands are given to look at.
enum InputFile {
    static func bytes(_ path: String, limit: Int = LogProof.maximumBytes) throws -> [UInt8] {
        do { return try Descriptor.open(path).readAll(limit: limit) } catch { throw CommandRefusal(.usage, "\(error)") }
    }

    static func text(_ path: String) throws -> String {
        guard let text = String(validating: try bytes(path), as: UTF8.self) else {
            throw CommandRefusal(.usage, "\(path) isn't a text in UTF-8.")
        }
        return text
    }
}
