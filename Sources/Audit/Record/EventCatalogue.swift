/// Which fields each kind of event has (docs/ledger.md lists the same; a test compares).
enum EventCatalogue {
    struct Field: Sendable, Equatable {
        let name: String
        let type: FieldType
        let isRequired: Bool
    }

    enum FieldType: Sendable, Equatable { case text, number }

    struct Entry: Sendable {
        let kind: Event.Kind
        /// Whether an event of this kind must name the submission it speaks of.
        let needsSubmission: Bool
        let fields: [Field]
    }

    static func entry(_ kind: Event.Kind) -> Entry {
        Entry(kind: kind, needsSubmission: needsSubmission(kind), fields: notation(kind).split(separator: " ").map { field($0) })
    }

    /// The kind's fields: `#` marks a number, `?` one that may be missing.
    private static func notation(_ kind: Event.Kind) -> String {
        switch kind {
        case .received: "source name size# sha256 owner# device inode"
        case .claimed: "source name"
        case .moving, .moved: "from to digest"
        case .validated: "vin stage# version# row# reference-id? content-sha256 reference-sha256? warnings#"
        case .rejected: "reason rules vin? row#?"
        case .findingWaived: "rule from to reason by count#"
        case .generated: "vin stage# version# sha256"
        case .sealed: "vin stage# version# sha256 content-sha256 certificate-sha256"
        case .corrected: "vin stage# version# replaces# changes#? sha256"
        case .held: "reason certificates# corrections#"
        case .released: "policy certificates# corrections# reason?"
        case .withdrawn: "vin stage# version# reason notice sha256"
        case .publishing, .published: "vin stage# version# destination bundle sha256"
        case .declaredLost: "from reason certificates# published#"
        case .reported: "source name sha256 published# rejected#"
        case .collected: "vin stage# version# destination bundle"
        case .acknowledged: "vin stage# version# destination bundle outcome reference? message? sha256 file"
        case .configured: "sha256 path rules? changed? owner?"
        case .recovered: "what stage?"
        case .incident: "what remedy"
        case .started: "version pid#"
        case .stopped: "reason"
        case .referenceReceived: "name approval type variant version sha256 with owner changed valid-from? valid-to?"
        case .referenceActivated: "name approval type variant version sha256 valid-from? valid-to? reason? changed? owner?"
        case .referenceSuperseded: "name approval type variant version sha256 valid-to by"
        case .referenceRetired: "name approval type variant version sha256 reason"
        case .keyUsed: "certificate-sha256 subject not-before? not-after"
        case .anchored: "anchor size# authority time sha256"
        case .ledgerRestored: "reason what size# root remembered-size#? remembered-root? remembered-note?"
        case .carried:
            "vin stage# version# row# state volume content-sha256 reference-id? reference-sha256? xml-sha256? bundle? bundle-sha256?"
        case .carriedDelivery: "vin stage# version# destination bundle volume collected"
        case .volumeClosed: "next"
        case .volumeOpened: "previous size# root year#"
        case .backedUp: "path size# head bytes# sha256"
        }
    }

    private static func needsSubmission(_ kind: Event.Kind) -> Bool {
        switch kind {
        case .configured, .recovered, .incident, .started, .stopped, .referenceReceived, .referenceActivated, .referenceSuperseded,
            .referenceRetired, .keyUsed, .anchored, .ledgerRestored, .backedUp,
            .volumeClosed, .volumeOpened:
            false
        case .received, .claimed, .moving, .moved, .validated, .rejected, .generated, .sealed, .publishing, .published, .reported,
            .corrected, .held, .released, .withdrawn, .findingWaived, .collected, .acknowledged, .declaredLost, .carried, .carriedDelivery:
            true
        }
    }

    private static func field(_ notation: Substring) -> Field {
        Field(
            name: String(notation.prefix { $0 != "#" && $0 != "?" }), type: notation.contains("#") ? .number : .text,
            isRequired: !notation.hasSuffix("?"))
    }
}
