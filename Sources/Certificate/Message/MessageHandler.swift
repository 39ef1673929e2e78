import CXML

/// Turns the events of one message into fields and findings. One handler reads one message on one thread.
final class MessageHandler {
    /// The parser that speaks to this handler; it belongs to `MessageParser`.
    var context: xmlParserCtxtPtr?
    private(set) var failure: MessageReadingFailure?
    /// Whether `failure` is set: quicker to ask for every event.
    private var hasFailed = false

    private let kind: MessageReader.Kind
    private let catalogue = Catalogue.initialVehicleInformation
    private var libraryMessage: (line: Int, text: String)?
    private var fields: [Field] = []
    private var findings = StructureFindings()
    private var hasSignature = false
    private var instructions: [Message.Instruction] = []
    private var open = OpenElements()
    /// Set while a message that isn't IVI 2.0 is looked through for the version that it names.
    private var foreign: ForeignMessage?
    /// How many elements are open inside the one that is being left out.
    private var skipped = 0
    private var elementCount = 0
    private var text: [UInt8] = []
    /// The root's namespace: libxml2 gives the same pointer for the same name, which spares comparing text.
    private var rootNamespace: UnsafePointer<xmlChar>?
    /// By element: in which opening of its parent it was last seen, and how often there.
    private var seen: [(parent: Int, count: Int)]

    private static let signatureNamespace = "http://www.w3.org/2000/09/xmldsig#"
    private static let instanceNamespace = "http://www.w3.org/2001/XMLSchema-instance"

    init(kind: MessageReader.Kind) {
        self.kind = kind
        seen = Array(repeating: (0, 0), count: catalogue.elements.count)
        fields.reserveCapacity(512)
    }

    func message() -> Message {
        Message(values: FieldValues(fields), hasSignature: hasSignature, findings: findings.list, instructions: instructions)
    }

    // MARK: Events

    /// Those before the root speak of the file as a whole; others are no more than comments.
    func instruction(_ target: String, _ data: String) {
        guard !hasFailed, open.innermost == nil, instructions.count < MessageReader.Limit.instructions else { return }
        instructions.append(Message.Instruction(target: target, data: data))
    }

    func start(
        _ name: UnsafePointer<xmlChar>, _ uri: UnsafePointer<xmlChar>?, attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
        count: Int
    ) {
        guard !hasFailed else { return }
        if foreign != nil { return startInForeign(name) }
        elementCount += 1
        guard elementCount <= MessageReader.Limit.elements, open.count + skipped < MessageReader.Limit.depth else {
            return fail(
                .tooLarge, "The \(kind.noun) has too many elements or levels.", "Send one vehicle per message, in the schema's structure.")
        }
        guard skipped == 0 else { return skipped += 1 }
        guard let parent = open.innermost else { return startRoot(String(xml: name), uri, attributes, count) }
        open.updateInnermost { $0.childCount += 1 }
        guard isMessageNamespace(uri) else { return startForeign(String(xml: name), uri.map { String(xml: $0) }, parent) }
        guard let element = catalogue.element(named: UnsafeBufferPointer(start: name, count: Int(xmlStrlen(name)))),
            element.isValue || element.content != .signature
        else {
            return skip(
                .unknownElement, String(xml: name), "There is no element '\(String(xml: name))' in IVI 2.0.",
                "Correct its name or leave it out.")
        }
        startChild(element, of: parent)
        if count > 0, skipped == 0 { report(attributes, count, of: element) }
    }

    func end() {
        guard !hasFailed else { return }
        if foreign != nil { return endInForeign() }
        guard skipped == 0 else { return skipped -= 1 }
        guard let current = open.innermost else { return }
        if current.element.isValue {
            close(value: current)
        } else if current.childCount == 0 {
            reportEmpty(current)
        }
        _ = open.pop()
    }

