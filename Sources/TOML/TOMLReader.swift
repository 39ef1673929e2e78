/// Reads a file line by line: keys with values, and headers. Values are read in the extensions.
///
/// It relies on `TextCheck`: the bytes are UTF-8, and a CR is followed by LF.
struct TOMLReader {
    let bytes: [UInt8]
    var index = 0
    private(set) var line = 1
    private var lineStart: Int
    /// Up to where columns of the line were counted, and the column there: asked for again and again, a long line is counted once.
    private var counted: (index: Int, column: Int)

    private let root: TableBuilder
    private var current: TableBuilder
    /// How deep `current` lies.
    private var depth = 0
    private var faults: [TOMLFault] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark at the beginning of UTF-8 is stepped over.
        index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        lineStart = index
        counted = (index, 1)
        root = TableBuilder(.header, at: TOMLPosition(line: 1, column: 1))
        current = root
    }

    mutating func read() throws(TOMLRefusal) -> TOMLTable {
        while index < bytes.count, faults.count < TOMLDocument.maximumFaults {
            let first = line
            do throws(TOMLFault) { try readLine() } catch {
                faults.append(error)
                // Where an array or a text that spans lines was meant to end can't be told.
                guard line == first else { break }
                skipLine()
            }
        }
        // The last line may have had two.
        let first = faults.sorted { $0.position < $1.position }.prefix(TOMLDocument.maximumFaults)
        guard first.isEmpty else { throw TOMLRefusal(faults: Array(first)) }
        return root.finished()
    }

    private mutating func readLine() throws(TOMLFault) {
        skipBlanks()
        switch peek {
        case nil: return
        case "\n", "\r", "#": break
        case "[": try readHeader()
        default: try readSetting()
        }
        try endLine()
    }

    private mutating func readSetting() throws(TOMLFault) {
        let (path, value) = try keyAndValue(depth: depth)
        do throws(TOMLFault) { try current.set(path, value) } catch { faults.append(error) }
    }

    private mutating func readHeader() throws(TOMLFault) {
        // What follows a header that can't be used is still looked at, but belongs nowhere.
        current = TableBuilder(.header, at: position())
        depth = 0
        let isElement = peek(1) == "["
        index += isElement ? 2 : 1
        skipBlanks()
        let path = try key(depth: 0, "the name of a table must be letters, digits, '_' and '-', or stand in quotes")
        let end = isElement ? "]]" : "]"
        guard isNext(end) else { throw fault("the header isn't closed: '\(end)' must follow the name, not \(shown())") }
        index += end.utf8.count
        depth = path.count
        do throws(TOMLFault) { current = try isElement ? root.element(path) : root.table(path) } catch { faults.append(error) }
    }

    private mutating func endLine() throws(TOMLFault) {
        skipBlanks()
        if peek == "#" { skipComment() }
        guard peek == nil || takeLineEnd() else { throw fault("the line should end here, but \(shown()) follows") }
    }

    private mutating func skipLine() {
        skipComment()
        _ = takeLineEnd()
    }

    // MARK: Bytes

    var peek: Unicode.Scalar? { peek(0) }

    /// The byte, as an ASCII character. Bytes of other characters compare equal to no ASCII character.
    func peek(_ offset: Int) -> Unicode.Scalar? {
        index + offset < bytes.count ? Unicode.Scalar(bytes[index + offset]) : nil
    }

    func isNext(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    mutating func skipBlanks() {
        while peek == " " || peek == "\t" { index += 1 }
    }

    /// Steps to the end of the line.
    mutating func skipComment() {
        while let next = peek, next != "\n", next != "\r" { index += 1 }
    }

    /// Steps over LF or CRLF.
    mutating func takeLineEnd() -> Bool {
        guard peek == "\n" || peek == "\r" else { return false }
        index += peek == "\r" ? 2 : 1
        line += 1
        lineStart = index
        counted = (index, 1)
        return true
    }

    // MARK: Places

    /// The place of the next byte.
    mutating func position() -> TOMLPosition {
        if index < counted.index { counted = (lineStart, 1) }
        let column = counted.column + bytes[counted.index..<index].count { $0 & 0xC0 != 0x80 }
        counted = (index, column)
        return TOMLPosition(line: line, column: column)
    }

    mutating func fault(_ message: String) -> TOMLFault { TOMLFault(position: position(), message: message) }

    /// What stands here, for a message.
    func shown() -> String {
        switch peek {
        case nil: return "the end of the file"
        case "\n", "\r": return "the end of the line"
        default:
            let text = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
            return text.unicodeScalars.first.map { "'\($0)'" } ?? "nothing"
        }
    }
}
