import Linux

/// Looks whether JSON is whole: a document by all its brackets, lines by their last one.
struct JSONEnding {
    private let profile: Profile
    private static let chunkSize = 256 << 10

    init(_ profile: Profile) { self.profile = profile }

    func check(_ file: borrowing Descriptor, size: Int) throws(SystemError) -> StructuralState {
        if case .jsonLines = profile.format { return try checkLines(file, size: size) }
        return try checkDocument(file, size: size)
    }

    private func checkLines(_ file: borrowing Descriptor, size: Int) throws(SystemError) -> StructuralState {
        switch try TextTail.read(file, size: size, profile: profile) {
        case .undecodable: return .complete
        case .cut: return .incomplete(reason: "ends inside a character")
        case .text(let text):
            let last = text.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { text[($0 + 1)...] } ?? text[...]
            let isWhole = last.allSatisfy(JSONGrammar.isSpace) || JSONLineScanner.isObject(last)
            return isWhole ? .complete : .incomplete(reason: "ends in a line that is no whole object")
        }
    }

    private func checkDocument(_ file: borrowing Descriptor, size: Int) throws(SystemError) -> StructuralState {
        var start = [UInt8](repeating: 0, count: min(size, 4))
        start.removeSubrange(try file.read(into: &start, at: 0)...)
        guard let (form, markLength) = TextForm.detect(start, expected: profile.encoding) else { return .complete }
        var grammar = JSONGrammar()
        var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
        var text: [UInt8] = []
        var offset = markLength
        while case let got = try file.read(into: &chunk, at: offset), got > 0 {
            text.removeAll(keepingCapacity: true)
            let (consumed, problem) = chunk.withUnsafeBufferPointer { bytes in
                form.decode(UnsafeBufferPointer(rebasing: bytes[..<got]), into: &text)
            }
            for byte in text where grammar.accept(byte) == .invalid { return .complete }
            if problem != nil { return .complete }
            guard consumed > 0 else { return .incomplete(reason: "ends inside a character") }
            offset += consumed
        }
        return grammar.isComplete ? .complete : .incomplete(reason: "ends before its last bracket")
    }
}
