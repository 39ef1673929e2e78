import Audit
import Configuration
import Glibc
import Linux
import Publish

/// Finds the certificate that a person names: by bundle, message, or vehicle.
enum CertificateFile {
    static let maximumBytes = 256 << 20

    /// The message's bytes, unverified.
    static func message(of subject: String, _ common: CommonOptions) throws -> [UInt8] {
        if subject.hasSuffix(".xml") { return try read(subject) }
        let isBundle = subject.hasSuffix(".asice") || subject.contains("/")
        let contents = try bundle(isBundle ? subject : valid(vin: subject, common.places()))
        guard let message = contents.message else { throw CommandRefusal(.usage, "\(subject) holds no message, or several.") }
        return message.bytes
    }

    /// What a bundle holds, unverified.
    static func bundle(_ path: String) throws -> BundleContents {
        let bytes = try read(path)
        do { return try BundleContents(reading: bytes) } catch { throw CommandRefusal(.usage, "\(path): \(error)") }
    }

    /// As `published`; a certificate that was withdrawn is refused, since a page of it would look like any other.
    private static func valid(vin: String, _ places: Configuration.Places) throws -> String {
        let newest = try published(vin: vin, places)
        guard !newest.isWithdrawn else {
            throw CommandRefusal(
                .no,
                "The newest certificate of the vehicle '\(vin)' was withdrawn. To see it all the same, give its bundle: \(newest.path)")
        }
        return newest.path
    }

    /// The bundle of the vehicle's newest certificate, or of the stage and version named, where the spool keeps it.
    static func published(vin: String, stage: Int? = nil, version: Int? = nil, _ places: Configuration.Places) throws -> (
        path: String, isWithdrawn: Bool
    ) {
        do throws(LedgerError) {
            let published = try LedgerHistory(path: places.ledger).certificates(vin: vin).filter { state in
                state.bundle != nil && state.stage == stage ?? state.stage && state.version == version ?? state.version
            }
            if let newest = published.max(by: { ($0.stage, $0.version) < ($1.stage, $1.version) }), let bundle = newest.bundle {
                // While other bundles of its submission are on their way, it lies in `publish`; the ledger may hear of the move a moment later.
                let paths = ["archive", "publish"].map { "\(places.spool)/\($0)/\(newest.submission)/bundles/\(bundle)" }
                return (paths.first { access($0, F_OK) == 0 } ?? paths[0], newest.state == .withdrawn)
            }
        } catch {
            throw CommandRefusal(.usage, "\(error)")
        }
        throw CommandRefusal(.no, "No such certificate of the vehicle '\(vin)' has been published.")
    }

    private static func read(_ path: String) throws -> [UInt8] {
        do { return try Descriptor.open(path).readAll(limit: maximumBytes) } catch { throw CommandRefusal(.usage, "\(error)") }
    }
}
