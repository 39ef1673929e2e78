import Certificate

/// The objects of one array in a JSON document, one at a time: the document itself, or what the names of the layout lead to. All else in the
/// document must be JSON and is passed over. Holds one object and what was read with it.
struct JSONDocumentScanner: ~Copyable, RecordScanner {
    private var source: SourceText
    private var bytes: [UInt8] = []
    /// The first byte that the grammar hasn't seen.
    private var position = 0
    private var grammar = JSONGrammar()
    private var lines = LineCounter()
    private let names: [[UInt8]]
    private let limit: Int
    private var values = JSONMembers()
    /// Where the current object stands in `bytes`.
    private var record = 0..<0
    /// Where the name or object that is being read begins; nil outside.
    private var start: Int?
    /// How many objects are open on the way to the array; the innermost has the name that comes next.
    private var open = 0
    /// The value that comes next is on the way.
    private var isLed = true
    private var place = Place.before

    private(set) var number = 0
    let flaws: [Finding] = []

    private enum Place { case before, inside, behind }

    init(_ path: String, _ profile: Profile, _ layout: JSONLayout, chunkSize: Int) throws(FileRejection) {
        source = try SourceText(path: path, encoding: profile.encoding, limit: profile.limits.fileBytes, chunkSize: chunkSize)
        names = layout.records.map { Array($0.utf8) }
        limit = profile.limits.rowBytes
    }

    var members: [Member] { values.members }
    var text: [UInt8] { values.text }

    mutating func next() throws(FileRejection) -> Bool {
        while true {
            while position < bytes.count {
                let index = position
                position += 1
                let depth = grammar.depth
                let event = grammar.accept(bytes[index])
                if event != .nothing, try read(event, at: index, depth) { return true }
            }
            guard try readMore() else { break }
        }
        guard grammar.isComplete else {
            if grammar.isAtStart { throw .empty }
            throw malformed("ends before its last bracket", remedy: "The file was cut off: send it again, complete.")
        }
        guard place == .behind else { throw noArray("isn't there") }
        return false
    }

    /// - Parameter depth: before the event.
    /// - Returns: whether an object is whole.
    private mutating func read(_ event: JSONGrammar.Event, at index: Int, _ depth: Int) throws(FileRejection) -> Bool {
        switch event {
        case .invalid: throw malformed("is no JSON from here on", remedy: "Write the file with a JSON library, and send it whole.")
        case .nameStart: if place != .inside, depth == open { start = index }
        case .nameEnd: if place != .inside, depth == open { readName(until: index) }
        case .valueStart where place == .inside: if depth == names.count + 1 { try startRecord(index) }
        case .valueStart: if isLed { try goOn(bytes[index]) }
        case .close where place == .inside: return try closeInside(index)
        case .close: open = min(open, grammar.depth)
        case .nothing: break
        }
        return false
    }

    private mutating func readName(until index: Int) {
        guard let first = start else { return }
        start = nil
        var name: [UInt8] = []
        JSONMembers.unescape(bytes.span.extracting(first + 1..<index), into: &name)
        isLed = name == names[open - 1]
    }

    /// A value on the way: the array itself, or the object that holds the next name.
    private mutating func goOn(_ byte: UInt8) throws(FileRejection) {
        isLed = false
        guard open == names.count else {
            guard byte == UInt8(ascii: "{") else { throw noArray("isn't there") }
            open += 1
            return
        }
        guard byte == UInt8(ascii: "[") else { throw noArray("is no array") }
        guard place == .before else { throw noArray("is there twice") }
        place = .inside
    }

    private mutating func startRecord(_ index: Int) throws(FileRejection) {
        guard bytes[index] == UInt8(ascii: "{") else {
            throw malformed("has something other than an object among its records", remedy: "Write each vehicle as an object.")
        }
        start = index
    }

    private mutating func closeInside(_ index: Int) throws(FileRejection) -> Bool {
        if grammar.depth == names.count { place = .behind }
        guard grammar.depth == names.count + 1, let first = start else { return false }
        start = nil
        guard index - first < limit else { throw tooLong() }
        number += 1
        record = first..<index + 1
        values.read(bytes, record)
        return true
    }

    // MARK: What goes back

    func receivedBytes() -> [UInt8] { source.form.encode(bytes[record]) }

    var header: [UInt8] { source.openingMark + encoded(names.map { "{\"\(String(decoding: $0, as: UTF8.self))\":" }.joined() + "[\n") }

    var separator: [UInt8] { encoded(",\n") }

    var footer: [UInt8] { encoded("\n]\(String(repeating: "}", count: names.count))\n") }

    private func encoded(_ text: String) -> [UInt8] { source.form.encode(Array(text.utf8)[...]) }

    // MARK: Text

    private mutating func readMore() throws(FileRejection) -> Bool {
        let keep = start ?? position
        guard bytes.count - keep <= limit else { throw tooLong() }
        lines.count(bytes[..<keep])
        bytes.removeSubrange(..<keep)
        position -= keep
        start = start.map { $0 - keep }
        return try source.append(to: &bytes)
    }

    private func tooLong() -> FileRejection {
        FileRejection(
            .longRow, row: number + 1, "The record is longer than \(limit) bytes.",
            remedy: "Check which records the source's settings name.")
    }

    private func malformed(_ what: String, remedy: String) -> FileRejection {
        var lines = lines
        lines.count(bytes[..<position])
        return FileRejection(.malformed, row: number, "The document \(what), in line \(lines.number).", remedy: remedy)
    }

    private func noArray(_ what: String) -> FileRejection {
        let path = names.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
        return FileRejection(
            .malformed, "\(path.isEmpty ? "The array of records" : "The array '\(path)' of records") \(what).",
            remedy: "Correct 'records' in the source's settings, or the export.")
    }
}
