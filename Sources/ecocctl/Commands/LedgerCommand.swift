import ArgumentParser
import Audit
import Linux

/// `ecocctl ledger`: is the ledger what was written? Works offline and beside a running daemon.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Verify the ledger, and print its signed head.", subcommands: [VerifyLedger.self, ShowHead.self])

    struct VerifyLedger: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Check every entry, hash, signature and projection.",
            discussion: "Exit codes: 0 intact, 1 tampered with, 2 unusable, 3 intact as far as it can be told without the verifier key.")

        @OptionGroup var common: CommonOptions

        @Option(help: ArgumentHelp("The ledger's database. Default: the configuration's.", valueName: "file"))
        var database: String?

        @Option(
            help: ArgumentHelp(
                "The verifier key (origin+id+base64) from a copy of your own. Default: the one beside the ledger.", valueName: "key"))
        var verifierKey: String?

        private struct Answer: Encodable {
            var ledger: String
            var intact: Bool
            var size: Int
            var rootHash: String
            var signatureVerified: Bool
            var problemCount: Int
            var problems: [Problem]

            struct Problem: Encodable {
                var position: Int?
                var kind: String
                var message: String
            }
        }

        func run() throws {
            let path = try database ?? common.configuration().ledger
            let result: LedgerVerification
            do {
                result = try LedgerVerifier.verify(path: path, verifierKey: verifierKey ?? keyBeside(path))
            } catch {
                throw CommandRefusal(.usage, "\(error)")
            }
            if common.json {
                try Console.json(
                    Answer(
                        ledger: path, intact: result.isIntact, size: result.size, rootHash: result.rootHash,
                        signatureVerified: result.isSignatureVerified, problemCount: result.problemCount,
                        problems: result.problems.map { .init(position: $0.position, kind: $0.kind.rawValue, message: $0.message) }))
            } else {
                show(path, result)
            }
            if !result.isIntact { throw ExitCode(1) }
            if !result.isSignatureVerified { throw ExitCode(3) }
        }

        private func keyBeside(_ path: String) -> String? {
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
            guard let bytes = try? Descriptor.open("\(folder)ledger.vkey").readAll(limit: 4096) else { return nil }
            return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        }

        private func show(_ path: String, _ result: LedgerVerification) {
            for problem in result.problems { Console.line("TAMPERED  \(problem.kind.rawValue): \(Console.visible(problem.description))") }
            let signature =
                result.isSignatureVerified ? "the signature of its head holds" : "the signature of its head wasn't checked: no verifier key"
            Console.line("\(path): \(result.size) entries, root \(result.rootHash)")
            Console.line(result.isIntact ? "intact; \(signature)" : "NOT intact: \(result.problemCount) problems")
        }
    }

    struct ShowHead: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "checkpoint", abstract: "Print the newest signed checkpoint, to be kept elsewhere.")

        @OptionGroup var common: CommonOptions

        func run() throws {
            do {
                let head = try LedgerReader(path: common.configuration().ledger).head()
                if common.json { try Console.json(["checkpoint": head]) } else { print(head, terminator: "") }
            } catch let error as LedgerError {
                throw CommandRefusal(.usage, "\(error)")
            }
        }
    }
}
