import Certificate

/// Reads the records of a table, whatever its rows look like in the file.
final class TableReader<Rows: TableRows & ~Copyable>: RecordSource {
    let header: [UInt8]
    let separator: [UInt8]
    private var rows: Rows
    private let plan: ColumnPlan
    private var hasUnreadRow: Bool
    private var isAtEnd = false
    private var hasRecords = false

    init(_ rows: consuming Rows, _ start: TableStart, _ profile: Profile) throws(FileRejection) {
        plan = try ColumnPlanner.plan(profile, names: start.names, width: start.width)
        header = start.header
        separator = start.separator
        hasUnreadRow = start.hasUnreadRow
        self.rows = rows
    }

    /// Steps to the next row that isn't blank.
    private func nextRow() throws(FileRejection) -> Bool {
        while try rows.next() {
            if !rows.isBlankRow { return true }
        }
        return false
    }

    func next() throws(FileRejection) -> Record? {
        guard !isAtEnd else { return nil }
        do throws(FileRejection) {
            if hasUnreadRow {
                hasUnreadRow = false
            } else if try !nextRow() {
                isAtEnd = true
                guard hasRecords else { throw rows.number == 0 ? .empty : .noRecords }
                return nil
            }
        } catch {
            isAtEnd = true
            throw error
        }
        hasRecords = true
        return record()
    }

    var footer: [UInt8] { rows.footer }

    var currentRow: [UInt8] { rows.receivedBytes() }

    func columnName(_ number: Int) -> String? {
        // A file may have no column at all: objects without anything in them.
        number >= 1 && number <= plan.width ? plan.name(number - 1) : nil
    }

    private func record() -> Record {
        let row = rows.number
        if let misfit = rows.misfit(width: plan.width) { return Record(row: row, values: FieldValues(), findings: [misfit]) }
        var findings = rows.flaws(plan.name)
        for index in plan.nameless where !rows.isBlank(at: index) {
            findings.append(RowFinding.namelessColumn(rows.cell(at: index, trim: true).text, column: plan.name(index), row: row))
        }
        var fields: [Field] = []
        fields.reserveCapacity(plan.columns.count)
        var received: [ReceivedText] = []
        for column in plan.columns {
            if let value = value(column, row, &findings, &received) {
                fields.append(Field(column.key, value, .record(column.index + 1)))
            }
        }
        return Record(row: row, values: FieldValues(fields), findings: findings, received: received)
    }

    private func value(
        _ column: ColumnPlan.Column, _ row: Int, _ findings: inout [Finding], _ received: inout [ReceivedText]
    ) -> String? {
        let cell = rows.cell(at: column.index, trim: column.conversion.trims)
        guard !cell.text.isEmpty else { return nil }
        if let character = cell.firstHidden {
            findings.append(RowFinding.hidden(character, in: cell.text, column, name: plan.name(column.index), row: row))
            return cell.text
        }
        switch column.conversion.convert(cell.text) {
        case .value(let value):
            if !column.conversion.isPlain, value != cell.text { received.append(ReceivedText(key: column.key, text: cell.text)) }
            return value
        case .absent: return nil
        case .problem(let rule, let message, let remedy):
            findings.append(
                RowFinding.conversion(rule, message, remedy, value: cell.text, column, name: plan.name(column.index), row: row))
            return cell.text
        }
    }
}

extension FileRejection {
    static let noRecords = FileRejection(
        .noRecords, "The file has no vehicle.", remedy: "Check whether the export selected any vehicles.")

    static let empty = FileRejection(
        .empty, "The file is empty.",
        remedy: "Drop a file with at least one vehicle; check whether the export ran through.")
}
