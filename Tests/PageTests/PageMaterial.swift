import Certificate
import Foundation
import FoundationXML
import TestSupport

@testable import Page

/// Messages to render, and a second reading of the pages made of them.
enum PageMaterial {
    static let source = CertificatePage.Source(sha256: String(repeating: "ab", count: 32), sealSubject: "O=Aurora Mobility GmbH,CN=Seal")

    static func values(_ values: [String: String]) throws -> FieldValues {
        FieldValues(try values.map { Field(try FieldPath.parse($0.key), $0.value, .constant) })
    }

    static func example(_ name: String) throws -> FieldValues { try MessageReader.read(SharedMaterial.example(name)).values }

    static func page(
        _ values: FieldValues, _ language: PageLanguage = .english, empty: [String] = [], isDuplicate: Bool = false,
        source: CertificatePage.Source = source
    ) -> String {
        let keys = empty.compactMap { try? FieldPath.parse($0) }
        return String(
            decoding: CertificatePage.render(values, empty: keys, source: source, language: language, isDuplicate: isDuplicate),
            as: UTF8.self)
    }

    /// A value for every element of the catalogue, each in `groups` groups of every table that it stands in; texts are all different.
    static func everything(groups: Int) -> FieldValues {
        var fields: [Field] = []
        for element in Catalogue.initialVehicleInformation.elements where element.isValue {
            for indices in combinations(element.repeatingAncestors.count, groups) {
                guard let key = FieldKey(element, indices: indices) else { continue }
                fields.append(Field(key, value(element, number: fields.count), .constant))
            }
        }
        return FieldValues(fields)
    }

    private static func value(_ element: Element, number: Int) -> String {
        guard case .codes(let codes, _)? = element.simpleType?.form else { return "v\(number)v" }
        return codes[number % codes.count]
    }

    private static func combinations(_ levels: Int, _ groups: Int) -> [[Int]] {
        levels == 0 ? [[]] : combinations(levels - 1, groups).flatMap { outer in (1...groups).map { outer + [$0] } }
    }
}

/// The page as an XML parser other than ours sees it: its rows as texts of cells.
final class PageReading: NSObject, XMLParserDelegate {
    private(set) var rows: [[String]] = []
    private(set) var titles: [String] = []
    private(set) var elements: Set<String> = []
    private(set) var attributes: Set<String> = []
    private(set) var all = ""
    /// Each value beside its label, without the name of its group: those of a list one by one.
    private(set) var shown: [(label: String, value: String)] = []
    private var text = ""
    private var part = ""
    private var nameEnd: String.Index?
    private var isName = false
    private var depth = 0

    init(_ page: String) throws {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes attributeDict: [String: String] = [:]
    ) {
        elements.insert(name)
        attributes.formUnion(attributeDict.keys)
        if name == "tr" { rows.append([]) }
        if ["td", "th", "h2"].contains(name) { (text, part, nameEnd) = ("", "", nil) }
        if name == "span" { (part, nameEnd) = ("", nil) }
        if name == "b" {
            depth += 1
            if part.isEmpty, depth == 1 { isName = true }
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text += string
        part += string
        all += string
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        if name == "b" {
            depth -= 1
            if depth == 0, isName { (nameEnd, isName) = (part.endIndex, false) }
        }
        if name == "span" { show() }
        if name == "td" || name == "th" {
            rows[rows.count - 1].append(text)
            if name == "td", rows[rows.count - 1].count > 2, !part.isEmpty { show() }
        }
        if name == "h2" { titles.append(text) }
    }

    private func show() {
        let row = rows[rows.count - 1]
        shown.append((row.count > 1 ? row[1] : "", String(nameEnd.map { part[$0...].dropFirst() } ?? part[...])))
        part = ""
    }

    /// The cells behind item and label.
    func cells(_ label: String) -> [[String]] { rows.filter { $0.count > 1 && $0[1] == label }.map { Array($0.dropFirst(2)) } }

    /// The item that stands before a label.
    func item(_ label: String) -> String? { rows.first { $0.count > 1 && $0[1] == label }?[0] }
}