    func characters(_ bytes: UnsafeBufferPointer<xmlChar>) {
        if foreign != nil { foreign?.characters(bytes) }
        guard !hasFailed, skipped == 0, let current = open.innermost else { return }
        if current.element.isValue {
            text.append(contentsOf: bytes)
        } else if !current.hasStrayText, !bytes.allSatisfy(XMLCharacter.isSpace) {
            open.updateInnermost { $0.hasStrayText = true }
            findings.add(
                .init(
                    rule: .strayText, line: line, element: open.path(), value: String(decoding: bytes, as: UTF8.self),
                    message: "There is text beside the elements of '\(current.element.name)'.",
                    remedy: "Put it into an element or leave it out."))
        }
    }

    func documentType() {
        fail(.documentType, "The \(kind.noun) has a DOCTYPE.", "Leave the DOCTYPE out; IVI messages have none and it isn't read.")
    }

    func libraryError(_ error: xmlError) {
        guard libraryMessage == nil, error.level.rawValue >= XML_ERR_ERROR.rawValue, let message = error.message else { return }
        let text = String(cString: message).split { $0.isNewline }.joined(separator: " ")
        libraryMessage = (Int(error.line), String(text.prefix(200)))
    }

    func notWellFormed(status: Int32) -> MessageReadingFailure {
        let (line, text) = libraryMessage ?? (self.line, "parser status \(status)")
        return MessageReadingFailure(
            .notWellFormed, line: max(line, 1), reason: "The \(kind.noun) isn't well-formed XML: \(text).",
            remedy: "Write the file with an XML library, and send it whole.")
    }

    // MARK: Elements

    private func startRoot(
        _ name: String, _ uri: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
    ) {
        let namespace = uri.map { String(xml: $0) } ?? ""
        let root = catalogue.root
        guard namespace == catalogue.namespace else {
            let message = ForeignMessage(root: name, namespace: namespace, expected: root.name)
            guard message.isIVI else { return failForeignRoot(name, namespace) }
            foreign = message
            return
        }
        guard name == root.name else {
            return fail(.notIVI, "The root element is '\(name)', not '\(root.name)'.", "Send one whole IVI message without an envelope.")
        }
        rootNamespace = uri
        open.push(OpenElement(root: root, line: line))
        if count > 0 { report(attributes, count, of: root) }
    }

    private func failForeignRoot(_ name: String, _ namespace: String) {
        let place = namespace.isEmpty ? "no namespace" : "the namespace '\(namespace)'"
        fail(.notIVI, "The root element '\(name)' is in \(place).", sendsOtherwise)
    }

    private var sendsOtherwise: String { "Send an IVI 2.0 message: its namespace is '\(catalogue.namespace)'." }

    private static let oldMessageRemedy = """
        ecocd makes and seals IVI 2.0 only: send the vehicle as an IVI 2.0 message or as a row. A certificate that was issued in 1.x is \
        corrected in 1.x, by the system that issued it.
        """

    private func startInForeign(_ name: UnsafePointer<xmlChar>) {
        elementCount += 1
        guard elementCount <= MessageReader.Limit.elements, let depth = foreign?.start(String(xml: name)), depth < MessageReader.Limit.depth
        else {
            return fail(
                .tooLarge, "The \(kind.noun) has too many elements or levels.", "Send one vehicle per message, in the schema's structure.")
        }
    }

    /// Ends the reading as soon as it is known what the message is: at its version, or at its end.
    private func endInForeign() {
        guard var message = foreign else { return }
        let verdict = message.end()
        foreign = message
        switch verdict {
        case .open: break
        case .old(let what): fail(.oldMessage, "The \(kind.noun) is of IVI 1.x: \(what).", Self.oldMessageRemedy)
        case .other(let what): fail(.otherVersion, "The \(kind.noun) is of another IVI version: \(what).", sendsOtherwise)
        case .unknown: failForeignRoot(message.root, message.namespace)
        }
    }

    private func startForeign(_ name: String, _ namespace: String?, _ parent: OpenElement) {
        guard name == "Signature", namespace == Self.signatureNamespace, parent.element.parent == nil else {
            let place = namespace.map { "in the namespace '\($0)'" } ?? "without namespace"
            return skip(
                .unknownElement, name, "The element '\(name)' \(place) isn't part of IVI 2.0.",
                "Leave it out, or put it into the message's namespace.")
        }
        guard !hasSignature else {
            return skip(.repeatedElement, name, "There is more than one signature.", "Send the message with one signature or none.")
        }
        hasSignature = true
        skipped = 1
    }

