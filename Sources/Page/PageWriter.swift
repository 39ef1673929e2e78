import Certificate

/// Writes one page: head, then the sections with their rows and tables.
struct PageWriter {
    private var page: [UInt8] = []
    private let values: PageValues
    private let words: PageVocabulary
    private let plan = PagePlan.initialVehicleInformation
    /// Whether the vehicle's certificate is known to have these numbers.
    private let hasItems: Bool
    private var openSection: PageSection?
    private var isRowTableOpen = false
    private var lastItem: [UInt8] = []

    init(_ fields: FieldValues, _ words: PageVocabulary, hasItems: Bool) {
        self.words = words
        self.hasItems = hasItems
        values = PageValues(fields.fields)
        page.reserveCapacity(8192 + fields.count * 160)
    }

    mutating func writeHead(vin: String, isDuplicate: Bool, _ source: CertificatePage.Source) {
        let kind = words.frame.kind(isDuplicate: isDuplicate, isDraft: source.isDraft)
        words.frame.appendStart(vin: vin, kind: kind, to: &page)
        write(hasItems ? "<body>" : "<body class=\"u\">")
        write("<div class=\"k\(isDuplicate || source.isDraft ? " d" : "")\">")
        PageText.append(kind, to: &page)
        write("</div><h1>")
        page += words.frame.title
        write("</h1><p class=\"v\">")
        PageText.append(vin, to: &page)
        write("</p><p class=\"n\">")
        page += source.isDraft ? words.frame.draftNotice : source.sealSubject == nil ? words.frame.unsealed : words.frame.notice
        write("</p>")
    }

    /// What the message holds, in reading order, with digest and seal at the end of its own data.
    mutating func writeSections(_ source: CertificatePage.Source) {
        var rest = values.entries[...]
        while let entry = rest.first {
            let section = values.section(of: entry)
            if section == .message, openSection != .message { writeUnnamedGroups() }
            if openSection != section { enter(section) }
            if let table = values.table(of: entry) {
                let end = rest.firstIndex { values.table(of: $0) != table || values.section(of: $0) != section } ?? rest.endIndex
                writeTable(Array(rest[..<end]), table)
                rest = rest[end...]
            } else {
                writeRow(values.field(of: entry))
                rest.removeFirst()
            }
        }
        if openSection != .message { writeUnnamedGroups() }
        writeSource(source)
    }

    consuming func finish() -> [UInt8] {
        closeSection()
        page += Array("</body></html>\n".utf8)
        return page
    }

    private mutating func write(_ text: StaticString) {
        text.withUTF8Buffer { page.append(contentsOf: $0) }
    }

    private mutating func write(_ text: String) { page.append(contentsOf: text.utf8) }
}

// MARK: - Rows

extension PageWriter {
    private mutating func enter(_ section: PageSection) {
        closeSection()
        openSection = section
        write(section.staysTogether ? "<section class=\"t\"><h2>" : "<section><h2>")
        page += words.sectionTitle[section] ?? []
        write("</h2>")
    }

    private mutating func closeSection() {
        guard openSection != nil else { return }
        closeRows()
        write("</section>")
    }

    private mutating func openRows() {
        guard !isRowTableOpen else { return }
        isRowTableOpen = true
        lastItem = []
        write("<table>")
    }

    private mutating func closeRows() {
        guard isRowTableOpen else { return }
        isRowTableOpen = false
        write("</table>")
    }

    private mutating func writeRow(_ field: PageValues.Entry) {
        openRows()
        startRow(words.item[field.element], words.label[field.element])
        writeCell(field)
        write("</tr>")
    }

    /// Item and label; the item only where it changes.
    private mutating func startRow(_ item: [UInt8], _ label: [UInt8]) {
        write("<tr><td>")
        if hasItems, lastItem != item { page += item }
        lastItem = item
        write("</td><td>")
        page += label
        write("</td>")
    }

    private mutating func writeCell(_ field: PageValues.Entry) {
        write(field.value.isEmpty ? "<td class=\"e\">" : "<td>")
        writeValue(field)
        write("</td>")
    }

    /// The value as people read it, or that there is none.
    private mutating func writeValue(_ field: PageValues.Entry) {
        guard !field.value.isEmpty else {
            page += words.frame.empty
            return
        }
        words.append(field.value, of: field.element, exponent: field.exponent, to: &page)
        if plan.hasUnitByFuel[field.element] { page += words.unit(byFuel: values.fuel(of: field)) }
    }

    private mutating func writeSource(_ source: CertificatePage.Source) {
        guard let sha256 = source.sha256 else { return }
        if openSection != .message { enter(.message) }
        openRows()
        startRow([], words.frame.digest)
        write("<td class=\"x\">")
        PageText.append(sha256, to: &page)
        write("</td></tr>")
        guard let subject = source.sealSubject else { return }
        startRow([], words.frame.seal)
        write("<td>")
        PageText.append(subject, to: &page)
        write("</td></tr>")
    }

