import Linux

/// Looks whether an XML document ends with the closing tag of its root. Reads its first and last bytes only.
struct XMLEnding {
    private let profile: Profile
    private static let reach = 64 << 10

    init(_ profile: Profile) { self.profile = profile }

    /// The encoding that a document says it is in; nil where what it says can't be read.
    static func encoding(of file: borrowing Descriptor) throws(SystemError) -> TextEncoding? {
        var start = [UInt8](repeating: 0, count: reach)
        start.removeSubrange(try file.read(into: &start, at: 0)...)
        return try? XMLForm.encoding(of: start)
    }

    func check(_ file: borrowing Descriptor, size: Int) throws(SystemError) -> StructuralState {
        var start = [UInt8](repeating: 0, count: min(size, Self.reach))
        start.removeSubrange(try file.read(into: &start, at: 0)...)
        guard let encoding = try? XMLForm.encoding(of: start), let (form, markLength) = TextForm.detect(start, expected: encoding) else {
            return .complete
        }
        var text: [UInt8] = []
        let problem = start[markLength...].withUnsafeBufferPointer { form.decode($0, into: &text).problem }
        guard problem == nil else { return .complete }
        switch Self.root(text[...]) {
        case .unknown, .empty: return .complete
        case .cut: return size <= Self.reach ? .incomplete(reason: "ends before its root element is open") : .complete
        case .open(let name):
            // Behind its end nothing that still comes could belong to it: for decoding to say.
            if size <= Self.reach, Self.hasEnded(text[...]) { return .complete }
            return try checkEnd(file, size: size, encoding, name)
        }
    }

    private func checkEnd(
        _ file: borrowing Descriptor, size: Int, _ encoding: TextEncoding, _ root: ArraySlice<UInt8>
    ) throws(SystemError) -> StructuralState {
        var profile = profile
        profile.encoding = encoding
        switch try TextTail.read(file, size: size, profile: profile) {
        case .undecodable: return .complete
        case .cut: return .incomplete(reason: "ends inside a character")
        case .text(let text):
            return Self.isClosed(text, root)
                ? .complete
                : .incomplete(reason: "doesn't end with the closing tag </\(String(decoding: root.prefix(100), as: UTF8.self))>")
        }
    }

    // MARK: Root

    private enum Root {
        case open(ArraySlice<UInt8>)
        /// `<root/>`.
        case empty
        /// The text ends before it is known.
        case cut
        /// What isn't XML as it is read here is for decoding to say.
        case unknown
    }

    private static func root(_ text: ArraySlice<UInt8>) -> Root {
        var rest = text
        while true {
            rest = rest.drop(while: isSpace)
            if let behind = behindComment(rest) {
                rest = behind
            } else if isCutComment(rest) {
                return .cut
            } else if rest.starts(with: "<!".utf8) || rest.first != UInt8(ascii: "<") {
                return .unknown
            } else {
                return tag(rest.dropFirst())
            }
        }
    }

    private static func tag(_ text: ArraySlice<UInt8>) -> Root {
        let name = text.prefix { !isSpace($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">") }
        guard !name.isEmpty || text.isEmpty else { return .unknown }
        guard let end = tagEnd(text) else { return .cut }
        return text[end - 1] == UInt8(ascii: "/") ? .empty : .open(name)
    }

    /// Where the tag that the text is in ends with `>`.
    private static func tagEnd(_ text: ArraySlice<UInt8>) -> Int? {
        var quote: UInt8?
        for index in text.indices {
            let byte = text[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index
            }
        }
        return nil
    }

    // MARK: End

    /// Whether the root ends within the text, and other markup or text begins behind it.
    private static func hasEnded(_ text: ArraySlice<UInt8>) -> Bool {
        var (rest, depth) = (text, 0)
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[start...]
            if let behind = behindComment(rest) ?? behindLiteral(rest) {
                rest = behind
                continue
            }
            let isClosing = rest.starts(with: "</".utf8)
            let content = rest.dropFirst(isClosing ? 2 : 1)
            switch tag(content) {
            case .cut, .unknown: return false
            case .empty: break
            case .open: depth += isClosing ? -1 : 1
            }
            guard let end = tagEnd(content) else { return false }
            rest = rest[(end + 1)...]
            if depth <= 0 {
                let more = behindComments(rest)
                return !more.isEmpty && !isCutComment(more)
            }
        }
        return false
    }

    private static func behindLiteral(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard text.starts(with: "<![CDATA[".utf8), let end = text.firstRange(of: Array("]]>".utf8)) else { return nil }
        return text[end.upperBound...]
    }

    private static func behindComments(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text.drop(while: isSpace)
        while let behind = behindComment(rest) { rest = behind.drop(while: isSpace) }
        return rest
    }

    /// How many comments and instructions are followed to the end of the text. Those that honest documents end with can be counted on a hand.
    private static let stepLimit = 100

    /// Whether only white space, comments and instructions stand behind the closing tag. They may hold such a tag as well.
    private static func isClosed(_ text: [UInt8], _ root: ArraySlice<UInt8>) -> Bool {
        let tag = Array("</".utf8) + root
        var rest = text[...]
        var steps = 0
        while let start = rest.lastIndex(of: tag) {
            rest = rest[..<start]
            var behind = text[(start + tag.count)...].drop(while: isSpace)
            guard behind.first == UInt8(ascii: ">") else { continue }
            behind = behind.dropFirst().drop(while: isSpace)
            while steps < stepLimit, let next = behindComment(behind) {
                steps += 1
                behind = next.drop(while: isSpace)
            }
            // Where it takes too many steps, decoding must say it.
            if behind.isEmpty || steps == stepLimit { return true }
        }
        return false
    }

    /// What stands behind the comment or instruction that the text begins with; nil where it isn't closed or begins with neither.
    private static func behindComment(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let end =
            if text.starts(with: "<?".utf8) {
                text.firstRange(of: Array("?>".utf8))
            } else if text.starts(with: "<!--".utf8) {
                text.dropFirst(4).firstRange(of: Array("-->".utf8))
            } else {
                Range<Int>?.none
            }
        return end.map { text[$0.upperBound...] }
    }

    /// Whether a text that isn't behind a comment or instruction is the beginning of one.
    private static func isCutComment(_ text: ArraySlice<UInt8>) -> Bool {
        text.starts(with: "<?".utf8) || text.starts(with: "<!--".utf8) || "<!--".utf8.starts(with: text)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }
}

extension ArraySlice<UInt8> {
    /// Where the last occurrence of some bytes begins.
    fileprivate func lastIndex(of bytes: [UInt8]) -> Int? {
        guard count >= bytes.count else { return nil }
        var index = endIndex - bytes.count
        while index >= startIndex {
            if self[index] == bytes[0], self[index..<index + bytes.count].elementsEqual(bytes) { return index }
            index -= 1
        }
        return nil
    }
}
