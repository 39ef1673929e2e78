/// A pattern for file names: `*` stands for any characters, none included, `?` for one byte, everything else for itself.
public struct NamePattern: Sendable, Hashable {
    public let text: String
    private let pattern: [UInt8]

    public init(_ text: String) {
        self.text = text
        pattern = Array(text.utf8)
    }

    /// Takes at most (name length × pattern length) steps, whatever the pattern.
    public func matches(_ name: [UInt8]) -> Bool {
        var (inName, inPattern) = (0, 0)
        var star: (inPattern: Int, inName: Int)?
        while inName < name.count {
            if inPattern < pattern.count, pattern[inPattern] == UInt8(ascii: "*") {
                star = (inPattern, inName)
                inPattern += 1
            } else if inPattern < pattern.count, pattern[inPattern] == UInt8(ascii: "?") || pattern[inPattern] == name[inName] {
                inPattern += 1
                inName += 1
            } else if let last = star {
                // The star takes one byte more, and the rest is tried again.
                star = (last.inPattern, last.inName + 1)
                inPattern = last.inPattern + 1
                inName = last.inName + 1
            } else {
                return false
            }
        }
        return pattern[inPattern...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
