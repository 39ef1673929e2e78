import Certificate

/// Reads the records of delimited text.
final class TableReader {
    /// The byte order mark and the header row as received.
    let header: [UInt8]
    private var rows: CSVRows
    private let plan: ColumnPlan
    /// The first row of a file without a header has been read to learn its width.
    private var hasUnreadRow: Bool
    private var isAtEnd = false
    private var hasRecords = false

    init(path: String, profile: Profile, dialect: CSVDialect, chunkSize: Int) throws(FileRejection) {
        var rows = try CSVRows(path: path, encoding: profile.encoding, dialect: dialect, limits: profile.limits, chunkSize: chunkSize)
        guard try Self.nextRow(&rows) else {
            throw FileRejection(
                .empty, "The file is empty.",
                remedy: "Drop a file with a header and at least one vehicle; check whether the export ran through.")
        }
        let fields = rows.fields
        var names: [String] = []
        if dialect.hasHeader {
            for field in fields { names.append(rows.cell(field, trim: true).text) }
        }
        plan = try ColumnPlanner.plan(profile, names: names, width: fields.count)
        header = rows.byteOrderMark + (dialect.hasHeader ? rows.receivedBytes() : [])
        hasUnreadRow = !dialect.hasHeader
        self.rows = rows
    }

    /// Steps to the next row that isn't blank.
    private static func nextRow(_ rows: inout CSVRows) throws(FileRejection) -> Bool {
        while try rows.next() {
            for field in rows.fields where !rows.isBlank(field) { return true }
        }
        return false
    }

    func next() throws(FileRejection) -> Record? {
        guard !isAtEnd else { return nil }
        do throws(FileRejection) {
            if hasUnreadRow {
                hasUnreadRow = false
            } else if try !Self.nextRow(&rows) {
                isAtEnd = true
                guard hasRecords else { throw Self.noRecords }
                return nil
            }
        } catch {
            isAtEnd = true
            throw error
        }
        hasRecords = true
        return record()
    }

    private static let noRecords = FileRejection(
        .noRecords, "The file has a header but no vehicle.", remedy: "Check whether the export selected any vehicles.")

    var currentRow: [UInt8] { rows.receivedBytes() }

    func columnName(_ number: Int) -> String? {
        1...plan.width ~= number ? plan.name(number - 1) : nil
    }

    private func record() -> Record {
        let cells = rows.fields
        let row = rows.number
        guard cells.count == plan.width else {
            return Record(row: row, values: FieldValues(), findings: [RowFinding.fieldCount(cells.count, expected: plan.width, row: row)])
        }
        var findings: [Finding] = []
        for (index, cell) in cells.enumerated() where cell.hasTextBehindQuote {
            findings.append(RowFinding.textBehindQuote(rows.cell(cell, trim: true).text, column: plan.name(index), row: row))
        }
        for index in plan.nameless where !rows.isBlank(cells[index]) {
            findings.append(RowFinding.namelessColumn(rows.cell(cells[index], trim: true).text, column: plan.name(index), row: row))
        }
        var fields: [Field] = []
        fields.reserveCapacity(plan.columns.count)
        for column in plan.columns {
            if let value = value(cells[column.index], column, row, &findings) {
                fields.append(Field(column.key, value, .record(column.index + 1)))
            }
        }
        return Record(row: row, values: FieldValues(fields), findings: findings)
    }

    private func value(_ cell: CSVField, _ column: ColumnPlan.Column, _ row: Int, _ findings: inout [Finding]) -> String? {
        let cell = rows.cell(cell, trim: column.conversion.trims)
        guard !cell.text.isEmpty else { return nil }
        if let intruder = cell.intruder {
            findings.append(RowFinding.intruder(intruder, in: cell.text, column, name: plan.name(column.index), row: row))
            return cell.text
        }
        switch column.conversion.convert(cell.text) {
        case .value(let value): return value
        case .absent: return nil
        case .problem(let rule, let message, let remedy):
            findings.append(
                RowFinding.conversion(rule, message, remedy, value: cell.text, column, name: plan.name(column.index), row: row))
            return cell.text
        }
    }
}
