import Certificate
import Linux

/// The cells of a small sheet, trimmed, with the rows' numbers as a spreadsheet counts them. Blank rows and rows that begin with `#` are left out.
struct SheetGrid {
    struct Row {
        let number: Int
        let cells: [Cell]

        /// Without the empty cells at the end.
        var width: Int { (cells.lastIndex { !$0.text.isEmpty } ?? -1) + 1 }

        func text(_ index: Int) -> String { cells.indices.contains(index) ? cells[index].text : "" }
    }

    struct Cell {
        let text: String
        let flaw: Flaw?

        enum Flaw {
            case hidden(HiddenCharacter)
            case textBehindQuote
        }
    }

    let rows: [Row]
    let delimiter: Unicode.Scalar
    /// How many cells of the first row and of the first column are paths: the greater number says how the sheet is laid out.
    let pathsInFirstRow: Int
    let pathsInFirstColumn: Int

    private var score: Int { max(pathsInFirstRow, pathsInFirstColumn) }

    private static let delimiters: [Unicode.Scalar] = [";", ",", "\t"]
    private static let maximumColumns = 4096

    /// Reads the file with each delimiter, and keeps the reading that finds most paths.
    static func read(path: String, maximumBytes: Int) throws(FileRejection) -> SheetGrid {
        let encoding = try encoding(of: path, maximumBytes)
        var best: SheetGrid?
        var failure: FileRejection?
        for delimiter in delimiters {
            do {
                let grid = try SheetGrid(path: path, encoding: encoding, delimiter: delimiter, maximumBytes: maximumBytes)
                if grid.score > best?.score ?? -1 { best = grid }
            } catch { failure = failure ?? error }
        }
        guard let best, best.score > 0 else { throw failure ?? Self.noPaths(isEmpty: best?.rows.isEmpty ?? true) }
        return best
    }

    /// What is no UTF-8 is what spreadsheets under Windows write.
    private static func encoding(of path: String, _ maximumBytes: Int) throws(FileRejection) -> TextEncoding {
        let bytes: [UInt8]
        do { bytes = try SourceText.open(path, limit: maximumBytes).readAll(limit: maximumBytes) } catch let error as FileRejection {
            throw error
        } catch { throw FileRejection.unreadable("\(error)") }
        let hasMark = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        return hasMark || String(validating: bytes, as: UTF8.self) != nil ? .utf8 : .windows1252
    }

    private static func noPaths(isEmpty: Bool) -> FileRejection {
        isEmpty
            ? FileRejection(.empty, "The file is empty.", remedy: "Drop a sheet with paths and at least one version.")
            : FileRejection(
                .unknownColumn, "Neither the first row nor the first column holds paths of IVI 2.0.",
                remedy: "Put the paths (docs/catalogue.md) into the first row or the first column; see Samples/reference.")
    }

    private init(path: String, encoding: TextEncoding, delimiter: Unicode.Scalar, maximumBytes: Int) throws(FileRejection) {
        var source = try CSVRows(
            path: path, encoding: encoding, dialect: CSVDialect(delimiter: delimiter, hasHeader: false),
            limits: Profile.Limits(fileBytes: maximumBytes, rowBytes: maximumBytes), chunkSize: SourceText.defaultChunkSize)
        var rows: [Row] = []
        while try source.next() {
            let fields = source.fields
            guard fields.count <= Self.maximumColumns else {
                throw FileRejection(
                    .tooManyColumns, row: source.number, "The row has \(fields.count) cells; \(Self.maximumColumns) are allowed.",
                    remedy: "Divide the sheet.")
            }
            var cells: [Cell] = []
            for field in fields {
                let cell = source.cell(field, trim: true)
                let flaw = cell.firstHidden.map { Cell.Flaw.hidden($0) } ?? (field.hasTextBehindQuote ? .textBehindQuote : nil)
                cells.append(Cell(text: cell.text, flaw: flaw))
            }
            let row = Row(number: source.number, cells: cells)
            if row.width > 0, !row.text(0).hasPrefix("#") { rows.append(row) }
        }
        self.rows = rows
        self.delimiter = delimiter
        pathsInFirstRow = rows.first?.cells.count { SheetName($0.text).isPath } ?? 0
        pathsInFirstColumn = rows.count { SheetName($0.text(0)).isPath }
    }
}

/// What a name in the first row or column stands for.
enum SheetName {
    case path(FieldKey)
    case validFrom
    case validTo
    /// For people: notes, units, item numbers.
    case ignored
    case none
    case unknown(String)

    private static let forPeople: Set<String> = ["item", "unit", "description", "remark", "remarks", "comment", "comments"]

    init(_ text: String) {
        if text.isEmpty {
            self = .none
        } else if let key = try? FieldPath.parse(text) {
            self = .path(key)
        } else {
            let word = text.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 }
            switch String(word) {
            case "valid-from": self = .validFrom
            case "valid-to": self = .validTo
            case let word where Self.forPeople.contains(word) || word.hasPrefix("#"): self = .ignored
            default: self = .unknown(text)
            }
        }
    }

    var isPath: Bool { if case .path = self { true } else { false } }

    /// Why a name is no path, with the nearest one.
    static func describe(_ text: String) -> String {
        if let nearest = NearestName.ofPath(text, in: .initialVehicleInformation) {
            return "'\(text)' is no path of IVI 2.0; nearest is \(nearest)."
        }
        do {
            _ = try FieldPath.parse(text)
            return "'\(text)' is a path."
        } catch { return "'\(text)' is no path of IVI 2.0: \(error.reason)." }
    }
}
