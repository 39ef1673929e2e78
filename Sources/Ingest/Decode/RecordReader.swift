public import Certificate

/// Reads the records of one file, in order, in constant memory.
///
/// Blocking; for one thread at a time. A problem of one row is a finding of its record; a problem of the file ends reading with a
/// `FileRejection`, possibly after records were given: nothing of such a file may be published. Decoding is a pure function of bytes and
/// profile, so reading again gives the same records.
public final class RecordReader {
    /// The profile's constants, each with origin `.constant`.
    public let constants: FieldValues
    private let source: any RecordSource

    /// Opens the file and reads its header.
    public convenience init(path: String, profile: Profile) throws(FileRejection) {
        try self.init(path: path, profile: profile, chunkSize: SourceText.defaultChunkSize)
    }

    /// - Parameter chunkSize: bytes to read at once, at least 1.
    init(path: String, profile: Profile, chunkSize: Int) throws(FileRejection) {
        let problems = profile.check()
        guard problems.isEmpty else {
            throw FileRejection(
                .profile, cause: .profile, "The source's profile has errors: \(problems.map(\.message).joined(separator: "; ")).",
                remedy: "Mend the profile and try the file again.")
        }
        constants = profile.constantValues()
        source =
            switch profile.format {
            case .csv(let dialect): try TableReader<CSVRows>.open(path, profile, dialect, chunkSize: chunkSize)
            case .fixed(let layout): try TableReader<FixedRows>.open(path, profile, layout, chunkSize: chunkSize)
            case .jsonLines:
                try TableReader<MemberRows<JSONLineScanner>>.open(profile) { () throws(FileRejection) in
                    try JSONLineScanner(path, profile, chunkSize: chunkSize)
                }
            case .json(let layout):
                try TableReader<MemberRows<JSONDocumentScanner>>.open(profile) { () throws(FileRejection) in
                    try JSONDocumentScanner(path, profile, layout, chunkSize: chunkSize)
                }
            case .xml(let layout):
                try TableReader<MemberRows<XMLRecordScanner>>.open(profile) { () throws(FileRejection) in
                    try XMLRecordScanner(path, layout, profile.limits, chunkSize: chunkSize)
                }
            case .ivi(let existingSignature):
                MessageRecordReader(path: path, existingSignature: existingSignature, limits: profile.limits)
            }
    }

    /// The next record, or nil at the end. After an error or nil: nil.
    public func next() throws(FileRejection) -> Record? { try source.next() }

    /// What a person calls the column `number` of `Origin.record`: the header, `column 7` without one, `line 7` in a message.
    public func columnName(_ number: Int) -> String? { source.columnName(number) }

    /// The bytes of the record that `next()` gave last, as received, its line end included; the whole file for a message.
    public var currentRow: [UInt8] { source.currentRow }

    /// What a file of returned rows begins with: byte order mark and header as received. Empty for a message.
    public var header: [UInt8] { source.header }

    /// What stands between two of them.
    public var separator: [UInt8] { source.separator }

    /// What such a file ends with. Whole once `next()` has given nil.
    public var footer: [UInt8] { source.footer }
}

/// The records of one file, in the format of its source.
protocol RecordSource: AnyObject {
    func next() throws(FileRejection) -> Record?
    func columnName(_ number: Int) -> String?
    var currentRow: [UInt8] { get }
    var header: [UInt8] { get }
    var separator: [UInt8] { get }
    var footer: [UInt8] { get }
}
