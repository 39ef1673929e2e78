import ArgumentParser
import Audit

/// `ecocctl ledger`: is the ledger what was written? Works offline and beside a running daemon.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Verify the ledger, and prove what it says.",
        subcommands: [
            VerifyLedger.self, ShowHead.self, LedgerProve.self, LedgerCheckProof.self, LedgerConsistency.self,
            LedgerAcceptRestore.self, LedgerAnchor.self,
        ])

    struct VerifyLedger: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Check every entry, hash, signature and projection.",
            discussion:
                "Exit codes: 0 intact, 1 tampered with, 2 unusable, 3 intact as far as it can be told: without verifier key, unanchored, or not to the end."
        )

        @OptionGroup var options: LedgerOptions

        @OptionGroup var anchorOptions: AnchorOptions

        @Option(
            help: ArgumentHelp(
                "A signed checkpoint, a proof, a bundle, or a folder of such, kept elsewhere: the ledger must begin with its entries.",
                valueName: "path"))
        var against: String?

        private struct Answer: Encodable {
            var ledger: String
            var intact: Bool
            var size: Int
            var rootHash: String
            var signatureVerified: Bool
            var incompleteness: String?
            var problemCount: Int
            var problems: [Problem]
            var against: [Head]
            var anchors: AnchorReport?

            struct Head: Encodable {
                var name: String
                var size: Int
                var verdict: String
                var message: String
                var position: Int?
            }

            struct Problem: Encodable {
                var position: Int?
                var kind: String
                var message: String
            }
        }

        func run() throws {
            let path = try options.path()
            let heads = try (against.map(OutsideHeads.read) ?? []) + options.rememberedHead()
            let result: LedgerVerification
            let compared: [HeadComparison]
            let anchors: AnchorReport?
            do {
                result = try LedgerVerifier.verify(path: path, verifierKey: options.keyText())
                compared = try heads.isEmpty ? [] : options.reader().compare(with: heads, key: options.key())
                anchors = try anchorReport(isIntact: result.isIntact)
            } catch let error as LedgerError {
                throw CommandRefusal(.usage, "\(error)")
            }
            if options.common.json {
                try Console.json(
                    Answer(
                        ledger: path, intact: result.isIntact, size: result.size, rootHash: result.rootHash,
                        signatureVerified: result.isSignatureVerified, incompleteness: result.incompleteness,
                        problemCount: result.problemCount,
                        problems: result.problems.map { .init(position: $0.position, kind: $0.kind.rawValue, message: $0.message) },
                        against: compared.map {
                            .init(name: $0.name, size: $0.size, verdict: $0.verdict.rawValue, message: $0.message, position: $0.position)
                        }, anchors: anchors))
            } else {
                show(path, result)
                show(compared)
                anchors?.show()
            }
            if result.problemCount > 0 || anchors?.broken.isEmpty == false || compared.contains(where: { $0.verdict == .contradicts }) {
                throw ExitCode(1)
            }
            if compared.contains(where: { $0.verdict == .unusable }) { throw ExitCode(2) }
            if result.incompleteness != nil || !result.isSignatureVerified || anchors?.anchored == false { throw ExitCode(3) }
        }

        /// Nil when a ledger that isn't intact can't be asked for its anchors.
        private func anchorReport(isIntact: Bool) throws -> AnchorReport? {
            do {
                return try AnchorReport(options.reader(), anchorOptions, options.settings()?.anchoring)
            } catch  where !isIntact {
                return nil
            }
        }

        /// Heads that agree are told in one line: a folder may hold thousands.
        private func show(_ compared: [HeadComparison]) {
            for head in compared where head.verdict != .agrees {
                let word = head.verdict == .contradicts ? "TAMPERED" : "UNUSABLE"
                Console.line("\(word)  \(Console.visible(head.name)): \(Console.visible(head.message))")
            }
            let agreeing = compared.filter { $0.verdict == .agrees }
            guard let largest = agreeing.map(\.size).max() else { return }
            Console.line("agrees with \(agreeing.count) of \(compared.count) heads kept elsewhere, the largest of \(largest) entries")
        }

        private func show(_ path: String, _ result: LedgerVerification) {
            for problem in result.problems { Console.line("TAMPERED  \(problem.kind.rawValue): \(Console.visible(problem.description))") }
            let signature =
                result.isSignatureVerified ? "the signature of its head holds" : "the signature of its head wasn't checked: no verifier key"
            Console.line("\(path): \(result.size) entries, root \(result.rootHash)")
            if let incompleteness = result.incompleteness { Console.line("INCOMPLETE  \(Console.visible(incompleteness))") }
            if result.problemCount > 0 {
                Console.line("NOT intact: \(result.problemCount) problems")
            } else {
                Console.line(result.isIntact ? "intact; \(signature)" : "no problem as far as it was checked")
            }
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
