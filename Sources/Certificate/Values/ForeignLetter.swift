/// A letter or digit of another script than the word that it stands in, such as a Cyrillic А in a VIN.
public struct ForeignLetter: Sendable, Equatable {
    public let scalar: Unicode.Scalar
    /// Counted in characters, from 1.
    public let position: Int
    /// The Latin letter or digit that it is mistaken for; nil where it looks like none. For a Latin letter: itself.
    public let looksLike: Character?
    /// The script of the word around it.
    let surroundings: Script

    /// What a letter belongs to, as the Unicode name of the letter begins: `CYRILLIC`.
    struct Script: Sendable, Equatable {
        let name: String
        static let latin = Script(name: "LATIN")

        /// As in `the Cyrillic letter`.
        var adjective: String { name == "MATHEMATICAL" ? "mathematical" : String(name.prefix(1)) + name.dropFirst().lowercased() }
    }

    /// `the Cyrillic letter А (U+0410) at position 2, which looks like the Latin A`.
    public var words: String {
        let script = Self.script(of: scalar)
        let kind = scalar.properties.generalCategory == .decimalNumber ? "digit" : "letter"
        let own = script.map { "the \($0.adjective) \(kind)" } ?? "the character"
        let place = "\(own) \(scalar) (U+\(scalar.hexadecimal)) at position \(position)"
        if script == .latin { return "\(place), in a word of \(surroundings.adjective) letters" }
        return looksLike.map { "\(place), which looks like \($0.isNumber ? "the digit" : "the Latin") \($0)" }
            ?? "\(place), in a Latin word"
    }

    /// The first letter that doesn't belong to its word.
    static func first(in text: String, _ kind: TextFlaw.Kind) -> ForeignLetter? {
        var word = Word()
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            guard isOfWord(scalar) else {
                if let found = word.intruder(kind) { return found }
                word = Word()
                continue
            }
            word.add(scalar, offset + 1)
        }
        return word.intruder(kind)
    }

    /// Letters, digits and marks: `1А2` is one word.
    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isLatin(ascii: scalar) || 0x30...0x39 ~= scalar.value }
        let properties = scalar.properties
        return properties.isAlphabetic || properties.generalCategory == .decimalNumber
            || properties.canonicalCombiningClass != .notReordered
    }

    private static func isLatin(ascii scalar: Unicode.Scalar) -> Bool { 0x61...0x7A ~= scalar.value | 0x20 && scalar.value < 0x80 }

    /// Nil for what every script uses: ASCII digits, marks, and signs such as µ.
    static func script(of scalar: Unicode.Scalar) -> Script? {
        switch scalar.value {
        case ..<0x80: return isLatin(ascii: scalar) ? .latin : nil
        case 0xAA, 0xB5, 0xBA: return nil
        case 0xC0...0x24F: return .latin
        case 0x212A: return Script(name: "KELVIN")
        default: break
        }
        guard scalar.properties.isAlphabetic || scalar.properties.generalCategory == .decimalNumber,
            scalar.properties.generalCategory != .nonspacingMark, let name = scalar.properties.name,
            let first = name.split(separator: " ").first
        else { return nil }
        return Script(name: String(first))
    }

    private struct Word {
        private var latin: [(Unicode.Scalar, Int)] = []
        private var others: [(scalar: Unicode.Scalar, position: Int, script: Script)] = []

        mutating func add(_ scalar: Unicode.Scalar, _ position: Int) {
            guard let script = ForeignLetter.script(of: scalar) else { return }
            if script == .latin { latin.append((scalar, position)) } else { others.append((scalar, position, script)) }
        }

        func intruder(_ kind: TextFlaw.Kind) -> ForeignLetter? {
            if kind == .language, !latin.isEmpty, latin.count < others.count, let (scalar, position) = latin.first {
                return ForeignLetter(scalar: scalar, position: position, looksLike: Character(scalar), surroundings: others[0].script)
            }
            // Greek letters are symbols, too: those that look like no Latin letter may stand in any word, as in Δp and 5λ.
            let letters = others.filter { $0.script.name != "GREEK" || Lookalike.of($0.scalar) != nil }
            guard let first = letters.first else { return nil }
            if latin.isEmpty {
                // A whole word of another script is right in a language, and a designation may hold what can't be mistaken.
                guard kind == .designation || first.script.isForm, let mistaken = letters.first(where: { Lookalike.of($0.scalar) != nil })
                else { return nil }
                return found(mistaken)
            }
            return found(first)
        }

        private func found(_ letter: (scalar: Unicode.Scalar, position: Int, script: Script)) -> ForeignLetter {
            ForeignLetter(
                scalar: letter.scalar, position: letter.position, looksLike: Lookalike.of(letter.scalar), surroundings: .latin)
        }
    }
}

extension ForeignLetter.Script {
    /// Other forms of Latin letters and digits, which no language is written in.
    fileprivate var isForm: Bool { ["FULLWIDTH", "MATHEMATICAL", "KELVIN"].contains(name) }
}
