internal import COpenSSL
import Glibc
import Hashing

/// The Ed25519 key that signs tree heads. Safe to use from several threads; freed with the last reference.
public final class CheckpointKey: @unchecked Sendable {
    // Unchecked: the key is set once and only read; libcrypto counts references to an EVP_PKEY atomically and signs with a context per call.
    private let key: OpaquePointer
    /// The raw public key, 32 bytes.
    public let publicKey: [UInt8]

    private init(adopting key: OpaquePointer, path: String) throws(LedgerError) {
        self.key = key
        var raw = [UInt8](repeating: 0, count: 32)
        var count = raw.count
        let done = EVP_PKEY_get_raw_public_key(key, &raw, &count)
        publicKey = raw
        guard done == 1, count == 32, EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else {
            throw LedgerError(
                .key, "the checkpoint key isn't an Ed25519 key", path: path, remedy: "Give the key that this ledger began with.")
        }
    }

    deinit { EVP_PKEY_free(key) }

    /// Makes a new key and writes it as PEM (PKCS #8), mode 0600, durably. Never replaces a file.
    public static func create(at path: String) throws(LedgerError) -> CheckpointKey {
        guard let pair = generate() else {
            throw LedgerError(.key, "no checkpoint key could be generated", path: path, remedy: "Check that libcrypto has a random source.")
        }
        let key = try CheckpointKey(adopting: pair, path: path)
        try KeyFile.create(path, key.pem(path))
        return key
    }

    /// Reads a key that `create` wrote. Refuses a file that others than its owner may read, or that belongs to neither the caller nor root.
    public static func load(from path: String) throws(LedgerError) -> CheckpointKey {
        let bytes = try KeyFile.read(path)
        let key = bytes.withUnsafeBytes { buffer -> OpaquePointer? in
            guard let input = BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)) else { return nil }
            defer { BIO_free(input) }
            return PEM_read_bio_PrivateKey(input, nil, nil, nil)
        }
        guard let key else {
            ERR_clear_error()
            throw LedgerError(.key, "the checkpoint key isn't a PEM private key", path: path, remedy: "Restore the file from its backup.")
        }
        return try CheckpointKey(adopting: key, path: path)
    }

    /// The first four bytes of SHA-256(name, newline, 0x01, public key): how a signature line names its key (C2SP signed-note).
    public func keyID(origin: String) -> [UInt8] {
        Array(SHA256.digest(of: Array(origin.utf8) + [0x0A, 0x01] + publicKey).bytes.prefix(4))
    }

    /// What a verifier needs, as C2SP signed-note writes it: `origin+keyid+base64(0x01 and public key)`.
    public func verifierKey(origin: String) -> String {
        "\(origin)+\(Hexadecimal.encode(keyID(origin: origin)))+\(Base64.encode([0x01] + publicKey))"
    }

    /// 64 bytes, always the same for the same message (RFC 8032); nil when libcrypto fails.
    func sign(_ message: [UInt8]) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: 64)
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1, count == 64
        else { return nil }
        return signature
    }

    private static func generate() -> OpaquePointer? {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_keygen(context, &key) == 1 else { return nil }
        return key
    }

    private func pem(_ path: String) throws(LedgerError) -> [UInt8] {
        let failure = LedgerError(.key, "the checkpoint key can't be written as PEM", path: path, remedy: "Check that memory is left.")
        guard let output = BIO_new(BIO_s_secmem()) else { throw failure }
        defer { BIO_free(output) }
        guard PEM_write_bio_PKCS8PrivateKey(output, key, nil, nil, 0, nil, nil) == 1 else { throw failure }
        var bytes = [UInt8](repeating: 0, count: 1_024)
        let count = BIO_read(output, &bytes, Int32(bytes.count))
        guard count > 0 else { throw failure }
        return Array(bytes.prefix(Int(count)))
    }
}
