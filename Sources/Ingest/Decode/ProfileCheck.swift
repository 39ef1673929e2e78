import CXML
import Certificate

/// What is wrong with a profile, and with which part of it.
public struct ProfileProblem: Sendable, Equatable, CustomStringConvertible {
    public let part: Part
    /// A clause without full stop.
    public let message: String

    public enum Part: Sendable, Equatable {
        /// One setting of a source, by its name in the file.
        case setting(String)
        /// A rule of the mapping, counted from 0.
        case column(Int)
        /// The constant of this path.
        case constant(String)
        case limits
    }

    init(_ part: Part, _ message: String) {
        self.part = part
        self.message = message
    }

    public var description: String { message }
}

extension Profile {
    /// What is wrong in the profile itself; nothing for a profile that can be used.
    public func check() -> [ProfileProblem] {
        var problems: [ProfileProblem] = []
        switch format {
        case .csv(let dialect): problems += dialect.problems() + headerProblems(dialect) + mappingProblems()
        case .fixed(let layout): problems += layout.problems() + positionProblems(layout) + mappingProblems()
        case .jsonLines: problems += memberProblems() + mappingProblems()
        case .json(let layout): problems += layout.problems() + memberProblems() + mappingProblems()
        case .xml(let layout): problems += layout.problems() + memberProblems() + mappingProblems()
        case .ivi:
            if !mapping.isEmpty || !ignoredColumns.isEmpty {
                problems.append(.init(.setting("format"), "a ready IVI message has no columns to map or to ignore"))
            }
        }
        problems += constantProblems()
        if min(limits.fileBytes, limits.rowBytes, limits.messageBytes, limits.columns) < 1 || limits.rowBytes > 1 << 30 {
            problems.append(.init(.limits, "every limit is at least 1, and a row at most 1 GiB"))
        }
        return problems
    }

    /// The constants at their places. Constants whose path is unknown are left out; `check()` names them.
    func constantValues() -> FieldValues {
        FieldValues(
            constants.compactMap { constant in
                (try? FieldPath.parse(constant.path)).map { Field($0, constant.value, .constant) }
            })
    }

    private func headerProblems(_ dialect: CSVDialect) -> [ProfileProblem] {
        var problems: [ProfileProblem] = []
        for (index, rule) in mapping.enumerated() {
            guard case .positions(let range) = rule.column else { continue }
            let place = "mapping for positions \(range.lowerBound)-\(range.upperBound)"
            problems.append(.init(.column(index), "\(place): columns have positions in fixed text only"))
        }
        guard !dialect.hasHeader else { return problems }
        if mapping.isEmpty {
            problems.append(.init(.setting("header"), "without a header, the mapping must say by number which columns are read"))
        }
        for (index, rule) in mapping.enumerated() {
            guard case .name(let name) = rule.column else { continue }
            problems.append(.init(.column(index), "mapping for column '\(name)': without a header, columns are known by number only"))
        }
        return problems
    }

    /// Values that have names are known by nothing else.
    private func memberProblems() -> [ProfileProblem] {
        mapping.enumerated().compactMap { index, rule in
            if case .name = rule.column { return nil }
            return .init(.column(index), "mapping for \(rule.column): here values are known by name only")
        }
    }

    private func positionProblems(_ layout: FixedLayout) -> [ProfileProblem] {
        var problems: [ProfileProblem] = []
        if mapping.isEmpty {
            problems.append(.init(.setting("format"), "in fixed text, the mapping must say by their positions which columns are read"))
        }
        if !ignoredColumns.isEmpty {
            problems.append(
                .init(.setting("ignored-columns"), "in fixed text, what isn't mapped isn't read: there is nothing to ignore"))
        }
        var taken: [ClosedRange<Int>] = []
        for (index, rule) in mapping.enumerated() {
            func add(_ message: String) { problems.append(.init(.column(index), "mapping for \(message)")) }
            guard case .positions(let range) = rule.column else {
                add("column \(rule.column): in fixed text, columns are known by their positions only")
                continue
            }
            let length = layout.recordLength ?? limits.rowBytes
            if range.lowerBound < 1 || range.upperBound > length {
                add("\(rule.column): they lie outside a record, which has 1 to \(length)")
            }
            for other in taken where other != range && other.overlaps(range) {
                add("\(rule.column): they overlap with \(other.lowerBound)-\(other.upperBound)")
            }
            taken.append(range)
        }
        return problems
    }

    private func mappingProblems() -> [ProfileProblem] {
        var problems: [ProfileProblem] = []
        var columns: Set<String> = []
        var targets: [FieldKey: ColumnRule.Column] = [:]
        for (index, rule) in mapping.enumerated() {
            func add(_ message: String) { problems.append(.init(.column(index), "mapping for column \(rule.column): \(message)")) }
            if case .number(..<1) = rule.column { add("columns are numbered from 1") }
            if case .name(let name) = rule.column, ignoredColumns.contains(name) { add("it is also ignored") }
            if !columns.insert(rule.column.description).inserted { add("the column is mapped twice") }
            targetProblems(rule, &targets).forEach(add)
        }
        problems += generalProblems(defaultConversion).map { .init(.setting("column"), "conversion of all columns: \($0)") }
        return problems
    }

