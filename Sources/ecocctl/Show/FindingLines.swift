import Certificate
import Pipeline

/// One finding, or one that is the same in several rows, as people and programs get it told.
struct FindingLines: Encodable {
    var rule, severity: String
    /// How often; 1 for a finding about the whole file.
    var count: Int
    /// The first rows.
    var rows: [Int]
    /// The first row, and the VIN in it.
    var row: Int?
    var vin: String?
    /// The words or the value differ from row to row: those here are the first row's.
    var varied: Bool?
    var column, element, item, value: String?
    var message, remedy: String
    var changed: Changed?

    struct Changed: Encodable { var from, reason, by: String }

    init(_ group: FindingGroups.Group) {
        self.init(group.finding, vin: group.vin)
        (count, rows, varied) = (group.count, group.rows, group.isVaried ? true : nil)
    }

    init(_ finding: Finding, vin: String?) {
        (rule, severity, row, self.vin, column) = (finding.rule, finding.severity.rawValue, finding.row, vin, finding.column)
        (element, item, value, message, remedy) = (finding.element, finding.item, finding.value, finding.messageWithChange, finding.remedy)
        changed = finding.change.map { Changed(from: $0.from.rawValue, reason: $0.reason, by: $0.decidedBy) }
        (count, rows) = (1, finding.row.map { [$0] } ?? [])
    }

    /// A line that says what and where, and below it, further in, what is wrong and what to do.
    func show() {
        Console.text("\(severity) \(rule)\(place)", rest: "    ")
        if !subject.isEmpty {
            Console.text("\(subject)\(varied == true ? " (in the first of these rows)" : "")", first: "  ", rest: "    ")
        }
        Console.text(message, first: "  ", rest: "  ")
        if !["", "Nothing to do."].contains(remedy) { Console.text("What to do: \(remedy)", first: "  ", rest: "  ") }
    }

    private var place: String {
        guard let first = rows.first else { return ", the file" }
        guard count > 1 else { return ", row \(first)" }
        let more = count > rows.count ? " and \(count - rows.count) more" : ""
        return ", \(count) rows: \(rows.map(String.init).joined(separator: ", "))\(more)"
    }

    private var subject: String {
        let name = column.map { "column \($0)" } ?? element.map { "element \($0)" }
        let value = value.map { "value '\($0.count > 60 ? $0.prefix(60) + "…" : $0[...])'" }
        return [name, value].compactMap(\.self).joined(separator: ", ")
    }
}
