import CXML
import Certificate

/// Turns the events of one XML document into records. One handler reads one document on one thread.
final class XMLRecordHandler {
    private(set) var failure: FileRejection?
    /// A prefix isn't declared, or the like: such a document still counts as well-formed.
    private(set) var hasNamespaceFault = false

    private let layout: XMLLayout
    private let limits: Profile.Limits
    private var context: xmlParserCtxtPtr?
    /// As libxml2 holds them: the same text is the same pointer.
    private var recordName: UnsafePointer<xmlChar>?
    private var instanceNamespace: UnsafePointer<xmlChar>?
    private var libraryMessage: XMLComplaint?

    /// Records that are whole, the next one last.
    private var waiting: [XMLRecord] = []
    private var record = XMLRecord()
    private var number = 0
    /// The open elements of the record, itself first; empty outside of records.
    private var open: [OpenElement] = []
    private var paths = XMLPaths()
    private var openings = 0
    /// How many elements are open.
    private var depth = 0
    private var hasRoot = false
    /// What the elements around the records declare.
    private var namespaces: [XMLNamespace] = []
    private var namespaceBytes = 0
    /// The last of each prefix; nil where it must be worked out anew.
    private var scope: [XMLNamespace]?
    private var unescaped: [UInt8] = []

    private struct OpenElement {
        let place: Int
        /// Tells each opening from all others.
        let opening: Int
        /// Where its text begins that isn't read yet.
        var textStart: Int
        var isNil = false
        var hasElements = false
        var hasStrayText = false
    }

    private enum Limit {
        static let depth = 32
        static let attributes = 4_096
        static let namespaces = 64
        /// What is given back with each record.
        static let namespaceBytes = 4_096
        static let flaws = 20
    }

    init(_ layout: XMLLayout, _ limits: Profile.Limits) {
        self.layout = layout
        self.limits = limits
    }

    /// - Parameter context: of the parser that speaks to this handler until `end()`.
    /// - Returns: false where there is no memory.
    func begin(_ context: xmlParserCtxtPtr) -> Bool {
        self.context = context
        recordName = xmlDictLookup(context.pointee.dict, layout.record, -1)
        instanceNamespace = xmlDictLookup(context.pointee.dict, "http://www.w3.org/2001/XMLSchema-instance", -1)
        return recordName != nil && instanceNamespace != nil
    }

    func end() { context = nil }

    /// Whether the root has been closed.
    var isComplete: Bool { hasRoot && depth == 0 }

    /// The next record that is whole; nil where the parser must read on.
    func next() -> XMLRecord? { waiting.popLast() }

    /// To be asked when all that the parser has read is in `next()`.
    func turnAround() { waiting.reverse() }

    // MARK: Events

    func start(_ tag: XMLTag) {
        guard failure == nil else { return }
        depth += 1
        hasRoot = true
        guard depth <= Limit.depth else { return fail(.longRow, "elements stand in each other more than \(Limit.depth) deep") }
        guard tag.attributeCount <= Limit.attributes, tag.namespaceCount <= Limit.namespaces else {
            return fail(.longRow, "an element has more than \(Limit.attributes) attributes or \(Limit.namespaces) namespaces")
        }
        if open.isEmpty {
            if tag.name == recordName { startRecord(tag) } else { declare(tag) }
        } else {
            startChild(tag)
        }
    }

    func end(_ prefix: UnsafePointer<xmlChar>?, _ name: UnsafePointer<xmlChar>) {
        guard failure == nil else { return }
        if open.isEmpty {
            undeclare()
        } else {
            record.received.end(prefix, name)
            close()
        }
        depth -= 1
    }

    func characters(_ text: UnsafeBufferPointer<UInt8>) {
        guard !open.isEmpty, failure == nil else { return }
        record.text.append(contentsOf: text)
        record.received.characters(text)
        checkLength()
    }

    func comment(_ text: UnsafeBufferPointer<UInt8>) {
        guard !open.isEmpty, failure == nil else { return }
        record.received.comment(text)
        checkLength()
    }

