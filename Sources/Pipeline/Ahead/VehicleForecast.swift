import Audit
public import Certificate
import Ingest
public import Page
import Validate

/// A record that is looked at closely, as the first pass leaves it.
struct ChosenRecord {
    let record: Ingest.Record
    let checked: CheckSettings.Checked
    let constants: FieldValues
    let columnName: @Sendable (Int) -> String?
}

/// What would become of one record: its certificate before it is sealed, and all that is said about it.
public struct VehicleForecast: Sendable {
    public let row: Int
    /// As given; empty when it is missing.
    public let vin: String
    public let stage: Int
    public let fate: Fate
    /// All of them, in the order in which they were found.
    public let findings: [Finding]
    /// The values of the message, each with its origin. Of a certificate that would be made, the reference id and the date-time are missing
    /// that it is given when the daemon takes it; of a rejected record these are the values as they were judged.
    public let values: FieldValues
    /// What was laid under the record.
    public let reference: Reference?
    private let layers: [(values: FieldValues, origin: Origin)]
    private let columnName: @Sendable (Int) -> String?
    private let isMessage: Bool

    public enum Fate: Sendable, Equatable {
        /// A certificate; what came before isn't known.
        case acceptable
        case new(version: Int)
        case correction(version: Int, of: Int, submission: String)
        case duplicate(of: Int, submission: String)
        case rejected
    }

    /// One version of reference data.
    public struct Reference: Sendable {
        /// Of the file that brought it.
        public let name: String
        public let sha256: String
        /// Enough of the digest for people.
        public let id: String
    }

    /// Where a value came from.
    public struct Source: Sendable {
        /// `record`, `reference`, `constant` or `assigned`.
        public let kind: String
        /// Of a record that isn't a message: the column's number from 1, and what the ERP calls it.
        public let column: Int?
        public let name: String?
        /// Of a ready message.
        public let line: Int?
        /// What a layer below says instead, and which one; nil where none says something else.
        public let replaced: (value: String, kind: String)?
    }

    init(_ chosen: ChosenRecord, _ line: RecordLine, _ verdict: IdentityJudge.Verdict, isLedgerKnown: Bool) {
        let checked = chosen.checked
        (row, vin, stage) = (line.row, line.vin, line.stage)
        findings = checked.findings + verdict.findings
        fate =
            switch (line.outcome, verdict.corrected) {
            case (.rejected, _): .rejected
            case (.duplicate, _): .duplicate(of: line.version, submission: line.first)
            case (.accepted, _) where !isLedgerKnown: .acceptable
            case (.accepted, let earlier?): .correction(version: line.version, of: earlier.version, submission: earlier.submission)
            case (.accepted, nil): .new(version: line.version)
            }
        let references = checked.reference.map { [$0.sha256: $0.values] } ?? [:]
        var values = checked.values
        if line.outcome != .rejected {
            values = MergeSettings(constants: chosen.constants, references: references).values(chosen.record, line)
            if !checked.isReadyMessage { for key in [HeaderKeys.referenceID, HeaderKeys.dateTime] { values.remove(key) } }
            if !checked.isReadyMessage, !isLedgerKnown { values.remove(HeaderKeys.version) }
        }
        self.values = values
        reference = checked.reference.map { Reference(name: $0.name, sha256: $0.sha256, id: $0.id) }
        layers =
            [(chosen.record.values, .record(0))]
            + (checked.reference.map { [($0.values, .reference)] } ?? []) + [(chosen.constants, .constant)]
        columnName = chosen.columnName
        isMessage = checked.isReadyMessage
    }

    /// Where a value of `values` came from.
    public func source(of field: Field) -> Source {
        switch field.origin {
        case .record(let number): return source("record", number, of: field)
        case .reference, .constant: return source(field.origin.kind, nil, of: field)
        case .assigned:
            // A ready message brings its header along.
            let brought = layers[0].values.fields.first { $0.key == field.key && $0.value == field.value }
            if isMessage, case .record(let line)? = brought?.origin { return source("record", line, of: field) }
            return source("assigned", nil, of: field)
        }
    }

    private func source(_ kind: String, _ number: Int?, of field: Field) -> Source {
        let below = layers.drop { $0.origin.kind != kind }.dropFirst()
        let other = below.lazy.compactMap { layer in layer.values[field.key].map { (value: $0, kind: layer.origin.kind) } }.first
        return Source(
            kind: kind, column: isMessage ? nil : number, name: isMessage ? nil : number.flatMap(columnName),
            line: isMessage ? number : nil,
            replaced: other.flatMap { $0.value == field.value ? nil : $0 })
    }

    /// The certificate's page, marked as a draft.
    public func page(_ language: PageLanguage) -> [UInt8] {
        CertificatePage.render(values, empty: LackingItems.places(in: values), source: .draft, language: language)
    }
}

extension Origin {
    /// As `provenance.json` names it.
    fileprivate var kind: String {
        switch self {
        case .record: "record"
        case .reference: "reference"
        case .constant: "constant"
        case .assigned: "assigned"
        }
    }
}
