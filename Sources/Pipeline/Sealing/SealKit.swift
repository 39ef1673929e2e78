import Linux
import Publish
import Sign

/// The seal in use: what signs, and what independently verifies before anything leaves. Any thread.
struct SealKit: Sendable {
    let key: SealKey
    let messages: MessageSealer
    let manifests: DetachedSigner
    /// The second opinion on what is to be sealed, where one is configured.
    let schema: MessageSchema?
    private let messageVerifier: MessageVerifier
    private let manifestVerifier: DetachedVerifier

    /// - Parameter trustedPEM: whom the verification trusts: nobody whom receivers needn't.
    init(key: SealKey, trustedPEM: [UInt8], schema: MessageSchema?) throws(VerificationFailure) {
        self.key = key
        self.schema = schema
        messages = MessageSealer(key: key)
        manifests = DetachedSigner(key: key)
        messageVerifier = try MessageVerifier(trustedPEM: trustedPEM)
        manifestVerifier = try DetachedVerifier(trustedPEM: trustedPEM)
    }

    /// The name under which `status` shows that the seal can't be used.
    static let subject = "seal"

    /// Throws unless the certificates are valid at this time.
    func usable(at time: Timestamp) throws(SubmissionFault) {
        do throws(SealError) { try key.usable(at: time.milliseconds / 1000) } catch {
            throw SubmissionFault(what: String(error.message.dropLast()), remedy: error.remedy)
        }
    }

    // MARK: As a receiver will check it

    /// Throws unless the sealed message verifies and was sealed with this key.
    func verify(message: [UInt8], of name: String) throws(SubmissionFault) {
        try verifying(name) { () throws(VerificationFailure) in try messageVerifier.verify(message).signerSHA256 }
    }

    /// Throws unless the signature of a bundle's manifest verifies and was made with this key.
    func verify(signature: [UInt8], manifest: [UInt8], of name: String) throws(SubmissionFault) {
        try verifying(name) { () throws(VerificationFailure) in try manifestVerifier.verify(signature, content: manifest).signerSHA256 }
    }

    private func verifying(_ name: String, _ signer: () throws(VerificationFailure) -> String) throws(SubmissionFault) {
        do throws(VerificationFailure) {
            guard try signer() != key.certificateSHA256 else { return }
        } catch {
            throw SubmissionFault(
                what: "What was sealed of \(name) doesn't verify, so it doesn't leave: \(error.message.dropLast())",
                remedy: "Look at the files that [seal] names with 'ecocctl check', then restart ecocd.")
        }
        throw SubmissionFault(
            what: "What was sealed of \(name) names another signer, so it doesn't leave", remedy: "Stop the daemon and look into it.")
    }
}

extension Engine {
    /// The time that what is sealed now bears. Throws while the clock can't be believed or the seal isn't valid.
    func sealingTime() throws(SubmissionFault) -> Timestamp {
        let now = try clock.now()
        try seal.usable(at: now)
        return now
    }
}
