/// One projection as the verifier knows it: its columns, and how two of its rows are told apart.
struct ProjectionTable {
    private enum Key { case text, number }

    private let name: String
    private let columns: [String]
    /// The first columns are the primary key.
    private let key: [Key]
    /// The column that says which entry a row rests on.
    private let position: String

    static let all: [ProjectionTable] = [
        ProjectionTable(
            name: "open_move", columns: ["submission", "\"from\"", "\"to\"", "digest", "position"], key: [.text], position: "position"),
        ProjectionTable(
            name: "receipt", columns: ["submission", "source", "name", "size", "sha256", "device", "inode", "position"], key: [.text],
            position: "position"),
        ProjectionTable(
            name: "submission",
            columns: [
                "id", "source", "name", "size", "sha256", "stage", "validated", "rejected", "sealed", "published", "refused", "reported",
                "first", "last",
            ], key: [.text], position: "last"),
        ProjectionTable(
            name: "certificate",
            columns: [
                "vin", "stage", "version", "submission", "\"row\"", "state", "content_sha256", "reference_id", "reference_sha256",
                "xml_sha256", "bundle", "bundle_sha256", "first", "last",
            ], key: [.text, .number, .number], position: "last"),
        ProjectionTable(name: "rejection", columns: ["position", "vin", "submission"], key: [.number], position: "position"),
        ProjectionTable(
            name: "delivery", columns: ["vin", "stage", "version", "destination", "bundle", "published", "collected"],
            key: [.text, .number, .number, .text], position: "coalesce(collected, published)"),
        ProjectionTable(
            name: "acknowledgement", columns: ["vin", "stage", "version", "destination", "sha256", "outcome", "position"],
            key: [.text, .number, .number, .text, .text, .text], position: "position"),
        ProjectionTable(name: "landmark", columns: ["kind", "position"], key: [.text, .number], position: "position"),
    ]

    /// Columns without types keep what is stored in them.
    var definition: String {
        "CREATE TABLE \(name)(\(columns.joined(separator: ", ")), PRIMARY KEY(\(keyColumns))) WITHOUT ROWID"
    }

    /// Walks both tables in the order of the key and tells every row that is in one only or differs.
    func compare(stored: Connection, expected: Connection, _ problems: inout ProblemList) throws(LedgerError) {
        let stored = try stored.prepare(selection), expected = try expected.prepare(selection)
        var hasStored = try stored.step(), hasExpected = try expected.step()
        while hasStored || hasExpected {
            if hasStored, hasExpected, isEqual(stored, expected) {
                (hasStored, hasExpected) = (try stored.step(), try expected.step())
                continue
            }
            let order = !hasStored ? 1 : !hasExpected ? -1 : compareKeys(stored, expected)
            let row = order < 0 ? stored : expected
            problems.add(.projection, at: row.number(1), "\(name) \(keyText(row)) \(Self.verdict(order))")
            if order <= 0 { hasStored = try stored.step() }
            if order >= 0 { hasExpected = try expected.step() }
        }
    }

    private static func verdict(_ order: Int) -> String {
        order < 0 ? "is in the projection, but not in the entries" : order > 0 ? "is missing in the projection" : "differs from the entries"
    }

    private var keyColumns: String { columns.prefix(key.count).joined(separator: ", ") }

    /// Column 0: the whole row as one text; 1: the entry; from 2: the key.
    private var selection: String {
        let row = columns.map { "quote(\($0))" }.joined(separator: " || ',' || ")
        return "SELECT \(row), \(position), \(keyColumns) FROM \(name) ORDER BY \(keyColumns)"
    }

    private func isEqual(_ one: Statement, _ other: Statement) -> Bool {
        one.withText(0) { first in other.withText(0) { second in first.elementsEqual(second) } }
    }

    private func compareKeys(_ one: Statement, _ other: Statement) -> Int {
        for (index, kind) in key.enumerated() {
            let column = Int32(index + 2)
            switch kind {
            case .number:
                let (first, second) = (one.number(column), other.number(column))
                if first != second { return first < second ? -1 : 1 }
            case .text:
                let (first, second) = (one.text(column), other.text(column))
                if first.utf8.elementsEqual(second.utf8) { continue }
                return first.utf8.lexicographicallyPrecedes(second.utf8) ? -1 : 1
            }
        }
        return 0
    }

    private func keyText(_ row: Statement) -> String {
        key.indices.map { row.text(Int32($0 + 2)) }.joined(separator: " ")
    }
}
