import Certificate

/// One JSON object a line. A line that is none is a flawed record of its own: the next one begins behind the line's end, whatever stands here.
struct JSONLineScanner: ~Copyable, RecordScanner {
    private var lines: TextLines
    private var values = JSONMembers()
    private(set) var flaws: [Finding] = []
    let header: [UInt8]
    let separator: [UInt8] = []
    let footer: [UInt8] = []

    init(_ path: String, _ profile: Profile, chunkSize: Int) throws(FileRejection) {
        lines = try TextLines(path, profile.encoding, profile.limits, chunkSize: chunkSize)
        header = lines.openingMark
    }

    var number: Int { lines.number }
    var members: [Member] { values.members }
    var text: [UInt8] { values.text }

    mutating func next() throws(FileRejection) -> Bool {
        repeat {
            guard try lines.next() else { return false }
        } while lines.isBlank
        let line = lines.text[lines.line]
        guard Self.isObject(line) else {
            values = JSONMembers()
            flaws = [RowFinding.noObject(String(String(decoding: line, as: UTF8.self).prefix(80)), row: number)]
            return true
        }
        values.read(lines.text, lines.line)
        flaws = []
        return true
    }

    func receivedBytes() -> [UInt8] { lines.receivedBytes() }

    /// Whether this is one whole object.
    static func isObject(_ line: ArraySlice<UInt8>) -> Bool {
        var grammar = JSONGrammar()
        guard line.first(where: { !JSONGrammar.isSpace($0) }) == UInt8(ascii: "{") else { return false }
        for byte in line where grammar.accept(byte) == .invalid { return false }
        return grammar.isComplete
    }
}
