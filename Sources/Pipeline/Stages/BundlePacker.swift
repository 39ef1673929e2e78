import Audit
import Certificate
import Configuration
import FoundationEssentials
import Linux
import Page
import Publish
import Sign
import Hashing

/// One bundle, packed and signed, with what the ledger says of it.
struct PackedBundle: Sendable {
    let line: RecordLine
    let bytes: [UInt8]
    let sha256: String

    var file: String { "\(line.name).asice" }

    func event(_ kind: Event.Kind, _ destination: String, _ submission: String) -> Event {
        Event(
            kind, submission: submission,
            [
                "vin": .text(line.vin), "stage": .number(line.stage), "version": .number(line.version), "destination": .text(destination),
                "bundle": .text(file), "sha256": .text(sha256),
            ])
    }
}

/// Makes the bundle of one sealed message.
struct BundlePacker: Sendable {
    let engine: Engine
    /// The languages of the reading copies, at least one, none twice.
    let pageLanguages: [PageLanguage]

    /// The languages that the destinations ask for: one bundle serves them all, since it is signed once.
    static func languages(_ destinations: [Configuration.Destination]) -> [PageLanguage] {
        var languages: [PageLanguage] = []
        for language in destinations.map(\.pageLanguage) where !languages.contains(language) { languages.append(language) }
        return languages
    }

    /// - Parameter evidence: the ledger's entry that the message was sealed, with its proof.
    func pack(_ certificate: MessagePack.Entry, _ evidence: EntryProof) throws -> PackedBundle {
        let message = BundleEntry(name: "\(certificate.line.vin).xml", bytes: certificate.message)
        let entries =
            try [message] + pages(message) + [
                BundleEntry(name: BundleFile.validation, bytes: certificate.summary),
                BundleEntry(name: BundleFile.provenance, bytes: certificate.provenance),
            ] + LedgerEvidence.entries(evidence)
        let now = try engine.sealingTime().milliseconds / 1000
        let seal = engine.seal
        var signed: (manifest: [UInt8], signature: [UInt8]) = ([], [])
        let bytes = try BundleWriter.write(entries: entries, modified: now) { manifest throws(SealError) in
            signed = (manifest, try seal.manifests.sign(manifest, signingTime: now))
            return signed.signature
        }
        // As a receiver will check it, before anything leaves.
        try seal.verify(signature: signed.signature, manifest: signed.manifest, of: certificate.line.name)
        return PackedBundle(line: certificate.line, bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
    }
}

extension BundlePacker {
    /// Made of the sealed bytes themselves, so that what is shown is what was sealed.
    private func pages(_ message: BundleEntry) throws -> [BundleEntry] {
        let page = try ReadingCopy(message.bytes, sha256: message.sha256)
        return pageLanguages.enumerated().map { number, language in
            BundleEntry(
                name: number == 0 ? BundleFile.page : BundleFile.page(language: language.rawValue), bytes: page.render(language))
        }
    }
}

/// `validation.json`: what a reader of the bundle learns about the checks.
struct ValidationSummary: Codable {
    var certificate: String
    var ruleSet: String
    var findings: [FindingLine.Item]

    init(_ certificate: UnsignedCertificate, ruleSet: String) {
        self.certificate = certificate.line.name
        self.ruleSet = ruleSet
        findings = certificate.findings.map(FindingLine.Item.init)
    }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}