    /// Numbers of groups that hold nothing else: no table named them.
    private mutating func writeUnnamedGroups() {
        for field in values.namesNotShown() {
            if openSection != .further { enter(.further) }
            writeRow(field)
        }
    }
}

// MARK: - Tables

extension PageWriter {
    /// A row for each value and a column for each group; groups that don't fit the width go on in another table below.
    private mutating func writeTable(_ entries: [UInt64], _ group: Int) {
        let cells = entries.map { values.cell($0, group) }
        if let parts = plan.parts[group] { return writeParts(cells, group, parts) }
        if cells.allSatisfy({ $0.field.element == cells[0].field.element }) { return writeList(cells, group) }
        closeRows()
        let columns = Set(cells.map(\.place)).sorted()
        let longest = cells.reduce(0) { max($0, $1.field.value.utf8.count) }
        let most = longest > 60 ? 2 : longest > 24 ? 3 : 4
        let tables = (columns.count + most - 1) / most
        for number in 0..<tables {
            let part = columns[columns.count * number / tables..<columns.count * (number + 1) / tables]
            let range = columns[part.startIndex]...columns[part.endIndex - 1]
            writeTable(cells.filter { range.contains($0.place) }, Array(part), group)
        }
    }

    /// One value of several groups: one row, each value behind what tells its group from the others, unless that is a number alone.
    private mutating func writeList(_ cells: [PageValues.Cell], _ group: Int) {
        openRows()
        let element = cells[0].field.element
        startRow(words.item[element], words.label[element])
        write("<td>")
        let isLong = cells.contains { $0.field.value.utf8.count > 24 }
        for (number, cell) in cells.enumerated() {
            if number > 0, !isLong { write(" · ") }
            write(isLong ? "<span class=\"l\">" : "<span>")
            // A code that names its own group needs no name.
            let levels = values.levels(of: group, cell.place).filter { $0.name?.element != element }
            if levels.contains(where: { $0.group != group || $0.name != nil }) {
                write("<b>")
                writeName(levels)
                write("</b> ")
            }
            writeValue(cell.field)
            write("</span>")
        }
        write("</td></tr>")
    }

    /// Each value in a row of its own, with the item and the label that the codes of its groups give it.
    private mutating func writeParts(_ cells: [PageValues.Cell], _ group: Int, _ parts: PagePlan.Parts) {
        openRows()
        let rows = cells.enumerated().map { position, cell in
            let codes = values.codes(of: group, cell.place, parts)
            let item = cell.field.element == parts.element ? parts.item(codes.map(\.value)) : nil
            return (
                cell: cell, codes: codes, number: item?.number ?? words.item[cell.field.element],
                order: (item?.order ?? plan.order[cell.field.element]) + [position - cells.count]
            )
        }
        let surroundings = Set(cells.compactMap { values.surroundings(of: group, $0.place, parts)?.place })
        for row in rows.sorted(by: { $0.order.lexicographicallyPrecedes($1.order) }) {
            var label = words.label[row.cell.field.element]
            for (number, code) in row.codes.enumerated() {
                label += Array((number == 0 ? ": " : ", ").utf8)
                words.append(code.value, of: code.element, to: &label)
            }
            startRow(row.number, label)
            if surroundings.count > 1, let around = values.surroundings(of: group, row.cell.place, parts) {
                write("<td><b>")
                writeName(values.levels(of: around.group, around.place))
                write("</b> ")
                writeValue(row.cell.field)
                write("</td>")
            } else {
                writeCell(row.cell.field)
            }
            write("</tr>")
        }
    }

    private mutating func writeTable(_ cells: [PageValues.Cell], _ columns: [UInt64], _ group: Int) {
        // A short table isn't torn between two pages.
        let isShort = Set(cells.map(\.field.element)).count <= 10
        write("<table class=\"m c\(columns.count)\(isShort ? " t" : "")\"><thead><tr><th></th><th></th>")
        for column in columns {
            write("<th>")
            writeName(values.levels(of: group, column))
            write("</th>")
        }
        write("</tr></thead><tbody>")
        lastItem = []
        var next = cells.startIndex
        while next < cells.endIndex {
            let element = cells[next].field.element
            startRow(words.item[element], words.label[element])
            for column in columns {
                if next < cells.endIndex, cells[next].field.element == element, cells[next].place == column {
                    writeCell(cells[next].field)
                    next += 1
                } else {
                    write("<td></td>")
                }
            }
            write("</tr>")
        }
        write("</tbody></table>")
    }

    /// `Axle 2 · Tyre/wheel 1`: each level of which there are several, by what its group says of itself.
    private mutating func writeName(_ levels: [PageValues.Level]) {
        var isFirst = true
        for level in levels {
            if !isFirst { write(" · ") }
            isFirst = false
            if let name = level.name, level.isCode {
                words.append(name.value, of: name.element, to: &page)
            } else {
                page += words.group[level.group]
                write(" ")
                if let name = level.name { PageText.append(name.value, to: &page) } else { write(String(level.number)) }
            }
        }
    }
}
