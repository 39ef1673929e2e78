import COpenSSL

/// OpenSSL's list of certificates (`STACK_OF(X509)`): owns the list and one reference to each certificate in it.
struct CertificateStack: ~Copyable {
    let pointer: OpaquePointer

    /// Takes over a list that owns a reference to each of its certificates.
    init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    /// Nil when memory is short.
    init?(_ certificates: [X509Certificate]) {
        guard let pointer = OPENSSL_sk_new_null() else { return nil }
        guard certificates.allSatisfy({ Self.push($0, onto: pointer) }) else {
            Self.free(pointer)
            return nil
        }
        self.pointer = pointer
    }

    deinit { Self.free(pointer) }

    private static func push(_ certificate: X509Certificate, onto pointer: OpaquePointer) -> Bool {
        guard X509_up_ref(certificate.pointer) == 1 else { return false }
        guard OPENSSL_sk_push(pointer, UnsafeRawPointer(certificate.pointer)) > 0 else {
            X509_free(certificate.pointer)
            return false
        }
        return true
    }

    private static func free(_ pointer: OpaquePointer) {
        OPENSSL_sk_pop_free(pointer) { X509_free($0.map { OpaquePointer($0) }) }
    }

    /// The certificates in order, each with a reference of its own.
    var certificates: [X509Certificate] {
        (0..<max(0, OPENSSL_sk_num(pointer))).compactMap { index in
            guard let value = OPENSSL_sk_value(pointer, index) else { return nil }
            let certificate = OpaquePointer(value)
            return X509_up_ref(certificate) == 1 ? X509Certificate(adopting: certificate) : nil
        }
    }
}