    func instruction(_ target: UnsafePointer<xmlChar>, _ data: UnsafePointer<xmlChar>?) {
        guard !open.isEmpty, failure == nil else { return }
        record.received.instruction(target, data)
        checkLength()
    }

    func documentType() {
        fail(.malformed, "there is a DOCTYPE, which isn't read", remedy: "Leave the DOCTYPE out.")
    }

    func libraryError(_ error: xmlError) {
        let code = xmlParserErrors(UInt32(bitPattern: error.code))
        // Namespaces tell nothing here, whatever they are called.
        guard error.level.rawValue >= XML_ERR_ERROR.rawValue, code != XML_WAR_NS_URI else { return }
        if error.domain == Int32(XML_FROM_NAMESPACE.rawValue) { hasNamespaceFault = true }
        if libraryMessage == nil { libraryMessage = XMLComplaint(error, code, isComplete: isComplete) }
    }

    /// Why libxml2 reads no further.
    func malformed() -> FileRejection {
        let complaint = libraryMessage ?? XMLComplaint(line: line)
        return FileRejection(.malformed, "Line \(complaint.line): the XML is not well formed: \(complaint.text).", remedy: complaint.remedy)
    }

    // MARK: Elements

    private func declare(_ tag: XMLTag) {
        for index in 0..<tag.namespaceCount {
            let (prefix, uri) = tag.namespace(index)
            let declaration = declaration(prefix, uri)
            namespaces.append(XMLNamespace(prefix: bytes(prefix), declaration: declaration, depth: depth))
            namespaceBytes += declaration.count
            scope = nil
        }
        guard namespaces.count <= Limit.namespaces, namespaceBytes <= Limit.namespaceBytes else {
            return fail(.longRow, "there are more than \(Limit.namespaces) namespaces, or more than \(Limit.namespaceBytes) bytes of them")
        }
    }

    private func undeclare() {
        while let last = namespaces.last, last.depth == depth {
            namespaceBytes -= last.declaration.count
            namespaces.removeLast()
            scope = nil
        }
    }

    private func startRecord(_ tag: XMLTag) {
        number += 1
        record.received.start(tag.prefix, tag.name)
        record.nameEnd = record.received.bytes.count
        let scope =
            scope
            ?? namespaces.indices.filter { index in
                !namespaces[(index + 1)...].contains { $0.prefix == namespaces[index].prefix }
            }.map { namespaces[$0] }
        self.scope = scope
        record.scope = scope
        if !scope.isEmpty { record.redeclared = (0..<tag.namespaceCount).map { bytes(tag.namespace($0).prefix) } }
        push(XMLPaths.record, tag)
    }

    private func startChild(_ tag: XMLTag) {
        let parent = open.count - 1
        open[parent].hasElements = true
        takeStrayText(&open[parent])
        let place = paths.element(tag.name, in: open[parent].place, opening: open[parent].opening)
        record.received.start(tag.prefix, tag.name)
        push(place, tag)
    }

    private func push(_ place: Int, _ tag: XMLTag) {
        for index in 0..<tag.namespaceCount {
            let (prefix, uri) = tag.namespace(index)
            record.received.append(declaration(prefix, uri))
        }
        var isNil = false
        for index in 0..<tag.attributeCount {
            guard let (name, prefix, uri, escaped) = tag.attribute(index) else { continue }
            unescape(escaped)
            unescaped.withUnsafeBufferPointer { record.received.attribute(prefix, name, $0) }
            if let uri, uri == instanceNamespace {
                if String(cString: name) == "nil" { isNil = isTrue(unescaped) }
            } else {
                let start = record.text.count
                record.text += unescaped
                add(paths.attribute(name, of: place), start..<record.text.count)
            }
        }
        record.received.endStart()
        openings += 1
        open.append(OpenElement(place: place, opening: openings, textStart: record.text.count, isNil: isNil))
        guard paths.count <= 2 * limits.columns + Limit.depth else {
            return fail(.tooManyColumns, "up to here the records have \(paths.count) names; the limit is \(limits.columns)")
        }
        checkLength()
    }

