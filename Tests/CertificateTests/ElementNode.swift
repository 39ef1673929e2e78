import Foundation
import FoundationXML

/// A plain tree of an XML document, by another parser than the one under test.
final class ElementNode {
    let name: String
    let attributes: [String: String]
    var children: [ElementNode] = []
    var text = ""

    init(_ name: String, _ attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    func children(_ name: String) -> [ElementNode] { children.filter { $0.name == name } }

    var leaves: [ElementNode] { children.isEmpty ? [self] : children.flatMap(\.leaves) }

    struct NotWellFormed: Error {}

    static func parse(_ bytes: [UInt8]) throws -> ElementNode {
        let builder = Builder()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = builder
        guard parser.parse(), let root = builder.root else { throw NotWellFormed() }
        return root
    }

    private final class Builder: NSObject, XMLParserDelegate {
        var root: ElementNode?
        private var open: [ElementNode] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
        ) {
            let node = ElementNode(name, attributes)
            open.last?.children.append(node)
            if root == nil { root = node }
            open.append(node)
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) { open.removeLast() }

        func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }
    }
}
