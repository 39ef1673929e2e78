import Certificate
import Sign
import Hashing

/// The checks of one bundle in order. The first that fails ends them, since each relies on those before.
struct BundleInspection {
    /// A check failed and stands at the end of `checks`.
    struct Stop: Error {}

    private(set) var checks: [BundleVerification.Check] = []
    private let verifier: BundleVerifier
    private let now: Int?

    init(_ verifier: BundleVerifier, now: Int?) {
        self.verifier = verifier
        self.now = now
    }

    mutating func run(_ bytes: [UInt8]) throws(Stop) -> BundleVerification {
        let container = try container(bytes)
        let files = container.files
        let (manifest, bundleSigner) = try signature(container)
        try coverage(manifest, container)
        let (message, messageSigner) = try seal(manifest, files, at: bundleSigner.signingTime)
        try signers(messageSigner, bundleSigner)
        let vin = try vehicle(message, name: manifest.references[0].name)
        try pages(files, message, vin)
        try ledger(files, message, vin, messageSigner)
        let own = [ContainerFormat.mimetypeName, ContainerFormat.manifestName, ContainerFormat.signatureName, manifest.references[0].name]
        return BundleVerification(
            checks: checks, message: message, vin: vin, messageSigner: messageSigner, bundleSigner: bundleSigner,
            files: files.filter { !own.contains($0.key) })
    }

    /// What lies in the container.
    private struct Container {
        let files: [String: [UInt8]]
        /// In the order in which they lie there.
        let names: [String]
        /// The DOS time of every file.
        let time: UInt32
    }

    /// The ZIP container itself, its mimetype, and every file's CRC.
    private mutating func container(_ bytes: [UInt8]) throws(Stop) -> Container {
        do throws(ContainerDirectory.Refusal) {
            let directory = try ContainerDirectory(bytes)
            let time = try ContainerForm.check(bytes, directory)
            let files = try directory.files(in: bytes)
            pass("container", "An ASiC-E container of \(files.count) files, the same to every reader.")
            return Container(files: files, names: directory.entries.map(\.name), time: time)
        } catch {
            throw fail("container", "The file \(error.reason).")
        }
    }

    /// The detached signature over the manifest.
    private mutating func signature(_ container: Container) throws(Stop) -> (ASiCManifest, VerifiedSignature) {
        guard let manifest = container.files[ContainerFormat.manifestName], let signature = container.files[ContainerFormat.signatureName]
        else {
            throw fail(
                "signature", "The bundle isn't signed: it has no \(ContainerFormat.manifestName) or no \(ContainerFormat.signatureName).")
        }
        let signer: VerifiedSignature
        do throws(VerificationFailure) {
            signer = try verifier.signatures.verify(
                signature, content: manifest, expectedSignerSHA256: verifier.expectedSignerSHA256, now: now)
        } catch {
            throw fail("signature", error.message)
        }
        guard let read = ASiCManifest(reading: manifest) else {
            throw fail("signature", "The manifest that is signed isn't in the form of ecocd's bundles.")
        }
        // No signature covers the container's headers: so they may say nothing that isn't signed elsewhere.
        guard let time = signer.signingTime, ContainerLayout.dosTime(time) == container.time else {
            throw fail("signature", "The files bear another time than the one at which the manifest was signed.")
        }
        pass("signature", "The manifest is signed by \(signer.subject).")
        return (read, signer)
    }

    /// Every file is in the manifest, and everything in the manifest is there, with its digest and in its order.
    private mutating func coverage(_ manifest: ASiCManifest, _ container: Container) throws(Stop) {
        var left = container.files
        let own = [ContainerFormat.mimetypeName, ContainerFormat.manifestName, ContainerFormat.signatureName]
        for name in own { left[name] = nil }
        for reference in manifest.references {
            guard let bytes = left.removeValue(forKey: reference.name) else {
                throw fail("manifest", "The manifest names \(reference.name), which isn't there or is named twice.")
            }
            guard SHA256.digest(of: bytes).bytes == reference.digest else {
                throw fail("manifest", "\(reference.name) isn't the file that was signed.")
            }
        }
        if let stranger = left.keys.min() { throw fail("manifest", "\(stranger) isn't in the manifest, so nobody signed it.") }
        guard container.names == own.prefix(1) + manifest.references.map(\.name) + own.dropFirst() else {
            throw fail("manifest", "The files lie in another order than the manifest names them.")
        }
        pass("manifest", "All \(manifest.references.count) files are those that were signed.")
    }

