import ArgumentParser
import Audit

/// `ecocctl ledger`: is the ledger what was written? Works offline and beside a running daemon.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Verify the ledger, prove what it says, and look after it.",
        subcommands: [
            VerifyLedger.self, ShowHead.self, LedgerProve.self, LedgerCheckProof.self, LedgerConsistency.self,
            LedgerAcceptRestore.self, LedgerAnchor.self,
            LedgerBackupCommand.self, LedgerExport.self, LedgerRebuildCommand.self, LedgerRoll.self,
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
            var volumes: [Volume]
            var against: [Head]
            var anchors: AnchorReport?

            /// The ledger's own fields are those of its open volume, or of all.
            init(_ path: String, _ result: HistoryVerification, _ compared: [HeadComparison], _ anchors: AnchorReport?) {
                self.anchors = anchors
                ledger = path
                (intact, signatureVerified) = (result.isIntact, result.isSignatureVerified)
                (size, rootHash) = (result.newest.verification.size, result.newest.verification.rootHash)
                incompleteness = result.incompleteness
                volumes = result.volumes.map(Volume.init)
                problemCount = result.problemCount
                problems = volumes.flatMap(\.problems)
                against = compared.map {
                    .init(name: $0.name, size: $0.size, verdict: $0.verdict.rawValue, message: $0.message, position: $0.position)
                }
            }

            struct Head: Encodable {
                var name: String
                var size: Int
                var verdict: String
                var message: String
                var position: Int?
            }

            struct Volume: Encodable {
                var path: String
                var origin: String?
                var intact: Bool
                var size: Int
                var rootHash: String
                var problems: [Problem]

                init(_ volume: HistoryVerification.Volume) {
                    (path, origin, intact) = (volume.path, volume.origin, volume.isIntact)
                    (size, rootHash) = (volume.verification.size, volume.verification.rootHash)
                    problems = volume.verification.problems.map {
                        Problem(volume: volume.path, position: $0.position, kind: $0.kind.rawValue, message: $0.message)
                    }
                    problems += volume.linkProblems.map { Problem(volume: volume.path, kind: "volume", message: $0) }
                }
            }

            struct Problem: Encodable {
                var volume: String
                var position: Int?
                var kind: String
                var message: String
            }
        }

        func run() throws {
            let path = try options.path()
            let heads = try (against.map(OutsideHeads.read) ?? []) + options.rememberedHead()
            let result: HistoryVerification
            let compared: [HeadComparison]
            let anchors: AnchorReport?
            do {
                result = try HistoryVerification.verify(
                    path: path, verifierKey: options.keyText(), mayBeAlone: options.database != nil)
                compared = try heads.isEmpty ? [] : options.history().compare(with: heads, key: options.key())
                anchors = try anchorReport(isIntact: result.isIntact)
            } catch let error as LedgerError {
                throw CommandRefusal(.usage, "\(error)")
            }
            if options.common.json {
                try Console.json(Answer(path, result, compared, anchors))
            } else {
                show(result)
                show(compared)
                anchors?.show()
            }
            if result.problemCount > 0 || anchors?.broken.isEmpty == false || compared.contains(where: { $0.verdict == .contradicts }) {
                throw ExitCode(1)
            }
            if compared.contains(where: { $0.verdict == .unusable }) { throw ExitCode(2) }
            if !result.isSignatureVerified || !result.isComplete || result.incompleteness != nil || anchors?.anchored == false {
                throw ExitCode(3)
            }
        }

        /// Nil when a ledger that isn't intact can't be asked for its anchors.
        private func anchorReport(isIntact: Bool) throws -> AnchorReport? {
            do {
                return try AnchorReport(options.history(), anchorOptions, options.anchoring())
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

        private func show(_ result: HistoryVerification) {
            for volume in result.volumes {
                let problems =
                    volume.verification.problems.map { "\($0.kind.rawValue): \($0)" } + volume.linkProblems.map { "volume: \($0)" }
                for problem in problems { Console.line("TAMPERED  \(Console.visible(problem))") }
                Console.line("\(volume.path): \(volume.verification.size) entries, root \(volume.verification.rootHash)")
                let count = volume.verification.problemCount + volume.linkProblems.count
                if let incompleteness = volume.verification.incompleteness {
                    Console.line("INCOMPLETE  \(Console.visible(incompleteness))")
                }
                Console.line(
                    volume.isIntact
                        ? "intact; \(signature(volume.verification))"
                        : count > 0 ? "NOT intact: \(count) problems" : "no problem as far as it was checked")
            }
            if !result.isComplete { Console.line("the volumes before these weren't verified: they aren't beside the file") }
        }

        private func signature(_ verification: LedgerVerification) -> String {
            verification.isSignatureVerified
                ? "the signature of its head holds" : "the signature of its head wasn't checked: no verifier key"
        }
    }

    struct ShowHead: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "checkpoint", abstract: "Print the newest signed checkpoint, to be kept elsewhere.")

        @OptionGroup var common: CommonOptions

        func run() throws {
            do {
                let head = try LedgerReader(path: common.places().ledger).head()
                if common.json { try Console.json(["checkpoint": head]) } else { print(head, terminator: "") }
            } catch let error as LedgerError {
                throw CommandRefusal(.usage, "\(error)")
            }
        }
    }
}
