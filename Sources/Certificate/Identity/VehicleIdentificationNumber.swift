/// A vehicle identification number as ISO 3779 allows it: 17 characters of A-Z and 0-9 without I, O and Q.
///
/// The schema's own type is wider (it allows I, O and Q). Nothing is corrected: an O is never taken for a zero.
public struct VehicleIdentificationNumber: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// Why a text is no vehicle identification number; its description is a sentence.
    public enum Problem: Error, Equatable, CustomStringConvertible {
        /// The number of characters, which isn't 17.
        case length(Int)
        /// Characters that are neither A-Z nor 0-9, each once, in order of appearance.
        case characters([Character])
        /// I, O or Q, each once, in order of appearance.
        case ambiguousLetters([Character])

        public var description: String {
            switch self {
            case .length(let count): "has \(count) characters, a VIN has 17"
            case .characters(let found): "holds \(Self.list(found)), a VIN has only A-Z and 0-9"
            case .ambiguousLetters(let found): "holds \(Self.list(found)), a VIN has no I, O and Q"
            }
        }

        private static func list(_ characters: [Character]) -> String { characters.map { "'\($0)'" }.joined(separator: ", ") }
    }

    public init(_ text: String) throws(Problem) {
        let foreign = Self.distinct(text) { !($0.isASCII && ($0.isNumber || $0.isUppercase)) }
        guard foreign.isEmpty else { throw .characters(foreign) }
        guard text.utf8.count == 17 else { throw .length(text.utf8.count) }
        let ambiguous = Self.distinct(text) { "IOQ".contains($0) }
        guard ambiguous.isEmpty else { throw .ambiguousLetters(ambiguous) }
        self.text = text
    }

    /// The world manufacturer identifier (ISO 3780): characters 1-3.
    public var worldManufacturerIdentifier: String { String(text.prefix(3)) }

    /// Characters 12-14, which with the identifier name a maker of fewer than 1000 vehicles a year (its third character is 9); else nil.
    public var smallManufacturerIdentifier: String? {
        worldManufacturerIdentifier.hasSuffix("9") ? String(text.dropFirst(11).prefix(3)) : nil
    }

    public var description: String { text }

    private static func distinct(_ text: String, where isFound: (Character) -> Bool) -> [Character] {
        text.reduce(into: []) { found, character in
            if isFound(character), !found.contains(character) { found.append(character) }
        }
    }
}
