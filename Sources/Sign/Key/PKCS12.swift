import COpenSSL

/// What a PKCS#12 file holds: a private key, its certificate and perhaps the chain (RFC 7292).
struct PKCS12 {
    let key: PrivateKey
    let certificate: X509Certificate
    /// In the file's order, which may be any.
    let others: [X509Certificate]

    /// A passphrase can't hold a zero byte.
    init(_ bytes: [UInt8], passphrase: [UInt8]?) throws(SealError) {
        OpenSSLErrors.clear()
        guard let buffer = MemoryBuffer(bytes), let file = d2i_PKCS12_bio(buffer.pointer, nil) else {
            throw .unreadableKey(OpenSSLErrors.drain())
        }
        defer { PKCS12_free(file) }
        var keyPointer: OpaquePointer?
        var leafPointer: OpaquePointer?
        var stack: OpaquePointer?
        let secret = (passphrase ?? []).map { CChar(bitPattern: $0) } + [0]
        guard PKCS12_parse(file, secret, &keyPointer, &leafPointer, &stack) == 1 else {
            throw passphrase == nil ? .missingPassphrase : .wrongPassphrase(OpenSSLErrors.drain())
        }
        // From here on each part has an owner, whatever follows.
        let key = keyPointer.map(PrivateKey.init(adopting:))
        let certificate = leafPointer.flatMap(X509Certificate.init(adopting:))
        others = stack.map { CertificateStack(adopting: $0).certificates } ?? []
        guard let key else { throw .unreadableKey("the file holds no private key") }
        guard let certificate else { throw .unreadableKey("the file holds no certificate for the key") }
        self.key = key
        self.certificate = certificate
    }
}