    /// The message's own signature.
    private mutating func seal(
        _ manifest: ASiCManifest, _ files: [String: [UInt8]], at time: Int?
    ) throws(Stop) -> ([UInt8], VerifiedSignature) {
        let name = manifest.references[0].name
        guard let message = files[name], name.hasSuffix(".xml"), !name.contains("/") else {
            throw fail("seal", "The manifest's first file isn't an XML message.")
        }
        let signer: VerifiedSignature
        do throws(VerificationFailure) {
            signer = try verifier.messages.verify(message, at: time)
        } catch {
            throw fail("seal", error.message)
        }
        if let expected = verifier.expectedSignerSHA256, expected != signer.signerSHA256 {
            throw fail("seal", "\(signer.subject) sealed the message, which isn't the signer expected.")
        }
        pass("seal", "\(name) is sealed by \(signer.subject).")
        return (message, signer)
    }

    /// The key may have been renewed between the message and its bundle; the organisation mustn't change, and must be the one expected.
    private mutating func signers(_ message: VerifiedSignature, _ bundle: VerifiedSignature) throws(Stop) {
        guard let organisation = message.organisation, organisation == bundle.organisation else {
            throw fail("signers", "Message and bundle are signed by different organisations: \(message.subject) and \(bundle.subject).")
        }
        if let expected = verifier.expectedOrganisation, expected != organisation {
            throw fail("signers", "\(organisation) sealed the message (\(message.subject)), where \(expected) is expected.")
        }
        let isSameKey = message.signerSHA256 == bundle.signerSHA256
        let keys = isSameKey ? "One certificate" : "Two certificates"
        let whom = verifier.expectedOrganisation == nil ? "; no organisation was asked for" : ", the organisation expected"
        pass("signers", "\(keys) of \(organisation) signed both\(whom).")
    }

    /// The message speaks of the vehicle that its file is named after.
    private mutating func vehicle(_ bytes: [UInt8], name: String) throws(Stop) -> String {
        guard let message = try? MessageReader.read(bytes), let key = try? FieldPath.parse("VehicleIdentificationNumber"),
            let vin = message.values[key]
        else { throw fail("vehicle", "The message can't be read, or names no vehicle.") }
        guard name == "\(vin).xml" else { throw fail("vehicle", "\(name) is the certificate of another vehicle, \(vin).") }
        pass("vehicle", "It is the certificate of the vehicle \(vin).")
        return vin
    }

    /// The reading copies are of this message: each names its vehicle and its digest.
    private mutating func pages(_ files: [String: [UInt8]], _ message: [UInt8], _ vin: String) throws(Stop) {
        let pages = files.filter { BundleFile.isPage($0.key) }.sorted { $0.key < $1.key }
        guard !pages.isEmpty else {
            return pass("page", "The bundle carries no reading copy: bundles of older programs don't.")
        }
        let digest = SHA256.hexadecimal(of: message)
        for (name, bytes) in pages {
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.contains(">\(vin)<"), text.contains(">\(digest)<") else {
                throw fail("page", "\(name) is a reading copy of another message.")
            }
        }
        pass("page", "\(pages.map(\.key).joined(separator: ", ")): made of this message; what counts is the message.")
    }

    /// The ledger says that this message was sealed.
    private mutating func ledger(
        _ files: [String: [UInt8]], _ message: [UInt8], _ vin: String, _ signer: VerifiedSignature
    ) throws(Stop) {
        do throws(LedgerEvidence.Refusal) {
            let shown = try LedgerEvidence.check(
                files, of: message, vin: vin, signerSHA256: signer.signerSHA256, key: verifier.ledgerKey,
                isRequired: verifier.requiresLedgerProof)
            pass("ledger", shown)
        } catch {
            throw fail("ledger", error.reason)
        }
    }

    private mutating func pass(_ name: String, _ detail: String) {
        checks.append(BundleVerification.Check(name: name, passed: true, detail: detail))
    }

    private mutating func fail(_ name: String, _ detail: String) -> Stop {
        checks.append(BundleVerification.Check(name: name, passed: false, detail: detail))
        return Stop()
    }
}
