import Audit
import Certificate
import Foundation
import Testing

@testable import Pipeline

/// New, known, changed: what the ledger and the rest of the file make of a record.
@Suite struct IdentityDecisionTests {
    private static let content = String(repeating: "a", count: 64)

    /// Decides about these lines after the ledger has seen `earlier`.
    private func decide(
        _ lines: [RecordLine], earlier: [RecordLine] = [], rejectsAll: Bool = false
    ) async throws -> (lines: [RecordLine], tally: RecordTally) {
        var decided: [RecordLine] = []
        var tally = RecordTally()
        try await Workshop.run { workshop in
            let first = try workshop.submission()
            for line in earlier { try workshop.engine.ledger.commit([Self.validated(line, first.submission.id.text)]) }
            let folder = try workshop.submission()
            var text = RecordLine.heading
            for line in lines { line.write(to: &text) }
            try text.write(toFile: "\(folder.path)/\(RecordCheck.records)", atomically: true, encoding: .utf8)
            var repeated = RepeatedVehicles()
            for line in lines { repeated.note(line) }
            tally = try IdentityDecision(engine: workshop.engine, folder: folder, repeated: repeated).run(rejectsAll: rejectsAll)
            try RecordSheet(path: folder.records).forEach { decided.append($0) }
        }
        return (decided, tally)
    }

    private static func validated(_ line: RecordLine, _ submission: String) -> Event {
        Event(
            .validated, submission: submission,
            [
                "vin": .text(line.vin), "stage": .number(line.stage), "version": .number(line.version), "row": .number(line.row),
                "reference-id": .text(line.referenceID), "content-sha256": .text(line.contentSHA256), "warnings": 0,
            ])
    }

    private static func line(
        _ row: Int, vin: Int = 1, version: Int = 0, referenceID: String = "", content: String = content,
        _ outcome: RecordLine.Outcome = .accepted
    ) -> RecordLine {
        RecordLine(
            row: row, outcome: outcome, vin: Export.vin(vin), version: version, referenceID: referenceID, contentSHA256: content,
            rules: outcome == .rejected ? "CAT-01" : "")
    }

    @Test func newVehicleGetsItsHeader() async throws {
        let (lines, tally) = try await decide([Self.line(2), Self.line(3, vin: 2)])
        #expect(lines.allSatisfy { $0.outcome == .accepted && $0.version == 1 && !$0.issuedAt.isEmpty })
        #expect(Set(lines.map(\.referenceID)).count == 2 && !lines.contains { $0.referenceID.isEmpty })
        #expect(tally.accepted == 2 && tally.records == 2)
    }

    @Test func knownVehicleIsADuplicateOrACorrection() async throws {
        let earlier = [Self.line(2, version: 1, referenceID: "id")]
        let (same, _) = try await decide([Self.line(2)], earlier: earlier)
        #expect(same[0].outcome == .duplicate && same[0].version == 1 && !same[0].first.isEmpty && same[0].rules == "")
        let (other, _) = try await decide([Self.line(2, content: String(repeating: "b", count: 64))], earlier: earlier)
        #expect(other[0].outcome == .rejected && other[0].rules == "ID-03")
    }

    @Test func repeatedVehicleIsRejectedEverywhere() async throws {
        let (lines, tally) = try await decide([Self.line(2), Self.line(3, vin: 2), Self.line(4), Self.line(5)])
        #expect(lines.map(\.rules) == ["ID-01", "", "ID-01", "ID-01"])
        #expect(tally.accepted == 1 && tally.rejected == 3)
    }

    @Test func readyMessageKeepsItsHeader() async throws {
        let id = NewHeaderValues.referenceID()
        let (lines, _) = try await decide([Self.line(1, version: 1, referenceID: id)])
        #expect(lines[0].outcome == .accepted && lines[0].referenceID == id)
        let (late, _) = try await decide([Self.line(1, version: 2, referenceID: id)])
        #expect(late[0].rules == "ID-04")
    }

    @Test func referenceIdIsUsedOnceInWhicheverCase() async throws {
        let id = NewHeaderValues.referenceID()
        let (lines, _) = try await decide(
            [Self.line(1, vin: 2, version: 1, referenceID: id.uppercased())], earlier: [Self.line(1, version: 1, referenceID: id)])
        #expect(lines[0].outcome == .rejected && lines[0].rules == "ID-06")
    }

    @Test func allOrNothing() async throws {
        let (lines, tally) = try await decide([Self.line(2), Self.line(3, vin: 2, .rejected)], rejectsAll: true)
        #expect(lines.allSatisfy { $0.outcome == .rejected })
        #expect(lines[0].rules == "ID-05" && tally.accepted == 0)
    }
}
