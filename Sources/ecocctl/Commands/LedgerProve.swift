import ArgumentParser
import Audit
import Hashing
import Linux
import Publish

/// `ecocctl ledger prove`: the proof that the ledger says that a certificate was sealed, for somebody who has no access to it.
struct LedgerProve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Prove that the ledger says that a certificate was sealed, up to its newest head.",
        discussion: "Prints the proof (C2SP tlog-proof). Exit codes: 0 proven, 1 the ledger doesn't know it, 2 unusable.")

    @OptionGroup var options: LedgerOptions

    @Argument(help: "A VIN, or a bundle (.asice).")
    var subject: String

    @Option(help: ArgumentHelp("With a VIN: the certificate's stage. Default: the highest.", valueName: "number"))
    var stage: Int?

    @Option(
        name: .customLong("certificate-version"),
        help: ArgumentHelp("With a VIN: the certificate's version. Default: the highest.", valueName: "number"))
    var certificateVersion: Int?

    @Option(help: ArgumentHelp("Write the record and the proof as two files into this folder instead.", valueName: "folder"))
    var output: String?

    private struct Answer: Encodable {
        var vin: String
        var stage: Int
        var version: Int
        var position: Int
        var record: String
        var proof: String
        var files: [String]
    }

    func run() throws {
        do {
            let (volume, entry) = try sealing(options.history())
            guard let proof = try volume.reader.proofs(of: [entry.position], upTo: .head).first, let record = entry.record else {
                throw CommandRefusal(.no, "Entry \(entry.position) of the ledger can't be proven.")
            }
            try answer(proof, record)
        } catch let error as LedgerError {
            throw CommandRefusal(.usage, "\(error)")
        }
    }

    private func answer(_ proof: EntryProof, _ record: Record) throws {
        let (vin, stage, version) = (record.text("vin") ?? "", record.number("stage") ?? 0, record.number("version") ?? 0)
        let files = try output.map { try write(proof, named: "\(vin)-\(stage)-v\(version)", into: $0) } ?? []
        if options.common.json {
            try Console.json(
                Answer(
                    vin: vin, stage: stage, version: version, position: proof.position,
                    record: String(decoding: proof.record, as: UTF8.self), proof: proof.proof.text, files: files))
        } else if files.isEmpty {
            print(proof.proof.text, terminator: "")
        } else {
            for file in files { Console.line("wrote \(file)") }
        }
    }

    private func write(_ proof: EntryProof, named name: String, into folder: String) throws -> [String] {
        do {
            let directory = try Directory(folder)
            for (file, bytes) in [("\(name).record.json", proof.record), ("\(name).tlog-proof", Array(proof.proof.text.utf8))] {
                try directory.writeFile(file, bytes)
            }
        } catch {
            throw CommandRefusal(.usage, "\(error)")
        }
        return ["\(folder)/\(name).record.json", "\(folder)/\(name).tlog-proof"]
    }

    /// The entry that says that the certificate was sealed, and the volume it stands in.
    private typealias Sealing = (volume: LedgerHistory.Volume, entry: LedgerEntry)

    private func sealing(_ history: LedgerHistory) throws -> Sealing {
        let isBundle = subject.hasSuffix(".asice") || subject.contains("/")
        return try isBundle ? sealing(history, bundle: subject) : sealing(history, vin: subject)
    }

    private func sealing(_ history: LedgerHistory, vin: String) throws -> Sealing {
        let entries = try Self.sealings(history, vin: vin).filter { _, entry in
            (stage == nil || entry.record?.number("stage") == stage)
                && (certificateVersion == nil || entry.record?.number("version") == certificateVersion)
        }
        let newest = entries.max {
            ($0.entry.record?.number("stage") ?? 0, $0.entry.record?.number("version") ?? 0)
                < ($1.entry.record?.number("stage") ?? 0, $1.entry.record?.number("version") ?? 0)
        }
        guard let newest else { throw CommandRefusal(.no, "The ledger doesn't say that such a certificate of '\(vin)' was sealed.") }
        return newest
    }

    private func sealing(_ history: LedgerHistory, bundle path: String) throws -> Sealing {
        let bytes = try InputFile.bytes(path, limit: VerifyCommand.maximumBytes)
        let contents: BundleContents
        do { contents = try BundleContents(reading: bytes) } catch { throw CommandRefusal(.usage, "\(path): \(error)") }
        guard let (name, message) = contents.message else { throw CommandRefusal(.usage, "\(path) has no message to prove.") }
        let sha256 = SHA256.hexadecimal(of: message)
        let vin = String(name.dropLast(".xml".count))
        guard let entry = try Self.sealings(history, vin: vin).first(where: { $0.entry.record?.text("sha256") == sha256 }) else {
            throw CommandRefusal(.no, "The ledger doesn't say that the message of \(path) was sealed.")
        }
        return entry
    }

    private static func sealings(_ history: LedgerHistory, vin: String) throws -> [Sealing] {
        try history.history(vin: vin).filter { $0.entry.record?.kind == Event.Kind.sealed.rawValue }.map { ($0.volume, $0.entry) }
    }
}
