import Audit
import Configuration
import Hashing
import Web

/// Asks a witness to cosign a head (C2SP tlog-witness, `add-checkpoint`).
struct WitnessErrand {
    let witness: Configuration.Witness
    let key: WitnessKey
    let reader: LedgerReader
    /// For all of one question.
    let seconds: Int

    private static let longestAnswer = 65_536
    private static let sizeType = "text/x.tlog.size"

    /// The witness's signature line over this head.
    ///
    /// - Parameter lastSize: of the newest head that the witness is known to have seen, 0 for none. It is asked once more when it knows better.
    func cosignature(of head: CheckpointNote, note: String, lastSize: Int) throws(AnchorFailure) -> Cosignature {
        var seen = lastSize
        var answer = try ask(head, note, seen)
        if answer.status == 409, let size = try conflictingSize(answer, head, asked: seen) {
            seen = size
            answer = try ask(head, note, seen)
        }
        guard answer.status == 200 else { throw refusal(answer, head) }
        guard let cosignature = key.cosignature(in: String(decoding: answer.body, as: UTF8.self), of: head) else {
            throw AnchorFailure(
                message: "\(witness.url) answered without a cosignature of \(key.name) that holds. Check the witness's key.")
        }
        return cosignature
    }

    private func ask(_ head: CheckpointNote, _ note: String, _ seen: Int) throws(AnchorFailure) -> WebQuestion.Answer {
        let base = witness.url.hasSuffix("/") ? String(witness.url.dropLast()) : witness.url
        let question = WitnessQuestion(oldSize: seen, proof: try proof(from: seen, to: head.size), note: note)
        do {
            return try WebQuestion("\(base)/add-checkpoint", body: Array(question.text.utf8), type: "text/plain; charset=utf-8")
                .answer(limit: Self.longestAnswer, seconds: seconds)
        } catch {
            throw AnchorFailure(message: error.description)
        }
    }

    /// Empty when there is nothing to prove.
    private func proof(from old: Int, to new: Int) throws(AnchorFailure) -> [Digest] {
        if old == 0 || old == new { return [] }
        do {
            if let path = try reader.consistencyPath(from: old, to: new) { return path }
        } catch {
            throw AnchorFailure(message: "\(error)")
        }
        throw AnchorFailure(message: "The ledger has no proof from \(old) to \(new) entries. Verify it: ecocctl ledger verify.")
    }

    /// The size that the witness saw last.
    /// - Returns: nil when the answer isn't about a size.
    private func conflictingSize(_ answer: WebQuestion.Answer, _ head: CheckpointNote, asked seen: Int) throws(AnchorFailure) -> Int? {
        let text = String(decoding: answer.body, as: UTF8.self)
        guard answer.type == Self.sizeType, let size = Int(text.filter { $0 != "\n" }), size >= 0, text == "\(size)\n" else { return nil }
        guard size <= head.size else {
            throw AnchorFailure(
                message: "\(key.name) has seen a head of \(size) entries of this ledger, and it has \(head.size): it was cut or put back. "
                    + "Keep everything, and verify it: ecocctl ledger verify --against FOLDER.")
        }
        guard size != seen else { return nil }
        return size
    }

    private func refusal(_ answer: WebQuestion.Answer, _ head: CheckpointNote) -> AnchorFailure {
        let reason =
            switch answer.status {
            case 404: "doesn't know the log '\(head.origin)'. Ask who runs it to add it, with the verifier key in ledger.vkey."
            case 403: "doesn't know the key that this ledger signs with. Give who runs it the verifier key in ledger.vkey."
            case 409:
                "says that the head contradicts the one that it has seen: it has seen another ledger of this name and size, or somebody "
                    + "asked at the same time. If it stays, keep everything, and verify it: ecocctl ledger verify --against FOLDER."
            case 422:
                "says that the ledger doesn't begin with the entries that it has seen: it was rewritten, put back or forked. "
                    + "Keep everything, and verify it: ecocctl ledger verify --against FOLDER."
            case 400: "doesn't understand the question. Is it a witness as C2SP tlog-witness describes it?"
            default: "answered with the HTTP status \(answer.status). Check the address, and ask who runs it."
            }
        return AnchorFailure(message: "The witness at \(witness.url) \(reason)")
    }
}
