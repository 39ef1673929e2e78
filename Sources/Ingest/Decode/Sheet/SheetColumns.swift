import Certificate

/// A sheet whose first column holds the paths: each further column is a version, unless its heading says that it is for people.
struct SheetColumns {
    private let grid: SheetGrid
    /// The row over the values, where there is one.
    private let heading: SheetGrid.Row?
    private let rows: ArraySlice<SheetGrid.Row>

    init(_ grid: SheetGrid) {
        self.grid = grid
        let first = grid.rows.first
        switch first.map({ SheetName($0.text(0)) }) {
        case .unknown?, SheetName.none?, .ignored?: (heading, rows) = (first, grid.rows.dropFirst())
        case .path?, .validFrom?, .validTo?, nil: (heading, rows) = (nil, grid.rows[...])
        }
    }

    func versions() throws(FileRejection) -> [ReferenceSheet.Version] {
        let names = rows.map { SheetName($0.text(0)) }
        let columns = (1..<max(1, grid.rows.map(\.width).max() ?? 1)).filter(isVersion)
        for (row, name) in zip(rows, names) where columns.contains(where: { !row.text($0).isEmpty }) {
            switch name {
            case .unknown(let text):
                throw FileRejection(
                    .unknownColumn, row: row.number, column: title(0), value: text, SheetName.describe(text),
                    remedy: "Correct the path, or begin the row with # if it is not to be read.")
            case .none:
                throw FileRejection(
                    .unknownColumn, row: row.number, column: title(0), "The row holds values, but no path stands before them.",
                    remedy: "Give the path, or begin the row with # if it is not to be read.")
            case .path, .validFrom, .validTo, .ignored: break
            }
        }
        let numbers = zip(rows, names).filter { SheetNumbers.isNumber($0.1) }.flatMap { row, _ in
            columns.map { (row.text($0), row.number, title($0)) }
        }
        let usesComma = try SheetNumbers.usesComma(numbers, delimiter: grid.delimiter)
        return columns.map { version($0, names, usesComma) }
    }

    private func version(_ column: Int, _ names: [SheetName], _ usesComma: Bool) -> ReferenceSheet.Version {
        var values = SheetValues(usesComma: usesComma)
        for (row, name) in zip(rows, names) where row.cells.indices.contains(column) {
            values.add(row.cells[column], for: name, number: row.number, at: (row.number, title(column)))
        }
        return values.version(label: title(column), layout: .column(title(column)))
    }

    /// A column without any value is none.
    private func isVersion(_ column: Int) -> Bool {
        if let heading, case .ignored = SheetName(heading.text(column)) { return false }
        return rows.contains { !$0.text(column).isEmpty }
    }

    private func title(_ column: Int) -> String {
        let name = heading?.text(column) ?? ""
        return name.isEmpty ? "column \(Self.letters(column))" : name
    }

    /// `A` to `Z`, `AA` and so on, as spreadsheets name their columns.
    static func letters(_ index: Int) -> String {
        var (rest, name) = (index + 1, "")
        while rest > 0 {
            name = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + name
            rest = (rest - 1) / 26
        }
        return name
    }
}
