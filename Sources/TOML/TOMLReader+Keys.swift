extension TOMLReader {
    /// `key = value`
    /// - Parameter depth: how deep the table lies that gets it.
    mutating func keyAndValue(depth: Int) throws(TOMLFault) -> ([TOMLKey], TOMLValue) {
        let path = try key(depth: depth, "a key must be letters, digits, '_' and '-', or stand in quotes")
        guard peek == "=" else { throw fault("'=' must follow the key, not \(shown())") }
        index += 1
        skipBlanks()
        return (path, try value(depth: depth + path.count))
    }

    /// A key with all its dotted parts, and the blanks behind it.
    /// - Parameter rule: what is said when no key begins here.
    mutating func key(depth: Int, _ rule: String) throws(TOMLFault) -> [TOMLKey] {
        var parts: [TOMLKey] = []
        while true {
            parts.append(try part(rule))
            guard depth + parts.count <= TOMLDocument.maximumDepth else { throw tooDeep() }
            skipBlanks()
            guard peek == "." else { return parts }
            index += 1
            skipBlanks()
        }
    }

    private mutating func part(_ rule: String) throws(TOMLFault) -> TOMLKey {
        let place = position()
        switch peek {
        case "\"", "'":
            guard !isNext("\"\"\""), !isNext("'''") else { throw fault("a key can't be a text of several lines") }
            return TOMLKey(name: try text(), position: place)
        default:
            let start = index
            while let next = peek, Self.isBare(next) { index += 1 }
            guard index > start else { throw fault("\(rule); here stands \(shown())") }
            return TOMLKey(name: String(decoding: bytes[start..<index], as: UTF8.self), position: place)
        }
    }

    private static func isBare(_ character: Unicode.Scalar) -> Bool {
        switch character {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }

    mutating func tooDeep() -> TOMLFault { fault("tables and arrays lie more than \(TOMLDocument.maximumDepth) deep in each other") }
}
