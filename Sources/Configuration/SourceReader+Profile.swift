import Ingest
import TOML

extension SourceReader {
    func profile(_ limit: Int) -> Profile {
        let before = table.faults.count
        let format = format()
        let columns = table.tables("column")
        let constants = table.map("constants")
        let ignored = table.texts("ignored-columns") ?? []
        let rules = columns.map(rule)
        let profile = Profile(
            format: format ?? .jsonLines, encoding: table.choice("encoding", default: .utf8),
            lastLineEnd: table.choice("last-line-end", default: .required), mapping: rules.compactMap(\.self),
            constants: constants.sorted { $0.key < $1.key }.map { Profile.Constant(path: $0.key, value: $0.value) },
            ignoredColumns: ignored.map(\.text), limits: Profile.Limits(fileBytes: limit))
        // What the mapping as a whole lacks can only be told where each part of it was read.
        guard format != nil, table.faults.count == before else { return profile }
        for problem in profile.check() { tell(problem, columns, constants) }
        return profile
    }

    /// At the setting that has the problem.
    private func tell(
        _ problem: ProfileProblem, _ columns: [SettingsTable], _ constants: [(key: String, value: String, position: TOMLPosition)]
    ) {
        let remedy = "Mend the mapping; docs/catalogue.md lists the paths."
        switch problem.part {
        case .column(let index): columns[index].fault(problem.message, remedy)
        case .constant(let path):
            if let constant = constants.first(where: { $0.key == path }) {
                table.fault(at: constant.position, problem.message, remedy)
            } else {
                table.fault(problem.message, remedy)
            }
        case .setting(let key):
            let parts = ["csv", "fixed", "json", "xml"].compactMap { table.isSet($0) ? table.table($0) : nil }
            (parts.first { $0.isSet(key) } ?? table).fault(at: key, problem.message, remedy)
        case .limits: table.fault(at: "maximum-file-bytes", problem.message, remedy)
        }
    }

    private func format() -> Profile.Format? {
        let (csv, fixed, json, xml) = (table.table("csv"), table.table("fixed"), table.table("json"), table.table("xml"))
        let existing = table.choice("existing-signature", default: Profile.ExistingSignature.reject)
        let dialect = dialect(csv)
        let layout = FixedLayout(
            headerLines: fixed?.number("header-lines", 0...1000, "Count the lines before the first record.") ?? 0,
            trailer: fixed?.text("trailer"), recordLength: fixed?.number("record-length", 1...Int.max, "Count a record's characters."))
        let records = json?.texts("records")?.map(\.text) ?? []
        let record = xml?.text("record")
        for part in [csv, fixed, json, xml] { part?.finish() }
        switch table.requiredText("format") {
        case "csv": return .csv(dialect)
        case "fixed": return .fixed(layout)
        case "json": return .json(JSONLayout(records: records))
        case "jsonl": return .jsonLines
        case "xml":
            guard let record else {
                let remedy = "Name the element that is one vehicle: record = \"vehicle\"."
                let message = "a source of xml needs 'record' in [xml]"
                if let xml { xml.fault(message, remedy) } else { table.fault(at: "format", message, remedy) }
                return nil
            }
            return .xml(XMLLayout(record: record))
        case "ivi": return .ivi(existingSignature: existing)
        case "": return nil
        case let other:
            table.fault(
                at: "format", "'format = \"\(other)\"' is unknown", "Use \"csv\", \"fixed\", \"json\", \"jsonl\", \"xml\" or \"ivi\".")
            return nil
        }
    }

    private func dialect(_ settings: SettingsTable?) -> CSVDialect {
        var dialect = CSVDialect()
        guard let settings else { return dialect }
        if let delimiter = settings.character("delimiter") { dialect.delimiter = delimiter }
        if settings.isEmptyText("quote") {
            _ = settings.text("quote")
            dialect.quote = nil
        } else if let quote = settings.character("quote") {
            dialect.quote = quote
        }
        dialect.hasHeader = settings.flag("header") ?? true
        return dialect
    }

    /// - Returns: nil when something is wrong; the faults say what.
    private func rule(_ column: SettingsTable) -> ColumnRule? {
        let before = column.faults.count
        let (name, number) = (column.text("name"), column.number("number", 1...Int.max, "Columns are numbered from 1."))
        let positions = 1...1_000_000
        let remedy = "Count the characters from 1."
        let (from, length) = (column.number("from", positions, remedy), column.number("length", positions, remedy))
        let path = column.requiredText("path")
        let conversion = conversion(column)
        column.finish()
        guard column.faults.count == before else { return nil }
        switch (name, number, from, length) {
        case (let name?, nil, nil, nil): return ColumnRule(column: .name(name), target: path, conversion: conversion)
        case (nil, let number?, nil, nil): return ColumnRule(column: .number(number), target: path, conversion: conversion)
        case (nil, nil, let from?, let length?):
            return ColumnRule(column: .positions(from...from + length - 1), target: path, conversion: conversion)
        default:
            column.fault(
                "the [[column]] for '\(path)' needs 'name', or 'number', or 'from' and 'length', both from 1",
                "Give exactly one of the three.")
            return nil
        }
    }

    private func conversion(_ column: SettingsTable) -> ValueConversion {
        ValueConversion(
            trim: column.flag("trim") ?? true, missing: column.texts("missing")?.map(\.text) ?? [],
            codes: Dictionary(column.map("codes").map { ($0.key, $0.value) }) { first, _ in first },
            uppercase: column.flag("uppercase") ?? false, decimalComma: column.flag("decimal-comma") ?? false,
            thousandsSeparator: column.character("thousands"), factor: column.text("factor"), dateForm: column.text("date"))
    }
}
