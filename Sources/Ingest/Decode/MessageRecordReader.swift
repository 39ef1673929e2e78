import Certificate
import Linux

/// Reads the one record of a ready IVI message.
final class MessageRecordReader: RecordSource {
    /// The file as received, once `next()` has read it.
    private(set) var bytes: [UInt8] = []
    private let path: String
    private let existingSignature: Profile.ExistingSignature
    private let limits: Profile.Limits
    private var isRead = false

    init(path: String, existingSignature: Profile.ExistingSignature, limits: Profile.Limits) {
        self.path = path
        self.existingSignature = existingSignature
        self.limits = limits
    }

    let (header, separator, footer): ([UInt8], [UInt8], [UInt8]) = ([], [], [])

    var currentRow: [UInt8] { bytes }

    func columnName(_ number: Int) -> String? { "line \(number)" }

    func next() throws(FileRejection) -> Record? {
        guard !isRead else { return nil }
        isRead = true
        bytes = try readFile()
        guard !bytes.isEmpty else {
            throw FileRejection(.empty, "The file is empty.", remedy: "Drop an IVI 2.0 message; check whether the export ran through.")
        }
        let message: Message
        do {
            message = try MessageReader.read(bytes)
        } catch {
            throw FileRejection(error.finding)
        }
        return Record(row: 1, values: message.values, findings: try signatureFindings(message) + message.findings)
    }

    private func readFile() throws(FileRejection) -> [UInt8] {
        let limit = min(limits.fileBytes, limits.messageBytes)
        let file = try SourceText.open(path, limit: limit)
        do {
            return try file.readAll(limit: limit)
        } catch {
            throw FileRejection.unreadable(error.description)
        }
    }

    private func signatureFindings(_ message: Message) throws(FileRejection) -> [Finding] {
        guard message.hasSignature else { return [] }
        switch existingSignature {
        case .reject:
            throw FileRejection(
                .signaturePresent, "The message already carries a signature, and a message is never signed twice.",
                remedy: "Send it without ds:Signature, or set existing-signature = \"discard\" for the source.")
        case .discard:
            return [
                Finding(
                    rule: DecodingRule.signatureDiscarded.rawValue, severity: .information, row: 1,
                    message: "The message's existing signature was taken off, as the source's settings say.",
                    remedy: "Send messages without ds:Signature if this is not intended.")
            ]
        }
    }
}
