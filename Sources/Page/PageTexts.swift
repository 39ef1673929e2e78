/// The texts of one language: labels of elements, sections, meanings of codes, and the frame (docs/page.md).
struct PageTexts: Sendable {
    let language: PageLanguage
    private let texts: [String: String]
    /// The endings of element names that have a text of their own, the longest first.
    private let endings: [String]

    init(_ language: PageLanguage) {
        self.language = language
        let own = Self.read(language.file)
        let english = language == .english ? own : Self.read(PageLanguage.english.file)
        var texts = own
        for (key, text) in own where text == Self.asInEnglish { texts[key] = english[key] }
        self.texts = texts
        endings = texts.keys.filter { $0.hasPrefix("~") }.map { String($0.dropFirst()) }.sorted {
            $0.utf8.count == $1.utf8.count ? $0 < $1 : $0.utf8.count > $1.utf8.count
        }
    }

    /// Written where a language says it as English does, so that nothing is left in English by accident.
    static let asInEnglish = "="

    /// `key: text` on each line; lines that begin with `# ` are comments.
    static func read(_ file: [UInt8]) -> [String: String] {
        var texts: [String: String] = [:]
        for line in String(decoding: file, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("# ") {
            var end = line.startIndex
            // A key may hold colons itself, but no space.
            while end < line.endIndex, line[end] != " " { end = line.index(after: end) }
            guard end < line.endIndex, line[..<end].hasSuffix(":") else { continue }
            texts[String(line[..<end].dropLast())] = String(line[line.index(after: end)...])
        }
        return texts
    }

    /// The text; the key itself when there is none, which the tests rule out for every key that is asked for.
    subscript(key: String) -> String { texts[key] ?? key }

    func optional(_ key: String) -> String? { texts[key] }

    /// What a code says: its type's own meaning of it, the country that it stands for, or the word that it is in every type. Nil where it
    /// isn't sure.
    func meaning(of code: String, type: String) -> String? {
        switch (type, code) {
        case ("Indicator", "Y"), ("OptionalCode", "Y"): texts["yes"]
        case ("Indicator", "N"), ("OptionalCode", "N"): texts["no"]
        case ("VehicleCategoryCode", _): category(code)
        case ("SpeedCategorySymbolCode", _): PageLayout.speeds[code].map { "\($0) km/h" }
        default: texts["\(type):\(code)"] ?? Countries.iso(code, type: type).flatMap { texts["country.\($0)"] } ?? texts["code.\(code)"]
        }
    }

    /// What the category begins with, and the supplements of a road vehicle's (`M1G`: off-road, `N2GS`: and for a special purpose).
    private func category(_ code: String) -> String? {
        guard let base = (1...3).reversed().map({ code.prefix($0) }).first(where: { texts["category.\($0)"] != nil }),
            let meaning = texts["category.\(base)"]
        else { return nil }
        let supplements = "MNO".contains(base.prefix(1)) ? code.dropFirst(base.count).compactMap { texts["category.+\($0)"] } : []
        return ([meaning] + supplements).joined(separator: ", ")
    }

    /// What a person calls an element: its own text, or the text of what its name begins with and that of its ending.
    func label(of name: String) -> String? {
        if let own = texts[name] { return own }
        for ending in endings where name.hasSuffix(ending) && name.utf8.count > ending.utf8.count {
            if let base = label(of: String(name.dropLast(ending.count))), let qualifier = texts["~\(ending)"] {
                return "\(base), \(qualifier)"
            }
        }
        return nil
    }
}
