import Certificate

/// The records of an XML document, one at a time: the elements of one name, wherever they stand, but for those inside a record.
///
/// Members are the attributes of a record (`@name`), its elements without elements in them by their names, those further inside with the names
/// of the elements around them (`axle.mass`), and attributes of elements (`mass@unit`). Of elements of one name, the second has the number 2
/// (`axle[2].mass`). Prefixes and namespaces tell nothing. Holds the records of one piece of the file.
struct XMLRecordScanner: ~Copyable, RecordScanner {
    private var source: SourceText
    private var piece: [UInt8] = []
    private let parser: XMLParser
    private let handler: XMLRecordHandler
    private let layout: XMLLayout
    private var record = XMLRecord()
    private var isAtEnd = false
    private var hasText = false

    private(set) var number = 0

    /// A record that ends in a piece is held until it is asked for.
    private static let largestPiece = 64 << 10

    /// Names beside those of values: of elements around them, prefixes and namespaces.
    private static let otherNames = 1_000

    init(_ path: String, _ layout: XMLLayout, _ limits: Profile.Limits, chunkSize: Int) throws(FileRejection) {
        let encoding = try XMLForm.encoding(ofFile: path, limit: limits.fileBytes)
        let source = try SourceText(
            path: path, encoding: encoding, limit: limits.fileBytes, chunkSize: min(chunkSize, Self.largestPiece))
        let handler = XMLRecordHandler(layout, limits)
        let parser = try XMLParser(handler, nameLimit: 2 * limits.columns + Self.otherNames)
        self.source = source
        self.parser = parser
        self.handler = handler
        self.layout = layout
    }

    var members: [Member] { record.members }
    var text: [UInt8] { record.text }
    var flaws: [Finding] { record.flaws }

    mutating func next() throws(FileRejection) -> Bool {
        while true {
            if let next = handler.next() {
                record = next
                number += 1
                return true
            }
            guard !isAtEnd else { break }
            try readOn()
        }
        guard number > 0 else {
            throw FileRejection(
                .noRecords, "The file has no element '\(layout.record)', which is the record in the source's settings.",
                remedy: "Check whether the export selected any vehicles, and the name in the source's settings.")
        }
        return false
    }

    private mutating func readOn() throws(FileRejection) {
        piece.removeAll(keepingCapacity: true)
        if try readPiece() {
            hasText = true
            try parser.read(piece)
        } else {
            guard hasText else { throw .empty }
            isAtEnd = true
            try parser.finish()
        }
        handler.turnAround()
    }

    /// What is said of bytes that are no characters: an XML document has no encoding in the source's settings.
    private mutating func readPiece() throws(FileRejection) -> Bool {
        do throws(FileRejection) {
            return try source.append(to: &piece)
        } catch {
            let finding = error.finding
            guard finding.rule == DecodingRule.encoding.rawValue else { throw error }
            throw FileRejection(
                .encoding, value: finding.value, finding.message,
                remedy: "Write the file, whole, in the encoding that its first line declares; without one that is UTF-8.")
        }
    }

    // MARK: What goes back

    func receivedBytes() -> [UInt8] { record.standalone }

    var header: [UInt8] { Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(root)>\n".utf8) }

    var separator: [UInt8] { [0x0A] }

    var footer: [UInt8] { Array("\n</\(root)>\n".utf8) }

    /// Not the record's name, else the whole would be one record.
    private var root: String { layout.record == "rejected" ? "rejected-records" : "rejected" }
}
