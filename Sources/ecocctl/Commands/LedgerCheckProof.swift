import ArgumentParser
import Audit

/// `ecocctl ledger check-proof`: what a receiver checks who has a record and its proof, and no ledger.
struct LedgerCheckProof: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-proof", abstract: "Check a proof against its record. Needs neither ledger nor daemon.",
        discussion: "Exit codes: 0 proven, 1 not proven, 2 unusable, 3 proven as far as it can be told without the verifier key.")

    @Flag(help: "Print JSON instead of text.")
    var json = false

    @Argument(help: "The proof (.tlog-proof).")
    var file: String

    @Option(help: ArgumentHelp("The record that it is to prove (ledger/record.json of a bundle).", valueName: "file"))
    var record: String

    @Option(help: ArgumentHelp("The verifier key (origin+id+base64) of the ledger.", valueName: "key"))
    var verifierKey: String?

    private struct Answer: Encodable {
        var proof: String
        var proven: Bool
        var signatureVerified: Bool
        var origin: String?
        var position: Int?
        var size: Int?
        var rootHash: String?
        var message: String
    }

    func run() throws {
        let (proofBytes, recordBytes) = (try InputFile.bytes(file), try InputFile.bytes(record))
        let key = try verifierKey.map(LedgerKey.read)
        do {
            let proof = try LogProof(reading: proofBytes)
            try show(proof, try proof.verify(record: recordBytes, key: key), isSigned: key != nil)
        } catch let flaw as ProofFlaw {
            if flaw.kind == .form { throw CommandRefusal(.usage, "\(file) can't be used: \(flaw).") }
            try show(flaw)
            throw ExitCode(RefusalCode.no.rawValue)
        }
        if key == nil { throw ExitCode(3) }
    }

    private func show(_ proof: LogProof, _ note: CheckpointNote, isSigned: Bool) throws {
        let signature = isSigned ? "whose signature holds" : "whose signature wasn't checked: no verifier key"
        let message = "The record is entry \(proof.index) of \(note.origin), under a head of \(note.size) entries \(signature)."
        try show(
            Answer(
                proof: file, proven: true, signatureVerified: isSigned, origin: note.origin, position: proof.index, size: note.size,
                rootHash: note.root.hexadecimal, message: message), "PROVEN")
    }

    private func show(_ flaw: ProofFlaw) throws {
        try show(
            Answer(proof: file, proven: false, signatureVerified: false, message: "The proof proves nothing: \(flaw)."), "NOT PROVEN")
    }

    private func show(_ answer: Answer, _ word: String) throws {
        if json { return try Console.json(answer) }
        Console.line("\(file): \(word)")
        Console.line(Console.visible(answer.message))
    }
}
