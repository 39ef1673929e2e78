/// A pattern for file names: `*` stands for any characters, none included, `?` for one byte, everything else for itself.
public struct NamePattern: Sendable, Hashable {
    public let text: String
    private let form: Form

    /// Most patterns need no search.
    private enum Form: Sendable, Hashable {
        /// `text*`
        case beginning([UInt8])
        /// `*text`
        case ending([UInt8])
        case any([UInt8])
    }

    public init(_ text: String) {
        self.text = text
        let pattern = Array(text.utf8)
        let isWild = { (byte: UInt8) in byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") }
        if pattern.last == UInt8(ascii: "*"), !pattern.dropLast().contains(where: isWild) {
            form = .beginning(pattern.dropLast())
        } else if pattern.first == UInt8(ascii: "*"), !pattern.dropFirst().contains(where: isWild) {
            form = .ending(Array(pattern.dropFirst()))
        } else {
            form = .any(pattern)
        }
    }

    public func matches(_ name: [UInt8]) -> Bool { name.withUnsafeBytes(matches) }

    /// Takes at most (name length × pattern length) steps, whatever the pattern, and no memory.
    public func matches(_ name: UnsafeRawBufferPointer) -> Bool {
        switch form {
        case .beginning(let text):
            name.count >= text.count && text.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: name.prefix($0.count)).elementsEqual($0) }
        case .ending(let text):
            name.count >= text.count && text.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: name.suffix($0.count)).elementsEqual($0) }
        case .any(let pattern): pattern.withUnsafeBytes { Self.search(name, for: $0) }
        }
    }

    private static func search(_ name: UnsafeRawBufferPointer, for pattern: UnsafeRawBufferPointer) -> Bool {
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
