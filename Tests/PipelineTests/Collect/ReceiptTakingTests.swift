import Audit
import Foundation
import Hashing
import Spool
import Testing

@testable import Pipeline

/// A receipt on its way from the outbox to the ledger, stopped at every place.
@Suite struct ReceiptTakingTests {
    private static let name = Export.bundle(1).replacing(".asice", with: ".accepted")

    private func place(_ folder: SubmissionFolder, _ text: String, _ name: String = name) -> String {
        "\(folder.path)/receipts/nap/\(SHA256.hexadecimal(of: Array(text.utf8)).prefix(16))-\(name)"
    }

    @Test func keptRecordedAndRemoved() async throws {
        try await Workshop.run { workshop in
            let folder = try workshop.deliver([1, 2])
            let file = try #require(try workshop.receipt(Self.name, "yes"))
            let fates = try ReceiptTaking(engine: workshop.engine).take([file])
            #expect(fates == [.taken(outcome: "accepted", submission: folder.submission.id.text)])
            #expect(try String(contentsOfFile: place(folder, "yes"), encoding: .utf8) == "yes")
            #expect(!FileManager.default.fileExists(atPath: "\(workshop.receipts)/\(Self.name)"))
            let answer = try #require(try LedgerReader(path: workshop.house.ledger).history(vin: Export.vin(1)).last?.record)
            #expect(answer.kind == "acknowledged" && answer.text("outcome") == "accepted")
            #expect(answer.text("sha256") == SHA256.hexadecimal(of: Array("yes".utf8)))
            #expect(answer.text("file").map { "\(folder.path)/\($0)" } == place(folder, "yes"))
            #expect(try workshop.kinds(of: 2).last == "published")
        }
    }

    /// Stopped after the record and before the removal, or sent again.
    @Test func theSameAgainIsRemovedOnly() async throws {
        try await Workshop.run { workshop in
            _ = try workshop.deliver([1])
            let taking = ReceiptTaking(engine: workshop.engine)
            _ = try taking.take([try #require(try workshop.receipt(Self.name, "yes"))])
            let fates = try taking.take([try #require(try workshop.receipt(Self.name, "yes"))])
            #expect(fates == [.repeated])
            #expect(!FileManager.default.fileExists(atPath: "\(workshop.receipts)/\(Self.name)"))
            let copy = Self.name.replacing(".accepted", with: ".2.accepted")
            #expect(try taking.take([try #require(try workshop.receipt(copy, "yes"))]) == [.repeated])
            #expect(try workshop.kinds(of: 1).filter { $0 == "acknowledged" }.count == 1)
        }
    }

    @Test func twiceInOneLook() async throws {
        try await Workshop.run { workshop in
            let folder = try workshop.deliver([1])
            let files = try [Self.name, Self.name.replacing(".accepted", with: ".2.accepted")].map {
                try #require(try workshop.receipt($0, "yes"))
            }
            #expect(
                try ReceiptTaking(engine: workshop.engine).take(files) == [
                    .taken(outcome: "accepted", submission: folder.submission.id.text), .repeated,
                ])
        }
    }

    /// Stopped in the middle of the copy.
    @Test func partOfACopyIsReplaced() async throws {
        try await Workshop.run { workshop in
            let folder = try workshop.deliver([1])
            try FileManager.default.createDirectory(atPath: "\(folder.path)/receipts/nap", withIntermediateDirectories: true)
            try workshop.house.write("y", to: place(folder, "yes"))
            _ = try ReceiptTaking(engine: workshop.engine).take([try #require(try workshop.receipt(Self.name, "yes"))])
            #expect(try String(contentsOfFile: place(folder, "yes"), encoding: .utf8) == "yes")
        }
    }

    @Test func beforeThePublicationIsOnRecord() async throws {
        try await Workshop.run { workshop in
            _ = try workshop.deliver([1], upTo: .publishing)
            let file = try #require(try workshop.receipt(Self.name, "yes"))
            #expect(try ReceiptTaking(engine: workshop.engine).take([file]) == [.early])
            #expect(FileManager.default.fileExists(atPath: "\(workshop.receipts)/\(Self.name)"))
        }
    }

    @Test func changedSinceTheLook() async throws {
        try await Workshop.run { workshop in
            _ = try workshop.deliver([1])
            let file = try #require(try workshop.receipt(Self.name, "yes"))
            try workshop.house.write("no", to: "\(workshop.receipts)/\(Self.name)")
            #expect(try ReceiptTaking(engine: workshop.engine).take([file]) == [.changed])
            #expect(try workshop.kinds(of: 1).last == "published")
        }
    }

    @Test func withoutItsSubmissionItWaits() async throws {
        try await Workshop.run { workshop in
            let folder = try workshop.deliver([1])
            try FileManager.default.removeItem(atPath: folder.path)
            let fates = try ReceiptTaking(engine: workshop.engine).take([try #require(try workshop.receipt(Self.name, "yes"))])
            guard case .left(let reason)? = fates.first else { return #expect(Bool(false), "\(fates)") }
            #expect(reason.contains(folder.submission.id.text))
            #expect(FileManager.default.fileExists(atPath: "\(workshop.receipts)/\(Self.name)"))
        }
    }

    @Test func ofAnUnknownBundleIsRefused() async throws {
        try await Workshop.run { workshop in
            _ = try workshop.deliver([1])
            let names = [Export.bundle(2), Export.bundle(1).replacing("-v1", with: "-v2"), Export.bundle(1).replacing("-1-", with: "-2-")]
            for name in names.map({ $0.replacing(".asice", with: ".accepted") }) {
                let fates = try ReceiptTaking(engine: workshop.engine).take([try #require(try workshop.receipt(name, "yes"))])
                guard case .refused(let refused)? = fates.first else { return #expect(Bool(false), "\(name): \(fates)") }
                #expect(refused.finding.rule == "RCPT-02")
                #expect(try ReceiptRefusal(spool: workshop.engine.spool).putAside([refused]) == [nil])
                #expect(!FileManager.default.fileExists(atPath: "\(workshop.receipts)/\(name)"))
            }
        }
    }
}
