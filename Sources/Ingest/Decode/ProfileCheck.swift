import CXML
import Certificate

extension Profile {
    /// What is wrong in the profile itself: a clause without full stop for each problem, none for a profile that can be used.
    public func check() -> [String] {
        var problems: [String] = []
        switch format {
        case .csv(let dialect): problems += dialect.problems() + headerProblems(dialect) + mappingProblems()
        case .fixed(let layout): problems += layout.problems() + positionProblems(layout) + mappingProblems()
        case .jsonLines: problems += memberProblems() + mappingProblems()
        case .json(let layout): problems += layout.problems() + memberProblems() + mappingProblems()
        case .xml(let layout): problems += layout.problems() + memberProblems() + mappingProblems()
        case .ivi:
            if !mapping.isEmpty || !ignoredColumns.isEmpty { problems.append("a ready IVI message has no columns to map or to ignore") }
        }
        problems += constantProblems()
        if min(limits.fileBytes, limits.rowBytes, limits.messageBytes, limits.columns) < 1 || limits.rowBytes > 1 << 30 {
            problems.append("every limit is at least 1, and a row at most 1 GiB")
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

    private func headerProblems(_ dialect: CSVDialect) -> [String] {
        var problems: [String] = []
        for case .positions(let range) in mapping.map(\.column) {
            problems.append("mapping for positions \(range.lowerBound)-\(range.upperBound): columns have positions in fixed text only")
        }
        guard !dialect.hasHeader else { return problems }
        if mapping.isEmpty { problems.append("without a header, the mapping must say by number which columns are read") }
        for case .name(let name) in mapping.map(\.column) {
            problems.append("mapping for column '\(name)': without a header, columns are known by number only")
        }
        return problems
    }

    /// Values that have names are known by nothing else.
    private func memberProblems() -> [String] {
        mapping.compactMap { rule in
            if case .name = rule.column { nil } else { "mapping for \(rule.column): here values are known by name only" }
        }
    }

    private func positionProblems(_ layout: FixedLayout) -> [String] {
        var problems: [String] = []
        if mapping.isEmpty { problems.append("in fixed text, the mapping must say by their positions which columns are read") }
        if !ignoredColumns.isEmpty { problems.append("in fixed text, what isn't mapped isn't read: there is nothing to ignore") }
        var taken: [ClosedRange<Int>] = []
        for rule in mapping {
            guard case .positions(let range) = rule.column else {
                problems.append("mapping for column \(rule.column): in fixed text, columns are known by their positions only")
                continue
            }
            let length = layout.recordLength ?? limits.rowBytes
            if range.lowerBound < 1 || range.upperBound > length {
                problems.append("mapping for \(rule.column): they lie outside a record, which has 1 to \(length)")
            }
            for other in taken where other != range && other.overlaps(range) {
                problems.append("mapping for \(rule.column): they overlap with \(other.lowerBound)-\(other.upperBound)")
            }
            taken.append(range)
        }
        return problems
    }

    private func mappingProblems() -> [String] {
        var problems: [String] = []
        var columns: Set<String> = []
        var targets: [FieldKey: ColumnRule.Column] = [:]
        for rule in mapping {
            let place = "mapping for column \(rule.column)"
            if case .number(..<1) = rule.column { problems.append("\(place): columns are numbered from 1") }
            if case .name(let name) = rule.column, ignoredColumns.contains(name) { problems.append("\(place): it is also ignored") }
            if !columns.insert(rule.column.description).inserted { problems.append("\(place): the column is mapped twice") }
            problems += targetProblems(rule, &targets).map { "\(place): \($0)" }
        }
        problems += generalProblems(defaultConversion).map { "conversion of all columns: \($0)" }
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

    private func constantProblems() -> [String] {
        var problems: [String] = []
        var seen: Set<FieldKey> = []
        for constant in constants {
            do {
                let key = try FieldPath.parse(constant.path)
                if !seen.insert(key).inserted { problems.append("constant '\(constant.path)': it is given twice") }
            } catch {
                problems.append("constant '\(constant.path)': \(error.reason)")
            }
            if constant.value.isEmpty { problems.append("constant '\(constant.path)': its value is empty") }
        }
        return problems
    }
}

extension CSVDialect {
    fileprivate func problems() -> [String] {
        var problems: [String] = []
        if [0, 0x0A, 0x0D].contains(delimiter.value) { problems.append("the delimiter can't be a line end or NUL") }
        if let quote {
            if quote == delimiter { problems.append("delimiter and quote are the same character") }
            if !quote.isASCII || [0, 0x0A, 0x0D].contains(quote.value) {
                problems.append("the quote must be one ASCII character, and no line end or NUL")
            }
        }
        return problems
    }
}

extension FixedLayout {
    fileprivate func problems() -> [String] {
        var problems: [String] = []
        if !(0...1_000 ~= headerLines) { problems.append("'header-lines' must lie between 0 and 1000") }
        if let recordLength, recordLength < 1 { problems.append("'record-length' must be at least 1") }
        if let trailer, trailer.isEmpty || trailer.contains(where: \.isNewline) {
            problems.append("'trailer' must be the beginning of a line")
        }
        return problems
    }
}

extension JSONLayout {
    fileprivate func problems() -> [String] {
        records.contains { $0.unicodeScalars.contains { $0.value < 0x20 || $0 == "\"" || $0 == "\\" } }
            ? ["'records' must be names without control characters, quotes and backslashes"] : []
    }
}

extension XMLLayout {
    fileprivate func problems() -> [String] {
        let isName = !record.utf8.contains(0) && xmlValidateNCName(record, 0) == 0
        return isName ? [] : ["'record' must be the name of an element, without prefix, such as \"vehicle\""]
    }
}
