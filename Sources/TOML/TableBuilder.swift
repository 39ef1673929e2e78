/// A table while the file is read: it knows by what it was defined, which decides what may still be added.
///
/// The rules are those of TOML 1.0, "Table", "Inline Table" and "Array of Tables": nothing is defined twice. A class, because headers come back
/// to tables that lie deep inside others. It lives in one reader, on one thread.
final class TableBuilder {
    enum Origin {
        /// It was named on the way to another table, and may still be defined by a header of its own.
        case implicit
        /// `[name]`, an element of `[[name]]`, or the file itself.
        case header
        /// The front part of a dotted key. A header may lead through it, but not define it again.
        case dotted
    }

    private enum Slot {
        /// Complete: nothing can be added to it any more.
        case value(TOMLValue)
        case table(TableBuilder)
        case tables(TableArray)
    }

    private final class TableArray {
        let position: TOMLPosition
        var elements: [TableBuilder]

        init(_ element: TableBuilder) {
            position = element.position
            elements = [element]
        }
    }

    private(set) var origin: Origin
    /// Where it was defined first.
    private var position: TOMLPosition
    private var keys: [TOMLKey] = []
    private var slots: [Slot] = []
    private var indexes: [[UInt8]: Int] = [:]

    init(_ origin: Origin, at position: TOMLPosition) {
        self.origin = origin
        self.position = position
    }

    // MARK: Headers

    /// `[path]`
    func table(_ path: [TOMLKey]) throws(TOMLFault) -> TableBuilder {
        guard let last = path.last else { return self }
        let parent = try parentTable(path.dropLast())
        switch parent.slot(last) {
        case nil: return parent.insert(last, TableBuilder(.header, at: last.position))
        case .table(let table) where table.origin == .implicit:
            table.origin = .header
            table.position = last.position
            return table
        case .table(let table): throw Self.twice(last, "the table", table.position)
        case .tables(let array):
            throw Self.twice(last, "the array of tables", array.position, "; each of its elements begins with [[...]]")
        case .value(let value): throw Self.twice(last, "a value", value.position)
        }
    }

    /// `[[path]]`
    func element(_ path: [TOMLKey]) throws(TOMLFault) -> TableBuilder {
        guard let last = path.last else { return self }
        let parent = try parentTable(path.dropLast())
        let element = TableBuilder(.header, at: last.position)
        switch parent.slot(last) {
        case nil: parent.append(last, .tables(TableArray(element)))
        case .tables(let array): array.elements.append(element)
        case .table(let table): throw Self.twice(last, "the single table", table.position)
        case .value(let value): throw Self.twice(last, "a value", value.position)
        }
        return element
    }

    private func parentTable(_ path: ArraySlice<TOMLKey>) throws(TOMLFault) -> TableBuilder {
        var table = self
        for key in path {
            switch table.slot(key) {
            case nil: table = table.insert(key, TableBuilder(.implicit, at: key.position))
            case .table(let next): table = next
            case .tables(let array): table = array.elements[array.elements.count - 1]
            case .value(let value): throw Self.complete(key, value.position)
            }
        }
        return table
    }

    // MARK: Keys and values

    /// `path = value`
    func set(_ path: [TOMLKey], _ value: TOMLValue) throws(TOMLFault) {
        guard let last = path.last else { return }
        var table = self
        for key in path.dropLast() {
            switch table.slot(key) {
            case nil: table = table.insert(key, TableBuilder(.dotted, at: key.position))
            case .table(let next):
                guard next.origin != .header else { throw Self.twice(key, "the table", next.position) }
                next.origin = .dotted
                table = next
            case .tables(let array): throw Self.twice(key, "the array of tables", array.position)
            case .value(let value): throw Self.complete(key, value.position)
            }
        }
        switch table.slot(last) {
        case nil: table.append(last, .value(value))
        case .value(let other): throw Self.twice(last, "a value", other.position)
        case .table(let other): throw Self.twice(last, "the table", other.position)
        case .tables(let array): throw Self.twice(last, "the array of tables", array.position)
        }
    }

    // MARK: The end

    func finished() -> TOMLTable {
        var entries: [TOMLTable.Entry] = []
        entries.reserveCapacity(keys.count)
        for (key, slot) in zip(keys, slots) { entries.append(TOMLTable.Entry(key: key, value: Self.finished(slot))) }
        return TOMLTable(entries: entries, indexes: indexes)
    }

    private static func finished(_ slot: Slot) -> TOMLValue {
        switch slot {
        case .value(let value): value
        case .table(let table): TOMLValue(position: table.position, content: .table(table.finished()))
        case .tables(let array):
            TOMLValue(
                position: array.position,
                content: .array(array.elements.map { TOMLValue(position: $0.position, content: .table($0.finished())) }))
        }
    }

    // MARK: Slots

    private func slot(_ key: TOMLKey) -> Slot? { indexes[key.bytes].map { slots[$0] } }

    private func insert(_ key: TOMLKey, _ table: TableBuilder) -> TableBuilder {
        append(key, .table(table))
        return table
    }

    private func append(_ key: TOMLKey, _ slot: Slot) {
        indexes[key.bytes] = keys.count
        keys.append(key)
        slots.append(slot)
    }

    // MARK: Faults

    private static func twice(_ key: TOMLKey, _ what: String, _ first: TOMLPosition, _ hint: String = "") -> TOMLFault {
        TOMLFault(
            position: key.position, message: "'\(key.name)' is already \(what) of line \(first.line), and can't be defined again\(hint)")
    }

    private static func complete(_ key: TOMLKey, _ first: TOMLPosition) -> TOMLFault {
        TOMLFault(position: key.position, message: "'\(key.name)' is the value of line \(first.line), and nothing can be added to it")
    }
}
