/// A published requirement by its number: `RULES 16` or `MODEL R-AX1`.
public struct Requirement: Hashable, Sendable, CustomStringConvertible {
    /// The two collections of requirements that ecocd was built from.
    public enum Book: String, Sendable { case rules = "RULES", model = "MODEL" }

    public let book: Book
    public let key: String

    public init(_ book: Book, _ key: String) {
        self.book = book
        self.key = key
    }

    public var description: String { "\(book.rawValue) \(key)" }

    /// The requirements that a rule's `source` names: the numbers behind the names of the books. What other documents, and sections of
    /// these two, are named besides isn't a requirement.
    static func cited(in source: String) -> [Requirement] {
        source.split(separator: ";").flatMap { part -> [Requirement] in
            let words = part.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
            guard let book = words.first.flatMap({ Book(rawValue: $0) }), words.dropFirst().first != "section" else { return [] }
            return words.dropFirst().map { Requirement(book, $0) }
        }
    }
}
