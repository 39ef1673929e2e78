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
        let files = try container(bytes)
        let (manifest, bundleSigner) = try signature(files)
        try coverage(manifest, files)
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

    /// The ZIP container itself, its mimetype, and every file's CRC.
    private mutating func container(_ bytes: [UInt8]) throws(Stop) -> [String: [UInt8]] {
        do throws(ContainerDirectory.Refusal) {
            let directory = try ContainerDirectory(bytes)
            guard MimetypeEntry.isConformant(bytes) else {
                throw .init(reason: "doesn't begin with the mimetype of an ASiC-E container, stored and plain")
            }
            let files = try ArchiveReader.inflate(bytes, directory)
            pass("container", "An ASiC-E container of \(files.count) files, the same to every reader.")
            return files
        } catch {
            throw fail("container", "The container \(error.reason).")
        }
    }

    /// The detached signature over the manifest.
    private mutating func signature(_ files: [String: [UInt8]]) throws(Stop) -> (ASiCManifest, VerifiedSignature) {
        guard let manifest = files[ContainerFormat.manifestName], let signature = files[ContainerFormat.signatureName] else {
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
        pass("signature", "The manifest is signed by \(signer.subject).")
        return (read, signer)
    }

    /// Every file is in the manifest, and everything in the manifest is there, with its digest.
    private mutating func coverage(_ manifest: ASiCManifest, _ files: [String: [UInt8]]) throws(Stop) {
        var left = files
        for name in [ContainerFormat.mimetypeName, ContainerFormat.manifestName, ContainerFormat.signatureName] { left[name] = nil }
        for reference in manifest.references {
            guard let bytes = left.removeValue(forKey: reference.name) else {
                throw fail("manifest", "The manifest names \(reference.name), which isn't there or is named twice.")
            }
            guard SHA256.digest(of: bytes).bytes == reference.digest else {
                throw fail("manifest", "\(reference.name) isn't the file that was signed.")
            }
        }
        if let stranger = left.keys.min() { throw fail("manifest", "\(stranger) isn't in the manifest, so nobody signed it.") }
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

    /// The key may have been renewed between the message and its bundle; the organisation mustn't change.
    private mutating func signers(_ message: VerifiedSignature, _ bundle: VerifiedSignature) throws(Stop) {
        let isSameKey = message.signerSHA256 == bundle.signerSHA256
        guard isSameKey || (message.organisation != nil && message.organisation == bundle.organisation) else {
            throw fail("signers", "Message and bundle are signed by different organisations: \(message.subject) and \(bundle.subject).")
        }
        pass("signers", isSameKey ? "One certificate signed both." : "Two certificates of one organisation signed them.")
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
