public import Certificate

/// What the page calls elements and codes, for who doesn't draw one (docs/page.md).
public struct ElementWords: Sendable {
    private let texts: PageTexts

    private static let all = PageLanguage.allCases.map { ElementWords(texts: PageTexts($0)) }

    public static func of(_ language: PageLanguage) -> ElementWords { all[PageLanguage.allCases.firstIndex(of: language) ?? 0] }

    /// What a person calls a value.
    public func label(of element: Element) -> String { texts.label(of: element.name) ?? element.name }

    /// What a code means; nil where that isn't sure.
    /// - Parameter type: the name of the element's type in the catalogue.
    public func meaning(of code: String, type: String) -> String? { texts.meaning(of: code, type: type) }
}
