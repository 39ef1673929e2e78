/// A place in a TOML file.
public struct TOMLPosition: Sendable, Hashable, Comparable {
    /// From 1.
    public let line: Int
    /// From 1, counted in Unicode scalars.
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: TOMLPosition, right: TOMLPosition) -> Bool { (left.line, left.column) < (right.line, right.column) }
}

/// What is wrong at one place of a TOML file.
public struct TOMLFault: Error, Sendable, Hashable, CustomStringConvertible {
    public let position: TOMLPosition
    /// A clause without full stop, in words for the person who wrote the file.
    public let message: String

    public var description: String { "\(position.line):\(position.column): \(message)" }
}

/// Why a file isn't TOML: at least one fault, in the order of the file.
public struct TOMLRefusal: Error, Sendable, CustomStringConvertible {
    public let faults: [TOMLFault]

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
