/// A configuration that can't be used: which file, which line, what is wrong and what to do.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    /// From 1; nil when the fault isn't at one line.
    public let line: Int?
    /// What is wrong, as a clause without full stop: it follows the file and the line.
    public let message: String
    /// What to do about it, in whole sentences.
    public let remedy: String

    public init(file: String, line: Int? = nil, message: String, remedy: String) {
        self.file = file
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    public var description: String {
        "\(file)\(line.map { ":\($0)" } ?? ""): \(message). \(remedy)"
    }
}
