import Audit
import Testing

/// What is in force is what the entries say, in the projection and in the verifier's replay.
@Suite struct ReferenceProjectionTests {
    private static func event(_ kind: Event.Kind, _ sha256: String, _ more: [String: Event.Scalar] = [:]) -> Event {
        let fields: [String: Event.Scalar] = [
            "name": "a.xml", "approval": "e4*2018/858*00123*01", "type": "T1", "variant": "V1", "version": "E1", "sha256": .text(sha256),
        ]
        return Event(kind, submission: kind == .referenceReceived ? "s-1" : nil, fields.merging(more) { $1 })
    }

    private static func life(_ ledger: Ledger) throws {
        try ledger.commit([
            Sample.received("s-1"), event(.referenceReceived, "aa", ["valid-from": "2026-01-01"]), event(.referenceReceived, "bb"),
        ])
        try ledger.commit([event(.referenceActivated, "aa", ["valid-from": "2026-07-05"])])
        try ledger.commit([
            event(.referenceSuperseded, "aa", ["valid-to": "2026-08-31", "by": "bb"]),
            event(.referenceActivated, "bb", ["valid-from": "2026-09-01", "valid-to": "2026-12-31", "reason": "tyres"]),
        ])
        try ledger.commit([event(.referenceReceived, "cc"), event(.referenceRetired, "cc", ["reason": "typing mistake"])])
        try ledger.commit([event(.referenceActivated, "dd")])
    }

    @Test func followsTheEvents() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try Self.life(ledger)
        let versions = try ledger.referenceVersions()
        #expect(
            versions.map { "\($0.sha256) \($0.state.rawValue) \($0.validFrom ?? "-") \($0.validTo ?? "-")" } == [
                "aa superseded 2026-07-05 2026-08-31", "bb active 2026-09-01 2026-12-31", "cc retired - -", "dd active - -",
            ])
        #expect(versions.map(\.submission) == ["s-1", "s-1", "s-1", ""])
        let reader = try LedgerReader(path: test.path)
        #expect(try reader.referenceVersions() == versions)
        #expect(
            try reader.history(of: versions[0]).compactMap { $0.record?.kind } == [
                "reference-received", "reference-activated", "reference-superseded",
            ])
        ledger.close()
        let verified = try test.verify()
        #expect(verified.isIntact, "\(verified.problems)")
    }

    @Test func refusesWhatDoesNotFit() throws {
        let ledger = try TestLedger().open()
        try ledger.commit([Sample.received("s-1"), Self.event(.referenceReceived, "aa")])
        for event in [
            Self.event(.referenceReceived, "aa"), Self.event(.referenceRetired, "bb", ["reason": "x"]),
            Self.event(.referenceSuperseded, "bb", ["valid-to": "2026-08-31", "by": "aa"]),
        ] { #expect(throws: LedgerError.self) { try ledger.commit([event]) } }
    }

    @Test(arguments: [
        "UPDATE reference SET state = 'active' WHERE sha256 = 'cc'", "UPDATE reference SET valid_to = NULL WHERE sha256 = 'aa'",
        "DELETE FROM reference WHERE sha256 = 'bb'",
        "INSERT INTO reference SELECT 'ee', approval, type, variant, version, name, submission, state, valid_from, valid_to, first, last FROM reference WHERE sha256 = 'bb'",
    ])
    func forgedStateIsFound(sql: String) throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try Self.life(ledger)
        ledger.close()
        try test.tamper(sql)
        #expect(try test.verify().problems.map(\.kind) == [.projection])
    }
}
