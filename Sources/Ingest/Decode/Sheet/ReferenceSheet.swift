public import Certificate

/// A spreadsheet with the values of one or more versions of reference data, saved as delimited text (docs/reference-data.md).
///
/// Paths stand in the first row, and each further row is a version; or they stand in the first column, and each further column is one.
/// Which of both, the delimiter and the encoding are seen from the file. Reading says what can't be read, and judges no value.
public struct ReferenceSheet: Sendable {
    /// One version as the sheet has it.
    public struct Version: Sendable {
        /// What people call it: `row 3`, or the name that stands over its column.
        public let label: String
        /// With the origins `.record(n)`: see `place`.
        public let values: FieldValues
        public let validFrom: String?
        public let validTo: String?
        /// What couldn't be read.
        public let findings: [Finding]
        /// Where the sheet writes a value in another way: as it does.
        public let received: [ReceivedText]
        let layout: Layout

        /// Where the value with the origin `.record(number)` stands.
        public func place(_ number: Int) -> (row: Int, column: String) {
            switch layout {
            case .row(let row, let names): (row, names[number - 1])
            case .column(let name): (number, name)
            }
        }

        /// Where what is said of the version as a whole belongs.
        public var place: (row: Int?, column: String?) {
            switch layout {
            case .row(let row, _): (row, nil)
            case .column(let name): (nil, name)
            }
        }
    }

    enum Layout: Sendable {
        /// The version is this row; `names` are the headers.
        case row(Int, names: [String])
        /// The version is the column of this name.
        case column(String)
    }

    /// At least one.
    public let versions: [Version]

    /// Reads the sheet whole. Blocking.
    /// - Throws: when the file can't be read, or is no such sheet as a whole.
    public static func read(path: String, maximumBytes: Int) throws(FileRejection) -> ReferenceSheet {
        let grid = try SheetGrid.read(path: path, maximumBytes: maximumBytes)
        let versions = try grid.pathsInFirstRow >= grid.pathsInFirstColumn ? SheetRows(grid).versions() : SheetColumns(grid).versions()
        guard !versions.isEmpty else {
            throw FileRejection(
                .noRecords, "The sheet has paths but no version.",
                remedy: "Give the values of a version in a row of their own, or in a column beside the paths.")
        }
        return ReferenceSheet(versions: versions)
    }
}
