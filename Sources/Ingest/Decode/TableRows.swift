import Certificate

/// The rows of one file, one at a time, in a format of its own: what `TableReader` makes records of.
protocol TableRows: ~Copyable {
    /// Rows given so far: the number of the current one, from 1. Blank ones count.
    var number: Int { get }

    /// Steps to the next row; false at the end of the file.
    mutating func next() throws(FileRejection) -> Bool

    /// Whether no field of the row has a value: such a row is skipped.
    var isBlankRow: Bool { get }

    /// Why the row can't be cut into its columns; then none of its values is used.
    ///
    /// - Parameter width: how many columns there are.
    func misfit(width: Int) -> Finding?

    /// What is wrong with how fields are written; their values are used.
    ///
    /// - Parameter name: what a person calls a column, counted from 0.
    func flaws(_ name: (Int) -> String) -> [Finding]

    func isBlank(at index: Int) -> Bool

    /// The text of a field and whether it holds a character that no value may hold. Empty where the row has no such field.
    func cell(at index: Int, trim: Bool) -> CellText

    /// The row as received.
    func receivedBytes() -> [UInt8]

    /// What the file ends with behind its rows. Whole at the end of the file.
    var footer: [UInt8] { get }
}

/// What is known of a table before its first record: worked out by its format.
struct TableStart {
    /// What a person calls the columns; empty where they have only numbers.
    var names: [String] = []
    var width: Int
    /// What the file begins with, and what stands between its rows when some of them are given back.
    var header: [UInt8] = []
    var separator: [UInt8] = []
    /// The first record has been stepped to already.
    var hasUnreadRow = false
}