    private func close() {
        guard var current = open.popLast() else { return }
        let isRecord = open.isEmpty
        if isRecord || current.hasElements {
            takeStrayText(&current)
        } else {
            if current.isNil { takeStrayText(&current) }
            add(current.place, current.textStart..<record.text.count)
        }
        checkLength()
        if isRecord { return finishRecord() }
        open[open.count - 1].textStart = record.text.count
    }

    private func finishRecord() {
        guard failure == nil else { return }
        var next = XMLRecord()
        next.members.reserveCapacity(record.members.count)
        next.text.reserveCapacity(record.text.count + record.text.count / 4)
        next.received.reserve(record.received.bytes.count + record.received.bytes.count / 4)
        swap(&record, &next)
        waiting.append(next)
    }

    private func add(_ place: Int, _ text: Range<Int>) {
        guard record.members.count < limits.columns else {
            return fail(.longRow, "the record has more than \(limits.columns) values")
        }
        record.members.append(Member(name: paths.name(place), text: text))
    }

    /// Drops the text of an element that may have none but white space.
    private func takeStrayText(_ element: inout OpenElement) {
        let range = element.textStart..<record.text.count
        if !element.hasStrayText, !record.text[range].allSatisfy(Self.isSpace) {
            element.hasStrayText = true
            let text = String(decoding: record.text[CellText.trim(record.text.span, range)], as: UTF8.self)
            let name = paths.name(element.place)
            let isNil = element.isNil && !element.hasElements
            report(RowFinding.strayText(text, in: name.isEmpty ? nil : name, isNil: isNil, row: number))
        }
        record.text.removeSubrange(range)
    }

    private func report(_ flaw: Finding) {
        if record.flaws.count < Limit.flaws { record.flaws.append(flaw) }
    }

    // MARK: Text

    /// Puts the text of an attribute, as libxml2 gives it, into `unescaped`: it writes each '&' as '&#38;', and nothing else so.
    private func unescape(_ value: UnsafeBufferPointer<UInt8>) {
        unescaped.removeAll(keepingCapacity: true)
        var rest = value[...]
        while let index = rest.firstIndex(of: UInt8(ascii: "&")) {
            unescaped += rest[...index]
            rest = rest[(index + 1)...]
            if rest.starts(with: "#38;".utf8) { rest = rest.dropFirst(4) }
        }
        unescaped += rest
    }

    private func isTrue(_ value: [UInt8]) -> Bool {
        let range = CellText.trim(value.span, 0..<value.count)
        return value[range].elementsEqual("true".utf8) || value[range].elementsEqual("1".utf8)
    }

    private func declaration(_ prefix: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?) -> [UInt8] {
        unescape(UnsafeBufferPointer(start: uri, count: uri.map { Int(xmlStrlen($0)) } ?? 0))
        var text = XMLText()
        unescaped.withUnsafeBufferPointer { text.namespace(prefix, $0) }
        return text.bytes
    }

    private func bytes(_ name: UnsafePointer<xmlChar>?) -> [UInt8] {
        Array(UnsafeBufferPointer(start: name, count: name.map { Int(xmlStrlen($0)) } ?? 0))
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

    // MARK: Failure

    private var line: Int { Int(context?.pointee.input?.pointee.line ?? 1) }

    private func checkLength() {
        guard record.received.bytes.count + namespaceBytes > limits.rowBytes else { return }
        fail(.longRow, "the record is longer than \(limits.rowBytes) bytes")
    }

    private func fail(_ rule: DecodingRule, _ what: String, remedy: String = "Check which element the source's settings name as record.") {
        guard failure == nil else { return }
        failure = FileRejection(rule, row: open.isEmpty ? nil : number, "Line \(line): \(what).", remedy: remedy)
        xmlStopParser(context)
    }
}
