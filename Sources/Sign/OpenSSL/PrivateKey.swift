import COpenSSL

/// One private key: the only owner of its `EVP_PKEY`.
final class PrivateKey: Sendable {
    // Never written after init; OpenSSL 3 lets any number of threads sign with one key, each with a context of its own.
    nonisolated(unsafe) let pointer: OpaquePointer

    /// Takes over the caller's reference.
    init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    var isRSA: Bool { EVP_PKEY_get_base_id(pointer) == EVP_PKEY_RSA }

    /// RSASSA-PKCS1-v1_5 over the SHA-256 of `bytes` (RFC 8017, section 8.2). Any thread.
    func sign(_ bytes: [UInt8]) throws(SealError) -> [UInt8] {
        OpenSSLErrors.clear()
        guard let context = EVP_MD_CTX_new() else { throw .signing(OpenSSLErrors.drain()) }
        defer { EVP_MD_CTX_free(context) }
        var count = Int(EVP_PKEY_get_size(pointer))
        guard count > 0, EVP_DigestSignInit(context, nil, EVP_sha256(), nil, pointer) == 1 else {
            throw .signing(OpenSSLErrors.drain())
        }
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1 else { throw .signing(OpenSSLErrors.drain()) }
        signature.removeLast(signature.count - count)
        return signature
    }

    /// Reads PKCS#8 (encrypted or not) or PKCS#1 from PEM. OpenSSL never gets the chance to ask a terminal for the passphrase.
    static func read(pem: [UInt8], passphrase: [UInt8]?) throws(SealError) -> PrivateKey {
        guard let buffer = MemoryBuffer(pem) else { throw .unreadableKey("memory is short") }
        OpenSSLErrors.clear()
        var request = PassphraseRequest(passphrase: passphrase ?? [], asked: false)
        let pointer = withUnsafeMutablePointer(to: &request) {
            PEM_read_bio_PrivateKey(buffer.pointer, nil, answerPassphrase, $0)
        }
        guard let pointer else {
            let reason = OpenSSLErrors.drain()
            guard request.asked else {
                guard let known = GivenFile.objection(to: pem, wanting: .key) else { throw .unreadableKey(reason) }
                throw SealError(.unreadableKey, "The seal key can't be read: \(known.what).", remedy: known.remedy)
            }
            throw passphrase == nil ? .missingPassphrase : .wrongPassphrase(reason)
        }
        return PrivateKey(adopting: pointer)
    }
}

/// What OpenSSL's passphrase callback reads, and leaves behind.
private struct PassphraseRequest {
    let passphrase: [UInt8]
    var asked: Bool
}

private func answerPassphrase(
    buffer: UnsafeMutablePointer<CChar>?, size: Int32, forWriting: Int32, request: UnsafeMutableRawPointer?
) -> Int32 {
    guard let buffer, let request = request?.assumingMemoryBound(to: PassphraseRequest.self) else { return -1 }
    request.pointee.asked = true
    let passphrase = request.pointee.passphrase
    guard !passphrase.isEmpty, passphrase.count <= Int(size) else { return -1 }
    UnsafeMutableRawPointer(buffer).copyMemory(from: passphrase, byteCount: passphrase.count)
    return Int32(passphrase.count)
}

extension SealError {
    static func signing(_ reason: String) -> SealError {
        SealError(.signing, "The key didn't sign: \(reason).", remedy: "Check the seal key with `ecocctl check`.")
    }

    static func unreadableKey(_ reason: String) -> SealError {
        SealError(
            .unreadableKey, "The seal key can't be read: \(reason).",
            remedy: "Give a private key as PEM (PKCS#8 or PKCS#1).")
    }

    static var missingPassphrase: SealError {
        SealError(
            .wrongPassphrase, "The seal key is encrypted and no passphrase was given.",
            remedy: "Give its passphrase as a systemd credential.")
    }

    static func wrongPassphrase(_ reason: String) -> SealError {
        SealError(
            .wrongPassphrase, "The seal key can't be decrypted with the passphrase given: \(reason).",
            remedy: "Check the passphrase; a trailing line end is part of it.")
    }
}
