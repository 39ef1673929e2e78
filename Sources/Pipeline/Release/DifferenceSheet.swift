import Audit
import Certificate
import Control
import FoundationEssentials
import Hashing
import Linux

/// `differences.jsonl`: what each correction of a submission changes, for who releases it (docs/release.md).
struct DifferenceSheet {
    static let name = "differences.jsonl"

    let path: String

    init(_ folder: SubmissionFolder) { path = "\(folder.path)/\(Self.name)" }

    /// Compares every correction among the unsigned messages with what was published, and writes the sheet. On disk when it returns.
    /// - Returns: the event of each correction.
    static func write(_ folder: SubmissionFolder, _ engine: Engine) throws -> [Event] {
        guard try hasCorrections(folder) else { return [] }
        let directory = try Directory(folder.path)
        let file = try BufferedFile(name, in: directory)
        let messages = EarlierMessages(spool: engine.spool)
        let reader = try MessagePack.Reader(path: folder.unsigned)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var events: [Event] = []
        while let entry = try reader.next() {
            guard entry.line.version > 1,
                let earlier = try engine.ledger.certificate(
                    vin: entry.line.vin, stage: entry.line.stage, standingBelow: entry.line.version)
            else { continue }
            let difference = try difference(entry, earlier, messages)
            let line = Array(try encoder.encode(difference))
            try file.write(line + [0x0A])
            events.append(event(difference, SHA256.hexadecimal(of: line), folder.submission.id.text))
        }
        try file.finish()
        try directory.sync()
        return events
    }

    /// Asked of the small sheet, so that the messages are read again only where there is something to compare.
    private static func hasCorrections(_ folder: SubmissionFolder) throws -> Bool {
        let sheet = try RecordSheet.Reader(RecordSheet(path: folder.records))
        while let line = try sheet.next() {
            if line.outcome == .accepted, line.version > 1 { return true }
        }
        return false
    }

    /// How many corrections there are.
    var count: Int {
        get throws {
            guard let lines = try lines() else { return 0 }
            var count = 0
            while try lines.next() != nil { count += 1 }
            return count
        }
    }

    /// The first lines; none where there is no sheet.
    func first(_ count: Int) throws -> [HeldReport.Difference] {
        guard let lines = try lines() else { return [] }
        var found: [HeldReport.Difference] = []
        while found.count < count, let line = try lines.next() {
            found.append(try JSONDecoder().decode(HeldReport.Difference.self, from: Data(line)))
        }
        return found
    }

    private func lines() throws(SystemError) -> LineReader? {
        do { return try LineReader(path: path) } catch  where error.isNotFound { return nil }
    }

    private static func difference(
        _ entry: MessagePack.Entry, _ earlier: CertificateState, _ messages: EarlierMessages
    ) throws -> HeldReport.Difference {
        let line = entry.line
        var difference = HeldReport.Difference(
            row: line.row, vin: line.vin, stage: line.stage, version: line.version, replaces: earlier.version,
            earlier: earlier.submission, changes: nil)
        switch messages.values(of: earlier) {
        case .found(let before): difference.changes = changes(from: before, to: try MessageReader.read(entry.message).values)
        case .gone(let reason): difference.note = "The earlier message \(reason)."
        }
        return difference
    }

    /// In document order. The header's new values differ always and aren't told.
    static func changes(from before: FieldValues, to after: FieldValues) -> [HeldReport.Change] {
        var changes: [HeldReport.Change] = []
        var old = before.fields.filter { !HeaderKeys.new.contains($0.key) }[...]
        for field in after.fields where !HeaderKeys.new.contains(field.key) {
            while let first = old.first, first.key < field.key {
                changes.append(change(first.key, before: first.value, after: nil))
                old.removeFirst()
            }
            guard let first = old.first, first.key == field.key else {
                changes.append(change(field.key, before: nil, after: field.value))
                continue
            }
            if first.value != field.value { changes.append(change(field.key, before: first.value, after: field.value)) }
            old.removeFirst()
        }
        return changes + old.map { change($0.key, before: $0.value, after: nil) }
    }

    private static func change(_ key: FieldKey, before: String?, after: String?) -> HeldReport.Change {
        HeldReport.Change(
            element: FieldPath.write(key), item: key.resolve(in: .initialVehicleInformation).element.item, before: before, after: after)
    }

    private static func event(_ difference: HeldReport.Difference, _ sha256: String, _ submission: String) -> Event {
        var fields: [String: Event.Scalar] = [
            "vin": .text(difference.vin), "stage": .number(difference.stage), "version": .number(difference.version),
            "replaces": .number(difference.replaces), "sha256": .text(sha256),
        ]
        if let changes = difference.changes { fields["changes"] = .number(changes.count) }
        return Event(.corrected, submission: submission, fields)
    }
}