    private func targetProblems(_ rule: ColumnRule, _ targets: inout [FieldKey: ColumnRule.Column]) -> [String] {
        let catalogue = Catalogue.initialVehicleInformation
        let key: FieldKey
        do {
            key = try FieldPath.parse(rule.target, in: catalogue)
        } catch {
            let nearest = NearestName.ofPath(rule.target, in: catalogue).map { "; the nearest is \($0)" } ?? ""
            return ["\(error)\(nearest)"]
        }
        var problems: [String] = []
        if let other = targets.updateValue(rule.column, forKey: key) {
            problems.append("\(rule.target) is already given by column \(other)")
        }
        let element = key.resolve(in: catalogue).element
        guard let type = element.simpleType else { return problems }
        let general = generalProblems(rule.conversion)
        if general.isEmpty {
            do { _ = try CellConversion(rule.conversion, for: type) } catch { problems.append(error.reason) }
        }
        return problems + general + misfits(rule.conversion, element, type)
    }

    /// Settings of the rule's own that can't apply to the element. Inherited ones apply where they can.
    private func misfits(_ conversion: ValueConversion, _ element: Element, _ type: SimpleType) -> [String] {
        var problems: [String] = []
        let isDate = type.form == .date || type.form == .dateTime
        if !isDate, let form = conversion.dateForm, form != defaultConversion.dateForm {
            problems.append("a date form has no use for \(element.name), which is no date")
        }
        let isNumber: Bool
        switch type.form {
        case .decimal, .integer: isNumber = true
        default: isNumber = false
        }
        if !isNumber, let factor = conversion.factor, factor != defaultConversion.factor {
            problems.append("a factor has no use for \(element.name), which is no number")
        }
        return problems
    }

    /// What is wrong with a conversion whatever the element.
    private func generalProblems(_ conversion: ValueConversion) -> [String] {
        var problems: [String] = []
        if let separator = conversion.thousandsSeparator {
            if separator == (conversion.decimalComma ? "," : ".") {
                problems.append("the thousands separator '\(separator)' is also the decimal sign")
            }
            if "0"..."9" ~= separator || separator == "-" || separator == "+" {
                problems.append("'\(separator)' can't separate thousands")
            }
        }
        if let form = conversion.dateForm {
            do { _ = try DateForm(form) } catch { problems.append("the date form '\(form)' can't be used: \(error.reason)") }
        }
        if let factor = conversion.factor, (try? DecimalNumber(factor))?.isZero ?? true {
            problems.append("the factor '\(factor)' is no decimal number other than zero, such as 0.001")
        }
        return problems
    }

    private func constantProblems() -> [ProfileProblem] {
        var problems: [ProfileProblem] = []
        var seen: Set<FieldKey> = []
        for constant in constants {
            func add(_ message: String) {
                problems.append(.init(.constant(constant.path), "constant '\(constant.path)': \(message)"))
            }
            do {
                let key = try FieldPath.parse(constant.path)
                if !seen.insert(key).inserted { add("it is given twice") }
            } catch {
                add(error.reason)
            }
            if constant.value.isEmpty { add("its value is empty") }
        }
        return problems
    }
}

extension CSVDialect {
    fileprivate func problems() -> [ProfileProblem] {
        var problems: [ProfileProblem] = []
        if [0, 0x0A, 0x0D].contains(delimiter.value) {
            problems.append(.init(.setting("delimiter"), "the delimiter can't be a line end or NUL"))
        }
        if let quote {
            if quote == delimiter { problems.append(.init(.setting("quote"), "delimiter and quote are the same character")) }
            if !quote.isASCII || [0, 0x0A, 0x0D].contains(quote.value) {
                problems.append(.init(.setting("quote"), "the quote must be one ASCII character, and no line end or NUL"))
            }
        }
        return problems
    }
}

extension FixedLayout {
    fileprivate func problems() -> [ProfileProblem] {
        var problems: [ProfileProblem] = []
        if !(0...1_000 ~= headerLines) { problems.append(.init(.setting("header-lines"), "'header-lines' must lie between 0 and 1000")) }
        if let recordLength, recordLength < 1 { problems.append(.init(.setting("record-length"), "'record-length' must be at least 1")) }
        if let trailer, trailer.isEmpty || trailer.contains(where: \.isNewline) {
            problems.append(.init(.setting("trailer"), "'trailer' must be the beginning of a line"))
        }
        return problems
    }
}

extension JSONLayout {
    fileprivate func problems() -> [ProfileProblem] {
        records.contains { $0.unicodeScalars.contains { $0.value < 0x20 || $0 == "\"" || $0 == "\\" } }
            ? [.init(.setting("records"), "'records' must be names without control characters, quotes and backslashes")] : []
    }
}

extension XMLLayout {
    fileprivate func problems() -> [ProfileProblem] {
        let isName = !record.utf8.contains(0) && xmlValidateNCName(record, 0) == 0
        return isName ? [] : [.init(.setting("record"), "'record' must be the name of an element, without prefix, such as \"vehicle\"")]
    }
}
