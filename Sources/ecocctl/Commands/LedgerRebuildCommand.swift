import ArgumentParser
import Audit

/// `ecocctl ledger rebuild`: the projections anew from the entries.
struct LedgerRebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Build the ledger's projections anew from its entries, while the daemon is stopped.",
        discussion:
            "Entries and head are never changed. Exit codes: 0 rebuilt and intact, 1 the entries don't verify, 2 unusable or the daemon runs, 3 rebuilt, but without the verifier key."
    )

    @OptionGroup var options: LedgerOptions

    private struct Answer: Encodable {
        var ledger: String
        var intact: Bool
        var size: Int
        var rootHash: String
        var signatureVerified: Bool
        var problems: [String]
    }

    func run() throws {
        let path = try options.path()
        let result: LedgerVerification
        do { result = try LedgerRebuild.rebuild(path: path, verifierKey: options.keyText()) } catch let error as LedgerError {
            throw CommandRefusal(error.code == .corrupt ? .no : .usage, "\(error)")
        }
        let problems = result.problems.map(\.description)
        if options.common.json {
            try Console.json(
                Answer(
                    ledger: path, intact: result.isIntact, size: result.size, rootHash: result.rootHash,
                    signatureVerified: result.isSignatureVerified, problems: problems))
        } else {
            for problem in problems { Console.line("STILL WRONG  \(Console.visible(problem))") }
            Console.line("\(path): the projections of \(result.size) entries were rebuilt; \(result.isIntact ? "intact" : "NOT intact")")
        }
        if !result.isIntact { throw ExitCode(RefusalCode.no.rawValue) }
        if !result.isSignatureVerified { throw ExitCode(3) }
    }
}
