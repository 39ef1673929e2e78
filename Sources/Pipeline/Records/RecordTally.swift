/// How many records of a submission ended how.
struct RecordTally: Sendable, Equatable {
    var accepted = 0
    var rejected = 0
    var duplicates = 0
    var warnings = 0

    var records: Int { accepted + rejected + duplicates }

    init() {}

    init(_ sheet: RecordSheet) throws {
        try sheet.forEach { line in add(line) }
    }

    mutating func add(_ line: RecordLine) {
        switch line.outcome {
        case .accepted: accepted += 1
        case .rejected: rejected += 1
        case .duplicate: duplicates += 1
        }
        warnings += line.warnings
    }
}
