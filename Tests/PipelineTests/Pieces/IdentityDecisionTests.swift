import Audit
import Certificate
import Configuration
import Foundation
import Testing

@testable import Pipeline

/// New, known, changed: what the ledger and the rest of the file make of a record.
@Suite struct IdentityDecisionTests {
    private static let content = String(repeating: "a", count: 64)
    private static let otherContent = String(repeating: "b", count: 64)

    /// Decides about these lines after the ledger has seen `earlier`.
    private func decide(
        _ lines: [RecordLine], earlier: [RecordLine] = [], corrections: Source.Corrections = .hold, isPublished: Bool = true,
        rejectsAll: Bool = false
    ) async throws -> (lines: [RecordLine], tally: RecordTally) {
        var decided: [RecordLine] = []
        var tally = RecordTally()
        try await Workshop.run { workshop in
            let first = try workshop.submission()
            for line in earlier {
                try workshop.engine.ledger.commit([Self.validated(line, first.submission.id.text)])
                if isPublished { try workshop.engine.ledger.commit([Self.published(line, first.submission.id.text)]) }
            }
            let folder = try workshop.submission()
            var text = RecordLine.heading
            for line in lines { line.write(to: &text) }
            try text.write(toFile: "\(folder.path)/\(RecordCheck.records)", atomically: true, encoding: .utf8)
            var repeated = RepeatedVehicles()
            for line in lines { repeated.note(line) }
            tally = try IdentityDecision(
                engine: workshop.engine, folder: folder, repeated: repeated, corrections: corrections
            ).run(rejectsAll: rejectsAll)
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

    private static func published(_ line: RecordLine, _ submission: String) -> Event {
        Event(
            .published, submission: submission,
            [
                "vin": .text(line.vin), "stage": .number(line.stage), "version": .number(line.version), "destination": "nap",
                "bundle": .text("\(line.name).asice"), "sha256": .text(content),
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
        let (other, tally) = try await decide([Self.line(2, content: Self.otherContent)], earlier: earlier)
        #expect(other[0].outcome == .accepted && other[0].version == 2 && other[0].rules == "" && tally.accepted == 1)
        #expect(!other[0].referenceID.isEmpty && other[0].referenceID != "id" && other[0].warnings == 1)
    }

    @Test func correctionsAreAllowedWhereTheSourceSaysSo() async throws {
        let earlier = [Self.line(2, version: 1, referenceID: "id")]
        let (lines, _) = try await decide([Self.line(2, content: Self.otherContent)], earlier: earlier, corrections: .reject)
        #expect(lines[0].outcome == .rejected && lines[0].rules == "ID-07")
    }

    @Test func nothingIsCorrectedThatIsUnderWay() async throws {
        let earlier = [Self.line(2, version: 1, referenceID: "id")]
        let (lines, _) = try await decide([Self.line(2, content: Self.otherContent)], earlier: earlier, isPublished: false)
        #expect(lines[0].outcome == .rejected && lines[0].rules == "ID-08")
    }

    @Test func readyCorrectionHasTheNextVersion() async throws {
        let earlier = [Self.line(2, version: 1, referenceID: "id")]
        for (version, rules) in [(1, "ID-09"), (2, ""), (3, "ID-09")] {
            let id = NewHeaderValues.referenceID()
            let (lines, _) = try await decide(
                [Self.line(1, version: version, referenceID: id, content: Self.otherContent)], earlier: earlier)
            #expect(lines[0].rules == rules && (lines[0].outcome == .accepted) == rules.isEmpty)
        }
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
