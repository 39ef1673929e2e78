import Audit
import Certificate
import Hashing
import Linux
import Publish
import Spool

/// Published messages, read back from their bundles in the archive. Safe from any thread.
struct EarlierMessages: Sendable {
    /// The spool's root.
    let spool: String

    init(spool: String) { self.spool = spool }

    init(spool: Spool) { self.spool = spool.root }

    enum Lookup: Sendable {
        case found(FieldValues)
        /// The reason is the rest of a sentence that begins with "the earlier message".
        case gone(String)
    }

    /// A bundle is some 20 KB; this bounds what a mistaken file costs.
    static let maximumBytes = 64 << 20

    func values(of certificate: CertificateState) -> Lookup {
        guard let bundle = certificate.bundle, let id = SubmissionID(certificate.submission) else {
            return .gone("was never put into a bundle")
        }
        // While other bundles of its submission are still on their way, it lies in `publish`.
        let places = [Stage.archive, .publish].map { "\(spool)/\($0.rawValue)/\(id)/bundles" }
        for bytes in places.compactMap({ Self.read(bundle, in: $0) }) {
            guard SHA256.hexadecimal(of: bytes) == certificate.bundleSHA256 else {
                return .gone("lies in \(bundle), which isn't the bundle on record")
            }
            guard let message = try? BundleContents(reading: bytes).message, let read = try? MessageReader.read(message.bytes) else {
                return .gone("can't be read from \(bundle)")
            }
            return .found(read.values)
        }
        return .gone("isn't in the archive any more: \(certificate.submission)/bundles/\(bundle)")
    }

    private static func read(_ bundle: String, in folder: String) -> [UInt8]? {
        try? Directory(folder).readFile(bundle, limit: maximumBytes)
    }
}
