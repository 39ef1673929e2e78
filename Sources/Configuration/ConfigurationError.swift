/// One fault of a configuration: which file, which place in it, what is wrong and what to do.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    /// From 1; nil when the fault isn't at one line.
    public let line: Int?
    /// From 1, in characters; nil when the fault isn't at one place of the line.
    public let column: Int?
    /// What is wrong, as a clause without full stop: it follows the file and the line.
    public let message: String
    /// What to do about it, in whole sentences.
    public let remedy: String

    public init(file: String, line: Int? = nil, column: Int? = nil, message: String, remedy: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.remedy = remedy
    }

    /// The file, and line and column where they are known.
    public var place: String { file + [line, column].compactMap { $0.map { ":\($0)" } }.joined() }

    public var description: String { "\(place): \(message). \(remedy)" }
}

/// A configuration that can't be used, with all that is wrong in it.
public struct ConfigurationRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// At least one: `ecocd.toml` first, then the files of `sources.d` and `destinations.d` by name, each from its top.
    public let faults: [ConfigurationError]

    /// One line for each fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
