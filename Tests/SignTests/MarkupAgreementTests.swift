import CXML
import Markup
import Testing

@testable import Sign

/// What is counted before libxml2 sees a document is what libxml2 finds in it: otherwise a document could hide its cost.
@Suite struct MarkupAgreementTests {
    private struct Counts: Equatable {
        var elements = 0
        var depth = 0
        var attributes = 0
        var namespaces = 0
    }

    /// A well-formed document with whatever could be taken for something else.
    private static func document(_ generator: inout some RandomNumberGenerator) -> String {
        func pick(_ texts: [String]) -> String { texts.randomElement(using: &generator) ?? "" }
        func space() -> String { pick([" ", "\n", "\t ", "  "]) }
        func attributes(_ level: Int) -> String {
            var text = ""
            for name in ["a", "b-c", "p\(level)", "xmlnsx", "_.1"].shuffled(using: &generator).prefix(
                Int.random(in: 0...3, using: &generator))
            {
                text +=
                    space() + name + pick(["=", " = ", "=\n"])
                    + pick(["''", "\"\"", "'>'", "\"/>\"", "'a=\"b\"'", "\"it's\"", "'&lt;x y=&quot;z&quot;'"])
            }
            for name in ["xmlns", "xmlns:q\(level)"].prefix(Int.random(in: 0...2, using: &generator)) {
                text += space() + name + "='urn:\(level)'"
            }
            return text
        }
        func content(_ level: Int) -> String {
            var text = ""
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                text += pick([
                    "text", "&amp;", ">", "a='b'", "<!-- <x y='z'> -> - -->", "<![CDATA[<x y='z'>]] >]]>", "<?pi <x y='z'> ? >?>", "<?p?>",
                    "é\u{1F697}",
                ])
                if level < 6, Bool.random(using: &generator) { text += element(level + 1) }
            }
            return text
        }
        func element(_ level: Int) -> String {
            let start = "<e\(level)" + attributes(level)
            return Bool.random(using: &generator)
                ? start + pick(["/>", " />"]) : start + pick([">", "\n>"]) + content(level) + "</e\(level)\(pick(["", " "]))>"
        }
        return pick(["", "<?xml version=\"1.0\"?>\n", "<!-- <a> -->"]) + element(0) + pick(["", "\n<!-- c -->"])
    }

    private static func counts(of bytes: [UInt8]) -> Counts? {
        let log = XMLErrorLog()
        guard let tree = XMLTree(bytes, log: log) else { return nil }
        var counts = Counts()
        count(tree.root.node, 1, &counts)
        return counts
    }

    private static func count(_ node: UnsafeMutablePointer<xmlNode>, _ depth: Int, _ counts: inout Counts) {
        counts.elements += 1
        // An empty element opens nothing.
        counts.depth = max(counts.depth, depth)
        var property = node.pointee.properties
        while let current = property {
            counts.attributes += 1
            property = current.pointee.next
        }
        var namespace = node.pointee.nsDef
        while let current = namespace {
            counts.namespaces += 1
            namespace = current.pointee.next
        }
        var child = node.pointee.children
        while let current = child {
            if current.pointee.type == XML_ELEMENT_NODE { count(current, depth + 1, &counts) }
            child = current.pointee.next
        }
    }

    private static func passes(_ bytes: [UInt8], _ counts: Counts) -> Bool {
        let limits = MarkupCost.Limits(
            elements: counts.elements, depth: counts.depth, attributes: counts.attributes, attributesOfOne: .max,
            namespaces: counts.namespaces,
            namespacesInScope: .max, name: .max, namespaceName: .max)
        return (try? MarkupCost.check(bytes, limits)) != nil
    }

    @Test func countsAreThoseOfLibxml2() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let text = Self.document(&generator)
            let bytes = Array(text.utf8)
            guard let counts = Self.counts(of: bytes) else {
                Issue.record("isn't well-formed: \(text)")
                continue
            }
            #expect(Self.passes(bytes, counts), "\(counts): \(text)")
            var fewer = counts
            fewer.elements -= 1
            #expect(!Self.passes(bytes, fewer), "\(text)")
            for part in [\Counts.attributes, \Counts.namespaces] where counts[keyPath: part] > 0 {
                fewer = counts
                fewer[keyPath: part] -= 1
                #expect(!Self.passes(bytes, fewer), "\(counts): \(text)")
            }
        }
    }
}
