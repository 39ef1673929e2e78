import Certificate

/// A sheet whose first row holds the paths: each further row is a version.
struct SheetRows {
    private let grid: SheetGrid
    private let header: SheetGrid.Row
    private let names: [SheetName]

    init(_ grid: SheetGrid) {
        self.grid = grid
        header = grid.rows.first ?? SheetGrid.Row(number: 1, cells: [])
        names = header.cells.map { SheetName($0.text) }
    }

    func versions() throws(FileRejection) -> [ReferenceSheet.Version] {
        for (index, name) in names.enumerated() {
            guard case .unknown(let text) = name else { continue }
            throw FileRejection(
                .unknownColumn, row: header.number, column: title(index), value: text, SheetName.describe(text),
                remedy: "Correct the path, or begin the name with # for a column that is not to be read.")
        }
        let numbers = grid.rows.dropFirst().flatMap { row in
            names.indices.filter { SheetNumbers.isNumber(names[$0]) }.map { (row.text($0), row.number, title($0)) }
        }
        let usesComma = try SheetNumbers.usesComma(numbers, delimiter: grid.delimiter)
        return grid.rows.dropFirst().map { version($0, usesComma) }
    }

    private func version(_ row: SheetGrid.Row, _ usesComma: Bool) -> ReferenceSheet.Version {
        var values = SheetValues(usesComma: usesComma)
        if row.width > names.count { values.report(RowFinding.fieldCount(row.width, expected: names.count, row: row.number)) }
        for (index, name) in names.enumerated() where row.cells.indices.contains(index) {
            if case .none = name, !row.text(index).isEmpty {
                values.report(RowFinding.namelessColumn(row.text(index), column: title(index), row: row.number))
            }
            values.add(row.cells[index], for: name, number: index + 1, at: (row.number, title(index)))
        }
        return values.version(label: "row \(row.number)", layout: .row(row.number, names: names.indices.map(title)))
    }

    private func title(_ index: Int) -> String { header.text(index).isEmpty ? "column \(SheetColumns.letters(index))" : header.text(index) }
}
