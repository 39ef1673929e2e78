import Glibc

/// How much an XML document asks of those who parse it, found by one look at its bytes.
///
/// libxml2 compares each attribute of a tag with all others, and canonicalisation looks through all namespaces in scope at each element:
/// their time grows with the square of what the document has, and a few kilobytes, deflated, take minutes. So it is counted first, in
/// time that grows with the bytes. Whether the document is well-formed isn't asked here: a parser ends at the first place where it isn't.
public enum MarkupCost {
    /// The most of each that a document may have.
    public struct Limits: Sendable {
        public var elements: Int
        /// Elements open at once.
        public var depth: Int
        /// Attributes of all elements, and of one; declarations of namespaces aren't attributes.
        public var attributes: Int
        public var attributesOfOne: Int
        /// Declarations of namespaces in all elements, and those that hold at one element.
        public var namespaces: Int
        public var namespacesInScope: Int
        /// Bytes of an element's or attribute's name, with its prefix.
        public var name: Int
        /// Bytes of a namespace's name.
        public var namespaceName: Int

        public init(
            elements: Int, depth: Int, attributes: Int, attributesOfOne: Int, namespaces: Int, namespacesInScope: Int, name: Int,
            namespaceName: Int
        ) {
            self.elements = elements
            self.depth = depth
            self.attributes = attributes
            self.attributesOfOne = attributesOfOne
            self.namespaces = namespaces
            self.namespacesInScope = namespacesInScope
            self.name = name
            self.namespaceName = namespaceName
        }
    }

    /// What a document has too much of.
    public struct Excess: Error, Equatable {
        /// From 1.
        public let line: Int
        /// As the end of a sentence that begins with the document: `has more than 32 attributes at one element`.
        public let reason: String
    }

    /// Throws where the document has more than the limits allow. Blocking and free of I/O; may run on any number of threads at once.
    /// - Parameter bytes: in an encoding that has ASCII's bytes for ASCII's letters, or in UTF-16 with a byte order mark.
    public static func check(_ bytes: [UInt8], _ limits: Limits) throws(Excess) {
        let text = UTF16Bytes.narrowed(bytes)
        var excess: Excess?
        (text ?? bytes).withUnsafeBufferPointer { buffer in
            var scan = MarkupScan(buffer, limits)
            do throws(Excess) { try scan.run() } catch { excess = error }
        }
        if let excess { throw excess }
    }
}

/// UTF-16 as one byte for each unit: what isn't ASCII means nothing to markup.
private enum UTF16Bytes {
    static func narrowed(_ bytes: [UInt8]) -> [UInt8]? {
        let isBigEndian = bytes.starts(with: [0xFE, 0xFF])
        guard isBigEndian || bytes.starts(with: [0xFF, 0xFE]) else { return nil }
        let (low, high) = isBigEndian ? (1, 0) : (0, 1)
        return stride(from: 2, to: bytes.count - 1, by: 2).map { bytes[$0 + high] == 0 && bytes[$0 + low] < 0x80 ? bytes[$0 + low] : 0x80 }
    }
}

