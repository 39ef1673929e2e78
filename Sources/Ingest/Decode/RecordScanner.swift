import Certificate

/// The records of a file in which every value has a name, one at a time: objects of JSON, elements of XML.
protocol RecordScanner: ~Copyable {
    /// The number of the current record, from 1, as a person counts them.
    var number: Int { get }

    /// The values of the current record, in the order of the file; a `Member.text` is a range of `text`.
    var members: [Member] { get }
    var text: [UInt8] { get }

    /// Steps to the next record; false at the end of the file.
    mutating func next() throws(FileRejection) -> Bool

    /// What is wrong with how the current record is written, but for names that come twice.
    var flaws: [Finding] { get }

    /// The record as it goes back, what a file of such records begins with, what stands between two, and what it ends with.
    func receivedBytes() -> [UInt8]
    var header: [UInt8] { get }
    var separator: [UInt8] { get }
    var footer: [UInt8] { get }
}

/// One value of a record.
struct Member: Equatable {
    /// The way to it: names with points between; from the second of several of one name on, its number in brackets: `axles[2].mass`.
    let name: String
    /// Its text, as UTF-8. Empty where there is none.
    let text: Range<Int>
}

/// Makes rows with columns of records whose values have names: each name that is anywhere in the file is a column.
struct MemberRows<Scanner: RecordScanner & ~Copyable>: ~Copyable, TableRows {
    private var scanner: Scanner
    private let places: [String: Int]
    private var cells: [Range<Int>]
    /// By column: the number of the record that last had it.
    private var lastRecords: [Int]
    private var repetitions: [Finding] = []

    /// More findings tell nobody more.
    private static var repetitionLimit: Int { 20 }

    /// - Parameters:
    ///   - scanner: of a file that is just opened.
    ///   - names: the columns.
    init(_ scanner: consuming Scanner, names: [String]) {
        self.scanner = scanner
        places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        cells = Array(repeating: 0..<0, count: names.count)
        lastRecords = Array(repeating: 0, count: names.count)
    }

    /// The names in a file, in the order in which they come, read from end to end.
    static func names(_ scanner: consuming Scanner, limit: Int) throws(FileRejection) -> [String] {
        var scanner = scanner
        var names: [String] = []
        var known: Set<String> = []
        while try scanner.next() {
            for member in scanner.members where known.insert(member.name).inserted { names.append(member.name) }
            guard names.count <= limit else {
                throw FileRejection(
                    .tooManyColumns, row: scanner.number, "Up to here the records have \(names.count) names; the limit is \(limit).",
                    remedy: "Check which records the source's settings name, and send less at a time.")
            }
        }
        guard scanner.number > 0 else { throw .noRecords }
        return names
    }

    var number: Int { scanner.number }

    mutating func next() throws(FileRejection) -> Bool {
        guard try scanner.next() else { return false }
        for index in cells.indices { cells[index] = 0..<0 }
        repetitions.removeAll()
        for member in scanner.members {
            guard let place = places[member.name] else { continue }
            if lastRecords[place] != number {
                lastRecords[place] = number
                cells[place] = member.text
            } else if repetitions.count < Self.repetitionLimit {
                repetitions.append(RowFinding.repeatedMember(member.name, row: number))
            }
        }
        return true
    }

    var isBlankRow: Bool { scanner.members.isEmpty && scanner.flaws.isEmpty }

    func misfit(width: Int) -> Finding? { nil }

    func flaws(_ name: (Int) -> String) -> [Finding] { scanner.flaws + repetitions }

    func isBlank(at index: Int) -> Bool { CellText.trim(scanner.text.span, cells[index]).isEmpty }

    func cell(at index: Int, trim: Bool) -> CellText { CellText(scanner.text.span, cells[index], trim: trim) }

    func receivedBytes() -> [UInt8] { scanner.receivedBytes() }

    var footer: [UInt8] { scanner.footer }

    /// What is known before the first record.
    func start(_ names: [String]) -> TableStart {
        TableStart(names: names, width: names.count, header: scanner.header, separator: scanner.separator)
    }
}

extension TableReader where Rows: ~Copyable {
    /// Reads a file of named values twice: for the names in it, and for its records.
    static func open<Scanner: RecordScanner & ~Copyable>(
        _ profile: Profile, _ scanner: () throws(FileRejection) -> Scanner
    ) throws(FileRejection) -> TableReader where Rows == MemberRows<Scanner> {
        var names = try MemberRows.names(try scanner(), limit: profile.limits.columns)
        // Records leave out what they don't have: a value that no record of this file has is no fault of the file.
        let known = Set(names)
        for case .name(let name) in profile.mapping.map(\.column) where !known.contains(name) { names.append(name) }
        let rows = MemberRows(try scanner(), names: names)
        let start = rows.start(names)
        return try TableReader(rows, start, profile)
    }
}
