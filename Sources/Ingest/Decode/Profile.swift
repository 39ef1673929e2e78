/// How to read the files of one source: their format, their encoding and where each column belongs.
///
/// A value type: a submission is decoded with the profile that was in force when it was received. `check()` finds what is wrong in it.
public struct Profile: Sendable, Equatable {
    public var format: Format
    public var encoding: TextEncoding
    /// Whether the last row or line of a whole file has its line end. Asked of text with rows or lines.
    public var lastLineEnd: LastLineEnd
    /// Where columns go. Empty: the headers themselves are paths (`FieldPath`).
    public var mapping: [ColumnRule]
    /// Values that every record of the source gets, below reference data and the record's own.
    public var constants: [Constant]
    /// Headers of columns that are not read; `*` stands for every column that the mapping doesn't name.
    public var ignoredColumns: [String]
    /// The conversion of columns whose headers are paths. Rules carry their own.
    public var defaultConversion: ValueConversion
    public var limits: Limits

    public enum Format: Sendable, Equatable {
        /// Delimited text, one record a row.
        case csv(CSVDialect)
        /// Text of which each column has its positions, one record a line.
        case fixed(FixedLayout)
        /// One JSON object a line.
        case jsonLines
        /// A JSON document with an array of objects.
        case json(JSONLayout)
        /// An XML document of many records.
        case xml(XMLLayout)
        /// A ready IVI 2.0 message, one a file.
        case ivi(existingSignature: ExistingSignature)
    }

    /// What the end of a file's last row or line says.
    public enum LastLineEnd: String, Sendable, Equatable, CaseIterable {
        /// A last row without its line end was cut off.
        case required
        /// The source's system never writes the last line end: a last row that has all its fields is taken for whole. A cut inside its last
        /// field can't be told, so another sign must say that the file is whole.
        case optional
    }

    /// Whether a file is one ready message, whose values have lines instead of columns.
    public var isMessage: Bool { if case .ivi = format { true } else { false } }

    /// The ending of files in which rejected rows go back; nil where a file is one record.
    public var returnedEnding: String? {
        switch format {
        case .csv: "csv"
        case .fixed: "txt"
        case .jsonLines: "jsonl"
        case .json: "json"
        case .xml: "xml"
        case .ivi: nil
        }
    }

    /// What happens to a ready message that carries a signature: it is never signed twice.
    public enum ExistingSignature: String, Sendable, Equatable, CaseIterable {
        case reject, discard
    }

    /// One value for every record.
    public struct Constant: Sendable, Equatable {
        public let path: String
        public let value: String

        public init(path: String, value: String) {
            self.path = path
            self.value = value
        }
    }

    /// Sizes in bytes that no honest file needs to exceed. A row is measured as UTF-8, its line end included.
    public struct Limits: Sendable, Equatable {
        public var fileBytes: Int
        public var rowBytes: Int
        public var messageBytes: Int
        public var columns: Int

        public init(fileBytes: Int = 1 << 30, rowBytes: Int = 1 << 20, messageBytes: Int = 8 << 20, columns: Int = 16_384) {
            self.fileBytes = fileBytes
            self.rowBytes = rowBytes
            self.messageBytes = messageBytes
            self.columns = columns
        }
    }

    public init(
        format: Format, encoding: TextEncoding = .utf8, lastLineEnd: LastLineEnd = .required, mapping: [ColumnRule] = [],
        constants: [Constant] = [], ignoredColumns: [String] = [], defaultConversion: ValueConversion = ValueConversion(),
        limits: Limits = Limits()
    ) {
        self.format = format
        self.encoding = encoding
        self.lastLineEnd = lastLineEnd
        self.mapping = mapping
        self.constants = constants
        self.ignoredColumns = ignoredColumns
        self.defaultConversion = defaultConversion
        self.limits = limits
    }
}

/// The form of delimited text (RFC 4180, with any delimiter and quote). A row ends with CRLF, LF or CR.
public struct CSVDialect: Sendable, Equatable {
    /// Any one character but the quote, CR and LF.
    public var delimiter: Unicode.Scalar
    /// Any one ASCII character; nil where the source doesn't quote.
    public var quote: Unicode.Scalar?
    /// Whether the first row names the columns.
    public var hasHeader: Bool

    public init(delimiter: Unicode.Scalar = ",", quote: Unicode.Scalar? = "\"", hasHeader: Bool = true) {
        self.delimiter = delimiter
        self.quote = quote
        self.hasHeader = hasHeader
    }
}

/// The form of text with fixed columns, beside the positions, which the mapping has. A line ends with CRLF, LF or CR.
public struct FixedLayout: Sendable, Equatable {
    /// Lines before the first record, blank ones too.
    public var headerLines: Int
    /// What the one line begins with that ends the file and is no record; nil where there is none.
    public var trailer: String?
    /// How many characters a record has; nil where lines end with their last value.
    public var recordLength: Int?

    public init(headerLines: Int = 0, trailer: String? = nil, recordLength: Int? = nil) {
        self.headerLines = headerLines
        self.trailer = trailer
        self.recordLength = recordLength
    }
}

/// Where a JSON document has its records.
public struct JSONLayout: Sendable, Equatable {
    /// The names that lead to the array of records; empty where the document is the array.
    public var records: [String]

    public init(records: [String] = []) { self.records = records }
}

/// Which elements of an XML document are its records.
public struct XMLLayout: Sendable, Equatable {
    /// Their name, without prefix, in any namespace.
    public var record: String

    public init(record: String) { self.record = record }
}
