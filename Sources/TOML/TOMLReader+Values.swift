extension TOMLReader {
    /// A value of any kind.
    /// - Parameter depth: of the table or array that it belongs to.
    mutating func value(depth: Int) throws(TOMLFault) -> TOMLValue {
        let place = position()
        let content: TOMLValue.Content
        switch peek {
        case "\"", "'": content = .text(try text())
        case "[": content = .array(try array(depth: depth + 1))
        case "{": content = .table(try inlineTable(depth: depth + 1))
        case nil, "\n", "\r", "#", ",", "]", "}": throw fault("a value is missing; here stands \(shown())")
        default: content = try word()
        }
        return TOMLValue(position: place, content: content)
    }

    // MARK: Arrays and inline tables

    private mutating func array(depth: Int) throws(TOMLFault) -> [TOMLValue] {
        guard depth <= TOMLDocument.maximumDepth else { throw tooDeep() }
        let opened = line
        index += 1
        var values: [TOMLValue] = []
        while true {
            skipBlanksAndLines()
            if peek == "]" { break }
            try checkNotEnded("array", opened)
            values.append(try value(depth: depth))
            skipBlanksAndLines()
            if peek == "]" { break }
            try checkNotEnded("array", opened)
            guard peek == "," else { throw fault("',' or ']' must follow a value of the array, not \(shown())\(since(opened))") }
            index += 1
        }
        index += 1
        return values
    }

    private mutating func inlineTable(depth: Int) throws(TOMLFault) -> TOMLTable {
        guard depth <= TOMLDocument.maximumDepth else { throw tooDeep() }
        let table = TableBuilder(.header, at: position())
        index += 1
        skipBlanks()
        if peek == "}" {
            index += 1
            return table.finished()
        }
        while true {
            try checkSameLine()
            let (path, value) = try keyAndValue(depth: depth)
            try table.set(path, value)
            skipBlanks()
            try checkSameLine()
            guard peek == "," || peek == "}" else { throw fault("',' or '}' must follow a value of the inline table, not \(shown())") }
            index += 1
            if bytes[index - 1] == UInt8(ascii: "}") { return table.finished() }
            skipBlanks()
            guard peek != "}" else { throw fault("a comma can't stand before the '}' that closes an inline table") }
        }
    }

    /// An array goes over lines, with comments.
    private mutating func skipBlanksAndLines() {
        while true {
            skipBlanks()
            if peek == "#" { skipComment() }
            guard takeLineEnd() else { return }
        }
    }

    private mutating func checkNotEnded(_ what: String, _ opened: Int) throws(TOMLFault) {
        if peek == nil { throw fault("the \(what) of line \(opened) isn't closed") }
    }

    private mutating func checkSameLine() throws(TOMLFault) {
        switch peek {
        case nil, "\n", "\r", "#": throw fault("an inline table must be closed on the line where it begins")
        default: break
        }
    }

    private func since(_ opened: Int) -> String { opened == line ? "" : "; the array began on line \(opened)" }

    // MARK: Words: numbers, dates, true and false

    private mutating func word() throws(TOMLFault) -> TOMLValue.Content {
        let start = index
        while let next = peek, Self.isOfWord(next) { index += 1 }
        if index - start == 10, Self.looksLikeDate(bytes[start..<index]), peek == " ", let digit = peek(1), "0"..."9" ~= digit {
            index += 1
            while let next = peek, Self.isOfWord(next) { index += 1 }
        }
        let word = bytes[start..<index]
        do throws(WordProblem) {
            return try Self.content(of: word)
        } catch {
            index = start
            let text = String(decoding: word, as: UTF8.self)
            switch error {
            case .noValue where word.isEmpty: throw fault("\(shown()) begins no value; a text stands in quotes")
            case .noValue: throw fault("'\(text)' is no value; a text stands in quotes")
            case .said(let clause): throw fault("'\(text)' is no value: \(clause)")
            }
        }
    }

    private static func content(of word: ArraySlice<UInt8>) throws(WordProblem) -> TOMLValue.Content {
        if word.elementsEqual("true".utf8) { return .boolean(true) }
        if word.elementsEqual("false".utf8) { return .boolean(false) }
        if looksLikeDate(word) || looksLikeTime(word) { return try TOMLDateWord(word).content() }
        return try TOMLNumberWord(word).content()
    }

    private static func isOfWord(_ character: Unicode.Scalar) -> Bool {
        switch character {
        case "0"..."9", "A"..."Z", "a"..."z", "+", "-", ".", ":", "_": true
        default: false
        }
    }

    private static func looksLikeDate(_ word: ArraySlice<UInt8>) -> Bool {
        word.count >= 5 && word.prefix(4).allSatisfy { 0x30...0x39 ~= $0 } && word[word.startIndex + 4] == UInt8(ascii: "-")
    }

    private static func looksLikeTime(_ word: ArraySlice<UInt8>) -> Bool {
        word.count >= 3 && word.prefix(2).allSatisfy { 0x30...0x39 ~= $0 } && word[word.startIndex + 2] == UInt8(ascii: ":")
    }
}

/// Why a word without quotes isn't a value.
enum WordProblem: Error {
    /// It looks like none.
    case noValue
    /// It looks like one, but: a clause.
    case said(String)
}
