import Audit
import Foundation
import Testing

@testable import Publish
@testable import Sign

/// A ledger that says that the fixture's message was sealed, in a folder that is removed with the last reference.
private final class SealingLedger: Sendable {
    let folder: String
    let verifierKey: VerifierKey
    /// The proofs of two certificates' `sealed` entries: the fixture's own, and one of another message.
    let own: EntryProof
    let other: EntryProof

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ecocd-evidence-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let key = try CheckpointKey.create(at: "\(folder)/checkpoint.key")
        let ledger = try Ledger(path: "\(folder)/ledger.db", origin: "example.org/ecoc/1", key: key)
        defer { ledger.close() }
        let vins = [BundleFixture.vin, "WVWZZZ1JZXW000002"]
        try ledger.commit(vins.enumerated().map { Self.validated($1, row: $0 + 2) })
        let digests = [BundleFixture.sealed, [UInt8](repeating: 0, count: 4)].map { Self.sha256($0) }
        try ledger.commit(zip(vins, digests).map(Self.sealed))
        let proofs = try #require(try ledger.sealingProofs(submission: "s", rows: [2, 3]))
        (own, other) = (proofs[0], proofs[1])
        verifierKey = try #require(VerifierKey(ledger.verifierKey))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private static func sha256(_ bytes: [UInt8]) -> String {
        ASiCManifest(of: [BundleEntry(name: "x", bytes: bytes)]).references[0].digest.map { String(format: "%02x", $0) }.joined()
    }

    private static func validated(_ vin: String, row: Int) -> Event {
        Event(
            .validated, submission: "s",
            ["vin": .text(vin), "stage": 1, "version": 1, "row": .number(row), "content-sha256": "c", "warnings": 0])
    }

    private static func sealed(_ vin: String, _ sha256: String) -> Event {
        Event(
            .sealed, submission: "s",
            [
                "vin": .text(vin), "stage": 1, "version": 1, "sha256": .text(sha256), "content-sha256": "c",
                "certificate-sha256": .text(BundleFixture.shared.key.certificateSHA256),
            ])
    }
}

@Suite struct LedgerEvidenceTests {
    private let ledger: SealingLedger

    init() throws { ledger = try SealingLedger() }

    /// The check named `ledger` of a bundle with these files of the ledger.
    private func check(
        _ evidence: [BundleEntry], key: VerifierKey? = nil, isRequired: Bool = false
    ) throws -> BundleVerification.Check? {
        let verifier = try BundleVerifier(
            trustedPEM: BundleFixture.shared.trustedPEM, ledgerKey: key, requiresLedgerProof: isRequired)
        let result = verifier.verify(try BundleFixture.bundle([BundleFixture.entries[0]] + evidence))
        #expect(result.isValid == (result.checks.last?.passed == true))
        return result.checks.first { $0.name == "ledger" }
    }

    @Test func evidenceIsProven() throws {
        let evidence = LedgerEvidence.entries(ledger.own)
        let signed = try check(evidence, key: ledger.verifierKey, isRequired: true)
        #expect(signed?.passed == true && signed?.detail.contains("under a signed head of 4 entries") == true)
        let unsigned = try check(evidence)
        #expect(unsigned?.passed == true && unsigned?.detail.contains("wasn't checked") == true)
    }

    @Test func bundlesWithoutEvidenceAreTold() throws {
        let told = try check([])
        #expect(told?.passed == true && told?.detail.contains("carries no proof") == true)
        #expect(try check([], key: ledger.verifierKey)?.passed == true)
        #expect(try check([], key: ledger.verifierKey, isRequired: true)?.passed == false)
    }

    @Test func halfAnEvidenceIsRefused() throws {
        for file in LedgerEvidence.entries(ledger.own) { #expect(try check([file])?.passed == false) }
    }

    @Test func evidenceOfAnotherMessageIsRefused() throws {
        #expect(try check(LedgerEvidence.entries(ledger.other))?.detail.contains("another message") == true)
        let mixed = [LedgerEvidence.entries(ledger.own)[0], LedgerEvidence.entries(ledger.other)[1]]
        #expect(try check(mixed)?.detail.contains("proves nothing") == true)
        let noRecord = [BundleEntry(name: LedgerEvidence.recordName, bytes: Array("{}".utf8)), LedgerEvidence.entries(ledger.own)[1]]
        #expect(try check(noRecord)?.passed == false)
    }

    @Test func anotherLedgersKeyIsRefused() throws {
        let stranger = try SealingLedger()
        let refused = try check(LedgerEvidence.entries(ledger.own), key: stranger.verifierKey)
        #expect(refused?.passed == false && refused?.detail.contains("doesn't bear the signature") == true)
    }

    @Test func contentsAreReadWithoutJudgement() throws {
        let contents = try BundleContents(reading: BundleFixture.bundle([BundleFixture.entries[0]] + LedgerEvidence.entries(ledger.own)))
        #expect(contents.message?.name == "\(BundleFixture.vin).xml" && contents.message?.bytes == BundleFixture.sealed)
        #expect(contents.files[LedgerEvidence.recordName] == ledger.own.record)
        #expect(throws: BundleError.self) { try BundleContents(reading: [1, 2, 3]) }
    }
}
