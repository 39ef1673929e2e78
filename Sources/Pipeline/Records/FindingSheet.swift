import Linux

/// `findings.jsonl` of one submission, read alongside the records in row order.
final class FindingSheet {
    static let name = "findings.jsonl"

    private var lines: LineReader?
    private var pending: FindingLine?

    /// A submission without findings has no file.
    init(path: String) throws {
        do { lines = try LineReader(path: path) } catch  where error.isNotFound { lines = nil }
    }

    /// How often each rule was broken.
    static func counts(path: String) throws -> [String: Int] {
        let sheet = try FindingSheet(path: path)
        var counts: [String: Int] = [:]
        while let line = try sheet.next() {
            for finding in line.findings { counts[finding.rule, default: 0] += 1 }
        }
        return counts
    }

    /// The next line; nil at the end. Not to be mixed with asking for rows.
    func next() throws -> FindingLine? {
        guard let line = try lines?.next() else { return nil }
        return try FindingLine.decode(line)
    }

    /// The findings of `row`. Rows must be asked for in ascending order.
    func findings(row: Int) throws -> FindingLine? {
        while true {
            if let line = pending {
                if line.row > row { return nil }
                pending = nil
                if line.row == row { return line }
            }
            guard let line = try lines?.next() else { return nil }
            pending = try FindingLine.decode(line)
        }
    }
}
