import Audit
import Testing

/// What is in force is what the entries say.
@Suite struct ReferenceVersionTests {
    private static func event(_ kind: Event.Kind, _ sha256: String, _ more: [String: Event.Scalar] = [:], version: String = "E1") -> Event {
        var fields: [String: Event.Scalar] = [
            "name": "a.xml", "approval": "e4*2018/858*00123*01", "type": "T1", "variant": "V1", "version": .text(version),
            "sha256": .text(sha256),
        ]
        if kind == .referenceReceived { fields.merge(["with": "s-1", "owner": "7:ann", "changed": "2026-01-01T00:00:00.000Z"]) { $1 } }
        return Event(kind, fields.merging(more) { $1 })
    }

    @Test func followTheEntries() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([Self.event(.referenceReceived, "aa", ["valid-from": "2026-01-01"]), Self.event(.referenceReceived, "bb")])
        try ledger.commit([Self.event(.referenceActivated, "aa", ["valid-from": "2026-07-05"])])
        try ledger.commit([
            Self.event(.referenceSuperseded, "aa", ["valid-to": "2026-08-31", "by": "bb"]),
            Self.event(.referenceActivated, "bb", ["valid-from": "2026-09-01", "valid-to": "2026-12-31", "reason": "tyres"]),
        ])
        try ledger.commit([
            Self.event(.referenceReceived, "cc", version: "E0"), Self.event(.referenceRetired, "cc", ["reason": "typing mistake"]),
        ])
        let versions = try ledger.referenceVersions()
        #expect(
            versions.map { "\($0.sha256) \($0.state.rawValue) \($0.validFrom ?? "-") \($0.validTo ?? "-")" } == [
                "cc retired - -", "aa superseded 2026-07-05 2026-08-31", "bb active 2026-09-01 2026-12-31",
            ])
        #expect(versions.allSatisfy { $0.submission == "s-1" && $0.owner == "7:ann" })
        let reader = try LedgerHistory(path: test.path)
        #expect(try reader.referenceVersions() == versions)
        let history = try reader.history(of: versions[1]).compactMap { $0.entry.record?.kind }
        #expect(history == ["reference-received", "reference-activated", "reference-superseded"])
        ledger.close()
        let verified = try test.verify()
        #expect(verified.isIntact, "\(verified.problems)")
        // Who takes an activation away from the view of the ledger is found out.
        try test.tamper("DELETE FROM landmark WHERE kind = 'reference-activated'")
        #expect(try !test.verify().isIntact)
    }
}
