import Certificate

/// Gathers the cells of one version into values.
struct SheetValues {
    private var fields: [Field] = []
    private var received: [ReceivedText] = []
    private var seen: [FieldKey: Int] = [:]
    private(set) var findings: [Finding] = []
    private var validFrom: String?
    private var validTo: String?
    private let usesComma: Bool

    /// - Parameter usesComma: numbers of the sheet have a decimal comma.
    init(usesComma: Bool) { self.usesComma = usesComma }

    /// - Parameter number: of the origin: what `ReferenceSheet.Version.place` understands.
    mutating func add(_ cell: SheetGrid.Cell, for name: SheetName, number: Int, at place: (row: Int, column: String)) {
        guard !cell.text.isEmpty else { return }
        if let flaw = cell.flaw { findings.append(Self.finding(flaw, cell.text, place)) }
        switch name {
        case .path(let key): add(cell.text, key, number, place)
        case .validFrom: validFrom = Self.day(cell.text)
        case .validTo: validTo = Self.day(cell.text)
        case .ignored, .none, .unknown: break
        }
    }

    mutating func report(_ finding: Finding) { findings.append(finding) }

    func version(label: String, layout: ReferenceSheet.Layout) -> ReferenceSheet.Version {
        ReferenceSheet.Version(
            label: label, values: FieldValues(fields), validFrom: validFrom, validTo: validTo, findings: findings, received: received,
            layout: layout)
    }

    private mutating func add(_ text: String, _ key: FieldKey, _ number: Int, _ place: (row: Int, column: String)) {
        let (element, _) = key.resolve(in: .initialVehicleInformation)
        if let first = seen.updateValue(number, forKey: key), first != number {
            findings.append(
                Finding(
                    rule: DecodingRule.duplicateColumn.rawValue, severity: .error, row: place.row, column: place.column,
                    element: FieldPath.write(key), item: element.item, value: text,
                    message: "\(FieldPath.write(key)) stands in the sheet twice.",
                    remedy: "Keep one of the two, or give its path the number of another group, such as AxleTable[2]."))
        }
        let value = Self.written(text, as: element.simpleType, usesComma)
        if value != text { received.append(ReceivedText(key: key, text: text)) }
        fields.append(Field(key, value, .record(number)))
    }

    private static func written(_ text: String, as type: SimpleType?, _ usesComma: Bool) -> String {
        switch type?.form {
        case .decimal, .integer: usesComma && Self.decimalSign(of: text) == "," ? text.replacing(",", with: ".") : text
        case .date: day(text)
        case .dateTime, .text, .codes, nil: text
        }
    }

    /// `17.03.2026` can't mean another day; a date with slashes can, and stays as it is.
    private static func day(_ text: String) -> String { (try? DateForm("d.M.yyyy"))?.convert(text, withTime: false) ?? text }

    /// The decimal sign of a plain number, or nil for a whole number and for any other text.
    static func decimalSign(of text: String) -> Character? {
        let digits = text.drop { $0 == "-" || $0 == "+" }
        let parts = digits.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return nil }
        return digits.first { $0 == "," || $0 == "." }
    }

    private static func finding(_ flaw: SheetGrid.Cell.Flaw, _ text: String, _ place: (row: Int, column: String)) -> Finding {
        switch flaw {
        case .hidden(let character): RowFinding.hidden(character, in: text, column: place.column, row: place.row)
        case .textBehindQuote: RowFinding.textBehindQuote(text, column: place.column, row: place.row)
        }
    }
}

/// Whether the numbers of a sheet have a decimal comma. A sheet with both signs is not guessed at.
enum SheetNumbers {
    /// - Parameter cells: of number elements, each with its place.
    static func usesComma(_ cells: [(text: String, row: Int, column: String)], delimiter: Unicode.Scalar) throws(FileRejection) -> Bool {
        let withComma = cells.first { SheetValues.decimalSign(of: $0.text) == "," }
        guard let withComma, delimiter != "," else { return false }
        guard let withPoint = cells.first(where: { SheetValues.decimalSign(of: $0.text) == "." }) else { return true }
        throw FileRejection(
            .notANumber, row: withComma.row, column: withComma.column, value: withComma.text,
            "Numbers are written with a decimal comma (\(withComma.text)) and with a point (\(withPoint.text), row \(withPoint.row), \(withPoint.column)).",
            remedy: "Use the same decimal sign in the whole sheet, and no separators between thousands.")
    }

    static func isNumber(_ name: SheetName) -> Bool {
        guard case .path(let key) = name else { return false }
        return switch key.resolve(in: .initialVehicleInformation).element.simpleType?.form {
        case .decimal, .integer: true
        default: false
        }
    }
}
