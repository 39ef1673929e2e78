/// A key, and where it is written first.
public struct TOMLKey: Sendable, Equatable {
    public let name: String
    public let position: TOMLPosition

    /// TOML compares keys byte by byte. Swift's strings would take two spellings of an accented letter for one.
    var bytes: [UInt8] { Array(name.utf8) }
}

/// A table's keys and values, in the order of the file.
public struct TOMLTable: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public let key: TOMLKey
        public let value: TOMLValue
    }

    public let entries: [Entry]
    private let indexes: [[UInt8]: Int]

    init(entries: [Entry], indexes: [[UInt8]: Int]) {
        self.entries = entries
        self.indexes = indexes
    }

    public subscript(name: String) -> Entry? { indexes[Array(name.utf8)].map { entries[$0] } }
}
