import Linux

/// Looks whether JSON is whole: a document by all its brackets, lines by their last one.
struct JSONEnding {
    private let profile: Profile

    init(_ profile: Profile) { self.profile = profile }

    func check(_ file: borrowing Descriptor, size: Int) throws(SystemError) -> StructuralState {
        if case .jsonLines = profile.format { return try checkLines(file, size: size) }
        return try checkDocument(file)
    }

    private func checkLines(_ file: borrowing Descriptor, size: Int) throws(SystemError) -> StructuralState {
        switch try TextTail.read(file, size: size, profile: profile) {
        case .undecodable: return .complete
        case .cut: return .incomplete(reason: "ends inside a character")
        case .text(let text):
            if let flaw = LineEnding(of: text[...]).flaw(profile.lastLineEnd) { return .incomplete(reason: flaw) }
            let last = text.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { text[($0 + 1)...] } ?? text[...]
            let isWhole = last.allSatisfy(JSONGrammar.isSpace) || JSONLineScanner.isObject(last)
            return isWhole ? .complete : .incomplete(reason: "ends in a line that is no whole object")
        }
    }

    private func checkDocument(_ file: borrowing Descriptor) throws(SystemError) -> StructuralState {
        guard let pieces = try TextPieces(file, profile.encoding) else { return .complete }
        var grammar = JSONGrammar()
        let end = try pieces.read(file) { text in
            defer { text.removeAll(keepingCapacity: true) }
            return text.allSatisfy { grammar.accept($0) != .invalid }
        }
        switch end {
        case .undecodable, .unfilled, .stopped: return .complete
        case .cut: return .incomplete(reason: "ends inside a character")
        case .whole: return grammar.isComplete ? .complete : .incomplete(reason: "ends before its last bracket")
        }
    }
}