/// One look through a document.
private struct MarkupScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let limits: MarkupCost.Limits
    private var position = 0
    private var elements = 0
    private var attributes = 0
    private var namespaces = 0
    private var inScope = 0
    /// The namespaces that each open element declares.
    private var open: [Int] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: MarkupCost.Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func run() throws(MarkupCost.Excess) {
        while let start = find(UInt8(ascii: "<"), from: position), start + 1 < bytes.count {
            position = start + 1
            switch bytes[position] {
            case UInt8(ascii: "/"):
                skip(behind: ">")
                if let declared = open.popLast() { inScope -= declared }
            case UInt8(ascii: "?"): skip(behind: "?>")
            case UInt8(ascii: "!"):
                if isNext("!--") {
                    position += 3
                    skip(behind: "-->")
                } else if isNext("![CDATA[") {
                    skip(behind: "]]>")
                } else {
                    return  // a DOCTYPE, at which every reader here ends
                }
            default: try startTag()
            }
        }
    }

    private mutating func startTag() throws(MarkupCost.Excess) {
        elements += 1
        try check(elements, limits.elements, "elements")
        _ = try name()
        var own = (attributes: 0, namespaces: 0)
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: ">"):
                position += 1
                open.append(own.namespaces)
                return try check(open.count, limits.depth, "elements in one another")
            case UInt8(ascii: "/") where position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: ">"):
                position += 2
                inScope -= own.namespaces
                return
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "/"), UInt8(ascii: "="): position += 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = value()  // without a name: not well-formed
            default: try attribute(&own)
            }
        }
    }

    private mutating func attribute(_ own: inout (attributes: Int, namespaces: Int)) throws(MarkupCost.Excess) {
        let name = try name()
        while position < bytes.count, Self.isSpace(bytes[position]) || bytes[position] == UInt8(ascii: "=") { position += 1 }
        var length = 0
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") { length = value() }
        guard isDeclaration(name) else {
            own.attributes += 1
            attributes += 1
            try check(own.attributes, limits.attributesOfOne, "attributes at one element")
            return try check(attributes, limits.attributes, "attributes")
        }
        own.namespaces += 1
        namespaces += 1
        inScope += 1
        try check(inScope, limits.namespacesInScope, "namespaces at one element")
        try check(namespaces, limits.namespaces, "declarations of namespaces")
        try check(length, limits.namespaceName, "bytes in a namespace's name")
    }

    private mutating func name() throws(MarkupCost.Excess) -> Range<Int> {
        let start = position
        while position < bytes.count, !Self.endsName(bytes[position]) { position += 1 }
        try check(position - start, limits.name, "bytes in a name")
        return start..<position
    }

    /// Passes over a value in quotes.
    /// - Returns: its length.
    private mutating func value() -> Int {
        let start = position + 1
        let end = find(bytes[position], from: start) ?? bytes.count
        position = min(end + 1, bytes.count)
        return end - start
    }

    private func isDeclaration(_ name: Range<Int>) -> Bool {
        let word: StaticString = "xmlns"
        guard name.count >= 5, let base = bytes.baseAddress, memcmp(base + name.lowerBound, word.utf8Start, 5) == 0 else { return false }
        return name.count == 5 || bytes[name.lowerBound + 5] == UInt8(ascii: ":")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func endsName(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "\"")
            || byte == UInt8(ascii: "'")
    }

    private func check(_ count: Int, _ limit: Int, _ what: String) throws(MarkupCost.Excess) {
        guard count > limit else { return }
        let line = 1 + bytes[..<min(position, bytes.count)].count { $0 == 0x0A }
        throw MarkupCost.Excess(line: line, reason: "has more than \(limit) \(what)")
    }

    // MARK: Finding

    private func find(_ byte: UInt8, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress, let found = memchr(base + start, Int32(byte), bytes.count - start) else {
            return nil
        }
        return UnsafeRawPointer(base).distance(to: found)
    }

    private func isNext(_ word: StaticString) -> Bool {
        guard bytes.count - position >= word.utf8CodeUnitCount, let base = bytes.baseAddress else { return false }
        return memcmp(base + position, word.utf8Start, word.utf8CodeUnitCount) == 0
    }

    /// Moves behind the next occurrence of `word`, or to the end.
    private mutating func skip(behind word: StaticString) {
        let last = word.utf8Start[word.utf8CodeUnitCount - 1]
        var start = position
        while let found = find(last, from: start) {
            let begin = found + 1 - word.utf8CodeUnitCount
            if begin >= position, let base = bytes.baseAddress, memcmp(base + begin, word.utf8Start, word.utf8CodeUnitCount) == 0 {
                position = found + 1
                return
            }
            start = found + 1
        }
        position = bytes.count
    }
}
