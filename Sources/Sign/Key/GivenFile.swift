import COpenSSL

/// What a file holds that was given as key or certificate and isn't one: said in words, with the command that makes one of it.
enum GivenFile {
    /// A clause and a whole sentence; nil when nothing is known of such a file.
    static func objection(to bytes: [UInt8], wanting kind: Kind) -> (what: String, remedy: String)? {
        if bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            return ("it is empty", "Put the \(kind.rawValue) into it as PEM.")
        }
        if isPKCS12(bytes) {
            return (
                "it is a PKCS#12 file (.p12, .pfx), and ecocd reads PEM",
                "Take it apart: openssl pkcs12 -in FILE -nocerts -out seal.key; openssl pkcs12 -in FILE -nokeys -out seal.pem."
            )
        }
        if bytes.first == 0x30 {
            return kind == .key
                ? ("it is in DER, and ecocd reads PEM", "Convert it: openssl pkey -inform DER -in FILE -out seal.key.")
                : ("it is in DER, and ecocd reads PEM", "Convert it: openssl x509 -inform DER -in FILE -out seal.pem.")
        }
        let labels = labels(of: bytes)
        return labels.compactMap { label in known(label, kind) }.first
    }

    enum Kind: String { case key, certificate }

    private static func known(_ label: String, _ kind: Kind) -> (what: String, remedy: String)? {
        switch label {
        case "CERTIFICATE" where kind == .key:
            ("it holds a certificate and no key", "Name the key's file as seal.key, and this one as seal.certificate.")
        case "PRIVATE KEY" where kind == .certificate, "ENCRYPTED PRIVATE KEY" where kind == .certificate,
            "RSA PRIVATE KEY" where kind == .certificate:
            ("it holds a private key and no certificate", "Name the certificate's file here, and this one as seal.key.")
        case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST":
            ("it holds a request for a certificate", "Put in the certificate that the authority answered with.")
        case "PUBLIC KEY": ("it holds a public key only", "Put in the \(kind.rawValue).")
        case "OPENSSH PRIVATE KEY": ("it holds a key of OpenSSH's own form", "Convert a copy: ssh-keygen -p -m PKCS8 -f FILE.")
        case "PKCS7", "CMS":
            ("it is a PKCS#7 file (.p7b)", "Take the certificates out of it: openssl pkcs7 -print_certs -in FILE -out seal.pem.")
        default: nil
        }
    }

    private static func isPKCS12(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == 0x30, let buffer = MemoryBuffer(bytes) else { return false }
        defer { OpenSSLErrors.clear() }
        guard let file = d2i_PKCS12_bio(buffer.pointer, nil) else { return false }
        PKCS12_free(file)
        return true
    }

    /// What the lines `-----BEGIN …-----` name.
    private static func labels(of bytes: [UInt8]) -> [String] {
        let begin = "-----BEGIN "
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
            guard line.hasPrefix(begin) else { return nil }
            var label = String(line.dropFirst(begin.count))
            while let last = label.last, last == "-" || last.isWhitespace { label.removeLast() }
            return label
        }
    }
}