    private func startChild(_ element: Element, of parent: OpenElement) {
        guard element.parent == parent.element.id else {
            let home = element.parent.map { catalogue[$0].name } ?? "no other"
            return skip(
                .misplacedElement, element.name, "The element '\(element.name)' stands in '\(parent.element.name)'.",
                "Put it into '\(home)', where it belongs.")
        }
        let number = countOccurrence(of: element.id, in: parent.serial)
        guard number == 1 || element.isRepeating else {
            return skip(
                .repeatedElement, element.name, "The element '\(element.name)' stands more than once in its group.",
                "Keep the right one; the first was read.")
        }
        guard number <= FieldKey.maximumIndex else {
            return skip(
                .tooManyGroups, element.name, "There are more than \(FieldKey.maximumIndex) groups '\(element.name)' in one table.",
                "Send at most \(FieldKey.maximumIndex).")
        }
        if element.isValue { text.removeAll(keepingCapacity: true) }
        open.push(OpenElement(element, in: parent, number: number, line: line, serial: elementCount))
    }

    private func countOccurrence(of id: ElementID, in parent: Int) -> Int {
        let index = Int(id.rawValue)
        seen[index] = seen[index].parent == parent ? (parent, seen[index].count + 1) : (parent, 1)
        return seen[index].count
    }

    private func close(value: OpenElement) {
        let content = String(decoding: text, as: UTF8.self)
        if value.element.name == "IviVersionNumberXsd", content != "2.0" {
            let version = content.prefix(20)
            guard ForeignMessage.isOld(content) else {
                return fail(.otherVersion, "The \(kind.noun) says that it is of IVI version '\(version)'.", "Send an IVI 2.0 message.")
            }
            return fail(
                .oldMessage, "The \(kind.noun) is of IVI 1.x: its IviVersionNumberXsd is '\(version)'.", Self.oldMessageRemedy)
        }
        fields.append(Field(value.key, content, .record(value.line)))
    }

    private func isMessageNamespace(_ uri: UnsafePointer<xmlChar>?) -> Bool {
        uri == rootNamespace || uri.map { String(xml: $0) } == catalogue.namespace
    }

    private var line: Int { Int(context?.pointee.input?.pointee.line ?? 1) }

    // MARK: Findings

    /// libxml2 gives five pointers an attribute: name, prefix, namespace, start and end of the value.
    private func report(_ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int, of element: Element) {
        guard let attributes else { return }
        for index in 0..<count {
            let name = attributes[5 * index].map { String(xml: $0) } ?? ""
            let isHint = name.hasSuffix("chemaLocation") && attributes[5 * index + 2].map { String(xml: $0) } == Self.instanceNamespace
            findings.add(
                .init(
                    rule: .attribute, severity: isHint ? .warning : .error, line: line, element: open.path(),
                    message: "The element '\(element.name)' has the attribute '\(name)'; IVI 2.0 knows none.",
                    remedy: "Leave the attribute out."))
        }
    }

    private func reportEmpty(_ group: OpenElement) {
        findings.add(
            .init(
                rule: .emptyGroup, severity: .warning, line: group.line, element: open.path(),
                message: "The group '\(group.element.name)' is empty, so the certificate won't have it.",
                remedy: "Give its values or leave the group out."))
    }

    /// Leaves out the element that has just begun, with all that is in it.
    private func skip(_ rule: StructureRule, _ name: String, _ message: String, _ remedy: String) {
        findings.add(.init(rule: rule, line: line, element: open.path(to: name), message: message, remedy: remedy))
        skipped = 1
    }

    private func fail(_ rule: StructureRule, _ reason: String, _ remedy: String) {
        guard !hasFailed else { return }
        hasFailed = true
        failure = MessageReadingFailure(rule, line: line, reason: reason, remedy: remedy)
        xmlStopParser(context)
    }
}

extension String {
    fileprivate init(xml pointer: UnsafePointer<xmlChar>) { self.init(cString: pointer) }
}
