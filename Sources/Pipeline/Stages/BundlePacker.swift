import Audit
import Certificate
import FoundationEssentials
import Linux
import Publish
import Sign
import Spool
import Validate

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
    let seal: SealKit
    let submission: Submission

    /// What a reader of the bundle learns about the checks.
    private struct ValidationSummary: Codable {
        var certificate: String
        var ruleSet: String
        var findings: [FindingLine.Item]
    }

    func pack(_ record: AcceptedRecord, _ folder: SubmissionFolder) throws -> PackedBundle {
        let message = try Descriptor.open(folder.signed(record.line.name)).readAll(limit: MessageVerifier.maximumBytes)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let summary = ValidationSummary(
            certificate: record.line.name, ruleSet: RuleSet.current.version, findings: record.findings.map(FindingLine.Item.init))
        let entries = [
            BundleEntry(name: "\(record.line.vin).xml", bytes: message),
            BundleEntry(name: "validation.json", bytes: Array(try encoder.encode(summary))),
        ]
        let now = Timestamp.now().milliseconds / 1000
        let bytes = try BundleWriter.write(entries: entries, modified: now) {
            manifest throws(SealError) in try seal.manifests.sign(manifest, signingTime: now)
        }
        return PackedBundle(line: record.line, bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
    }
}
