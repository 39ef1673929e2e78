import Certificate

/// Writes one page: head, then the sections with their rows and tables.
struct PageWriter {
    private var page: [UInt8] = []
    private let values: PageValues
    private let words: PageVocabulary
    private var openSection: PageSection?
    private var isRowTableOpen = false
    private var lastItem = -1

    init(_ fields: FieldValues, _ words: PageVocabulary) {
        self.words = words
        values = PageValues(fields.fields)
        page.reserveCapacity(6144 + fields.count * 160)
    }

    mutating func writeHead(vin: String, isDuplicate: Bool, _ source: CertificatePage.Source) {
        let isDraft = source.sha256 == nil
        page += words.frame.start
        PageText.append(vin, to: &page)
        write("</title></head><body><div class=\"k\(isDuplicate || isDraft ? " d" : "")\">")
        if isDraft {
            page += words.frame.draft
            write(" · ")
        }
        if isDuplicate {
            page += words.frame.duplicate
            write(" · ")
        }
        page += words.frame.readingCopy
        write("</div><h1>")
        page += words.frame.title
        write("</h1><p class=\"v\">")
        PageText.append(vin, to: &page)
        write("</p><p class=\"n\">")
        page += isDraft ? words.frame.draftNotice : source.sealSubject == nil ? words.frame.unsealed : words.frame.notice
        write("</p>")
    }

    /// What the message holds, in reading order, with digest and seal at the end of its own data.
    mutating func writeSections(_ source: CertificatePage.Source) {
        var isSourceWritten = false
        var rest = values.entries[...]
        while let entry = rest.first {
            let section = values.section(of: entry)
            if section.isOnSecondPage, !isSourceWritten {
                isSourceWritten = true
                writeSource(source)
            }
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
        if !isSourceWritten { writeSource(source) }
        writeUnnamedGroups()
    }

    consuming func finish() -> [UInt8] {
        closeRows()
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
        closeRows()
        if section.isOnSecondPage, openSection?.isOnSecondPage != true { write("<div class=\"b\"></div>") }
        openSection = section
        write("<h2>")
        page += words.sectionTitle[section] ?? []
        write("</h2>")
    }

    private mutating func openRows() {
        guard !isRowTableOpen else { return }
        isRowTableOpen = true
        lastItem = -1
        write("<table>")
    }

    private mutating func closeRows() {
        guard isRowTableOpen else { return }
        isRowTableOpen = false
        write("</table>")
    }

    private mutating func writeRow(_ field: PageValues.Entry) {
        openRows()
        startRow(field.element)
        write("<td>")
        words.append(field.value, of: field.element, to: &page)
        write("</td></tr>")
    }

    /// Item and label; the item only where it changes.
    private mutating func startRow(_ element: Int) {
        write("<tr><td>")
        if lastItem < 0 || words.item[lastItem] != words.item[element] { page += words.item[element] }
        lastItem = element
        write("</td><td>")
        page += words.label[element]
        write("</td>")
    }

    private mutating func writeSource(_ source: CertificatePage.Source) {
        guard let sha256 = source.sha256 else { return }
        if openSection != .message { enter(.message) }
        openRows()
        write("<tr><td></td><td>")
        page += words.frame.digest
        write("</td><td class=\"x\">")
        PageText.append(sha256, to: &page)
        write("</td></tr>")
        guard let subject = source.sealSubject else { return }
        write("<tr><td></td><td>")
        page += words.frame.seal
        write("</td><td>")
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
    /// A row for each value and a column for each group; groups that don't fit the paper's width go on in another table below.
    private mutating func writeTable(_ entries: [UInt64], _ group: Int) {
        closeRows()
        let cells = entries.map { values.cell($0, group) }
        let columns = Set(cells.map(\.place)).sorted()
        let longest = cells.reduce(0) { max($0, $1.field.value.utf8.count) }
        if columns.count > (longest > 12 ? 2 : 4), cells.allSatisfy({ $0.field.element == cells[0].field.element }) {
            return writeList(cells, group)
        }
        let width = longest > 60 ? 2 : longest > 24 ? 3 : longest > 12 ? 4 : 6
        var start = 0
        while start < columns.count {
            let part = columns[start..<min(start + width, columns.count)]
            let range = columns[part.startIndex]...columns[part.endIndex - 1]
            writeTable(cells.filter { range.contains($0.place) }, Array(part), group)
            start += width
        }
    }

    /// One value of many groups: a row for each group, behind what tells it from the others, unless that is its number alone.
    private mutating func writeList(_ cells: [PageValues.Cell], _ group: Int) {
        openRows()
        for cell in cells {
            startRow(cell.field.element)
            write("<td>")
            if values.levels(of: group, cell.place).contains(where: { $0.group != group || $0.name != nil }) {
                write("<b>")
                writeName(of: group, cell.place)
                write("</b> ")
            }
            words.append(cell.field.value, of: cell.field.element, to: &page)
            write("</td></tr>")
        }
    }

    private mutating func writeTable(_ cells: [PageValues.Cell], _ columns: [UInt64], _ group: Int) {
        write("<table class=\"m\"><thead><tr><th></th><th></th>")
        for column in columns {
            write("<th>")
            writeName(of: group, column)
            write("</th>")
        }
        write("</tr></thead>")
        lastItem = -1
        var next = cells.startIndex
        while next < cells.endIndex {
            let element = cells[next].field.element
            startRow(element)
            for column in columns {
                write("<td>")
                if next < cells.endIndex, cells[next].field.element == element, cells[next].place == column {
                    words.append(cells[next].field.value, of: element, to: &page)
                    next += 1
                }
                write("</td>")
            }
            write("</tr>")
        }
        write("</table>")
    }

    /// `Axle 2 · Tyre/wheel 1`: each level of which there are several, by what its group says of itself.
    private mutating func writeName(of group: Int, _ place: UInt64) {
        var isFirst = true
        for level in values.levels(of: group, place) {
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

extension PageSection {
    fileprivate var isOnSecondPage: Bool {
        switch self {
        case .message, .general, .approval, .signature: false
        default: true
        }
    }
}
