import Certificate

/// What was decided about one record: one line of `records.tsv` in the submission's directory (docs/spool.md).
///
/// Written once, before the ledger speaks of it. Everything after is a pure function of the directory, so a crash changes no header value.
struct RecordLine: Sendable, Equatable {
    /// From 1, as the ERP counts: the header is row 1.
    var row: Int
    var outcome: Outcome
    var vin: String
    var stage: Int
    var version: Int
    /// Header values that must be new, chosen once. Empty when the record isn't accepted.
    var referenceID: String
    var issuedAt: String
    /// SHA-256 of the reference file laid under the record, or empty.
    var referenceSHA256: String
    /// SHA-256 over all values but the header's new ones: equal for the same vehicle dropped again.
    var contentSHA256: String
    /// For a duplicate: the submission that came first.
    var first: String
    var warnings: Int
    /// The ids of the rules that rejected it, joined by commas.
    var rules: String

    enum Outcome: String, Sendable { case accepted, rejected, duplicate }

    /// Why it isn't accepted, for the ledger.
    var reason: String {
        switch outcome {
        case .accepted: ""
        case .rejected: "rules"
        case .duplicate: "duplicate of \(first)"
        }
    }

    /// The stem of the certificate's file names (`CertificateIdentity.name`); an accepted line's VIN is valid.
    var name: String { "\(vin)-\(stage)-v\(version)" }

    static let heading =
        "row\toutcome\tvin\tstage\tversion\treference-id\tissued-at\treference-sha256\tcontent-sha256\tfirst\twarnings\trules\n"

    /// The fields hold no tab or line break: a VIN that does is replaced by an empty one.
    func write(to text: inout String) {
        let vin = vin.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? vin : ""
        let columns = [
            String(row), outcome.rawValue, vin, String(stage), String(version), referenceID, issuedAt, referenceSHA256, contentSHA256,
            first,
            String(warnings), rules,
        ]
        text += columns.joined(separator: "\t")
        text += "\n"
    }

    init(
        row: Int, outcome: Outcome, vin: String = "", stage: Int = 1, version: Int = 0, referenceID: String = "", issuedAt: String = "",
        referenceSHA256: String = "", contentSHA256: String = "", first: String = "", warnings: Int = 0, rules: String = ""
    ) {
        self.row = row
        self.outcome = outcome
        self.vin = vin
        self.stage = stage
        self.version = version
        self.referenceID = referenceID
        self.issuedAt = issuedAt
        self.referenceSHA256 = referenceSHA256
        self.contentSHA256 = contentSHA256
        self.first = first
        self.warnings = warnings
        self.rules = rules
    }

    /// - Parameter line: without its line feed.
    init?(_ line: ArraySlice<UInt8>) { self.init(columns: Self.columns(line)) }

    static func columns(_ line: ArraySlice<UInt8>) -> [String] {
        line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }

    init?(columns: [String]) {
        guard columns.count == 12, let row = Int(columns[0]), let outcome = Outcome(rawValue: columns[1]), let stage = Int(columns[3]),
            let version = Int(columns[4]), let warnings = Int(columns[10])
        else { return nil }
        self.init(
            row: row, outcome: outcome, vin: columns[2], stage: stage, version: version, referenceID: columns[5], issuedAt: columns[6],
            referenceSHA256: columns[7], contentSHA256: columns[8], first: columns[9], warnings: warnings, rules: columns[11])
    }
}
