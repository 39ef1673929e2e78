public import Audit
import Hashing

/// What a bundle carries of the ledger: the entry that says that its message was sealed, and the proof that the ledger has it.
public enum LedgerEvidence {
    /// The entry's exact bytes.
    public static let recordName = "ledger/record.json"
    /// A C2SP tlog-proof.
    public static let proofName = "ledger/proof.tlog-proof"

    /// The two files of a bundle.
    public static func entries(_ entry: EntryProof) -> [BundleEntry] {
        [BundleEntry(name: recordName, bytes: entry.record), BundleEntry(name: proofName, bytes: Array(entry.proof.text.utf8))]
    }

    /// What the evidence doesn't show, in one sentence.
    struct Refusal: Error {
        let reason: String
    }

    /// Checks that the files speak of this message, and says what they show.
    ///
    /// - Parameter isRequired: whether a bundle without them is refused.
    static func check(
        _ files: [String: [UInt8]], of message: [UInt8], vin: String, signerSHA256: String, key: VerifierKey?, isRequired: Bool
    ) throws(Refusal) -> String {
        guard files[recordName] != nil || files[proofName] != nil else {
            guard isRequired else { return "The bundle carries no proof that a ledger has it: bundles of older programs don't." }
            throw Refusal(reason: "The bundle carries no proof that the ledger has it, so the key can't be used.")
        }
        guard let record = files[recordName], let proof = files[proofName] else {
            throw Refusal(reason: "The bundle carries only one of \(recordName) and \(proofName).")
        }
        try checkRecord(record, message, vin, signerSHA256)
        do throws(ProofFlaw) {
            let read = try LogProof(reading: proof)
            let note = try read.verify(record: record, key: key)
            let proven = "Entry \(read.index) of the ledger \(note.origin) says that this message was sealed"
            return key == nil
                ? "\(proven); who signed the ledger's head wasn't checked, as no verifier key was given."
                : "\(proven); it is under a signed head of \(note.size) entries."
        } catch {
            throw Refusal(reason: "\(proofName) proves nothing: \(error).")
        }
    }

    private static func checkRecord(_ bytes: [UInt8], _ message: [UInt8], _ vin: String, _ signerSHA256: String) throws(Refusal) {
        guard let record = LedgerEntry(position: 0, bytes: bytes).record, record.kind == Event.Kind.sealed.rawValue else {
            throw Refusal(reason: "\(recordName) isn't a ledger entry that says that something was sealed.")
        }
        guard record.text("vin") == vin, record.text("sha256") == SHA256.hexadecimal(of: message),
            record.text("certificate-sha256") == signerSHA256
        else { throw Refusal(reason: "\(recordName) speaks of another message, vehicle or signer.") }
    }
}
