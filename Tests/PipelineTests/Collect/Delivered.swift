import Audit
import Foundation
import Ingest
import Linux
import Spool

@testable import Pipeline

/// A workshop in which some certificates are published: in the ledger, in the archive and in the outbox.
extension Workshop {
    var outbox: String { house.outbox }
    var receipts: String { "\(house.outbox)/receipts" }

    /// - Parameter upTo: the newest event of each.
    func deliver(_ numbers: [Int], upTo last: Event.Kind = .published) throws -> SubmissionFolder {
        let submission = try submission()
        let id = submission.submission.id
        for kind in [Event.Kind.validated, .generated, .sealed, .publishing, .published] {
            try engine.ledger.commit(numbers.enumerated().map { row, number in Self.event(kind, id.text, number, row: row + 2) })
            if kind == last { break }
        }
        for number in numbers { try house.write("bundle", to: "\(outbox)/\(Export.bundle(number))") }
        return submission
    }

    private static func event(_ kind: Event.Kind, _ id: String, _ number: Int, row: Int) -> Event {
        var fields: [String: Event.Scalar] = ["vin": .text(Export.vin(number)), "stage": 1, "version": 1]
        switch kind {
        case .validated:
            fields["row"] = .number(row)
            fields["content-sha256"] = "c"
            fields["warnings"] = 0
        case .sealed:
            fields["content-sha256"] = "c"
            fields["certificate-sha256"] = "k"
        case .publishing, .published:
            fields["destination"] = "nap"
            fields["bundle"] = .text(Export.bundle(number))
        default: break
        }
        if kind != .validated { fields["sha256"] = "d" }
        return Event(kind, submission: id, fields)
    }

    /// Puts a receipt there and has it looked at as one that a rename brought.
    func receipt(_ name: String, _ text: String) throws -> ReadyFile? {
        try house.write(text, to: "\(receipts)/\(name)")
        guard let entry = FileName(name).map({ InboxEntry(source: "nap", name: $0) }) else { return nil }
        let intake = Intake(inboxes: [OutboxLoop.intake(.init(name: "nap", outbox: outbox))]) { _, _ in .complete }
        return intake.scan(movedIn: [entry]).ready.first { $0.entry == entry }
    }

    func kinds(of number: Int) throws -> [String] {
        try LedgerReader(path: house.ledger).history(vin: Export.vin(number)).compactMap { $0.record?.kind }
    }
}
