public import Certificate

/// Reads the records of one file, in order, in constant memory.
///
/// Blocking; for one thread at a time. A problem of one row is a finding of its record; a problem of the file ends reading with a
/// `FileRejection`, possibly after records were given: nothing of such a file may be published. Decoding is a pure function of bytes and
/// profile, so reading again gives the same records.
public final class RecordReader {
    /// The profile's constants, each with origin `.constant`.
    public let constants: FieldValues
    private var content: Content

    private enum Content {
        case table(TableReader)
        case message(MessageRecordReader)
    }

    /// Opens the file and reads its header.
    public convenience init(path: String, profile: Profile) throws(FileRejection) {
        try self.init(path: path, profile: profile, chunkSize: SourceText.defaultChunkSize)
    }

    /// - Parameter chunkSize: bytes to read at once, at least 1.
    init(path: String, profile: Profile, chunkSize: Int) throws(FileRejection) {
        let problems = profile.check()
        guard problems.isEmpty else {
            throw FileRejection(
                .profile, cause: .profile, "The source's profile has errors: \(problems.joined(separator: "; ")).",
                remedy: "Mend the profile and try the file again.")
        }
        constants = profile.constantValues()
        switch profile.format {
        case .csv(let dialect):
            content = .table(try TableReader(path: path, profile: profile, dialect: dialect, chunkSize: chunkSize))
        case .ivi(let existingSignature):
            content = .message(MessageRecordReader(path: path, existingSignature: existingSignature, limits: profile.limits))
        }
    }

    /// The next record, or nil at the end. After an error or nil: nil.
    public func next() throws(FileRejection) -> Record? {
        switch content {
        case .table(let reader): try reader.next()
        case .message(let reader): try reader.next()
        }
    }

    /// What a person calls the column `number` of `Origin.record`: the header, `column 7` without one, `line 7` in a message.
    public func columnName(_ number: Int) -> String? {
        switch content {
        case .table(let reader): reader.columnName(number)
        case .message: "line \(number)"
        }
    }

    /// The bytes of the record that `next()` gave last, as received, its line end included; the whole file for a message.
    public var currentRow: [UInt8] {
        switch content {
        case .table(let reader): reader.currentRow
        case .message(let reader): reader.bytes
        }
    }

    /// The byte order mark and the header row as received: what a file of returned rows begins with. Empty for a message.
    public var header: [UInt8] {
        switch content {
        case .table(let reader): reader.header
        case .message: []
        }
    }
}
