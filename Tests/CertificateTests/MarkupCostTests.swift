import Foundation
import Markup
import Testing

@testable import Certificate

/// What a document costs a parser is counted before one sees it.
@Suite struct MarkupCostTests {
    private static let limits = MarkupCost.Limits(
        elements: 6, depth: 3, attributes: 5, attributesOfOne: 3, namespaces: 4, namespacesInScope: 2, name: 8, namespaceName: 10)

    private func excess(_ text: String) -> MarkupCost.Excess? { excess(Array(text.utf8)) }

    private func excess(_ bytes: [UInt8]) -> MarkupCost.Excess? {
        do throws(MarkupCost.Excess) {
            try MarkupCost.check(bytes, Self.limits)
            return nil
        } catch { return error }
    }

    /// A document at each limit, and what goes beyond.
    @Test(arguments: [
        ("<a><b/><b></b><b/><b/><b/></a>", "<a><b/><b></b><b/><b/><b/><b/></a>", "more than 6 elements"),
        ("<a><b><c/><c></c></b><b><c></c></b></a>", "<a><b><c><d></d></c></b></a>", "more than 3 elements in one another"),
        ("<a x='1' y=\"2\" z = '3'/>", "<a x='1' y=\"2\"\nz = '3' w='4'/>", "more than 3 attributes at one element"),
        ("<a x='' y='' z=''><b x='' y=''/></a>", "<a x='' y='' z=''><b x='' y=''/><b x=''/></a>", "more than 5 attributes"),
        (
            "<a xmlns='u'><b xmlns:p='v'/><b xmlns:q='w'/><c xmlns='x'/></a>",
            "<a><b xmlns:p='v'/><b xmlns:p='v'/><b xmlns:p='v'/><b xmlns:p='v'/><b xmlns:p='v'/></a>", "more than 4 declarations"
        ),
        (
            "<a xmlns='u'><b xmlns:p='v'></b><b xmlns:p='v'/><c/></a>", "<a xmlns='u'><b xmlns:p='v'><c xmlns:q='w'/></b></a>",
            "more than 2 namespaces at one element"
        ),
        ("<eight678 x2345678=''/>", "<nine56789/>", "more than 8 bytes in a name"),
        ("<a p:x=''/>", "<a xxxxxxxxx=''/>", "more than 8 bytes in a name"),
        ("<a xmlns='0123456789'/>", "<a xmlns='01234567890'/>", "more than 10 bytes in a namespace"),
    ])
    func limitsHold(_ within: String, _ beyond: String, _ reason: String) {
        #expect(excess(within) == nil)
        #expect(excess(beyond)?.reason.contains(reason) == true, "\(String(describing: excess(beyond)))")
    }

    /// Text that looks like markup costs nothing.
    @Test(arguments: [
        "<!-- <a b='1' c='1' d='1' e='1'> > -- -->", "<![CDATA[<a b='1' c='1' d='1' e='1'>]] ]]>",
        "<?p <a b='1' c='1' d='1' e='1'> ?>", "<b x=\"<a b='1' c='1' d='1' e='1'>\"/>", "<b x='a=\"b\" c=\"d\" e=\"f\" />'/>",
        "b='1' c='1' d='1' e='1'",
    ])
    func otherTextDoesNotCount(_ text: String) {
        #expect(excess("<a>\(text)</a>") == nil)
        #expect(excess("<a>\(text)<x b='1' c='1' d='1' e='1'/></a>") != nil)
    }

    @Test func linesAreTold() {
        #expect(excess("<a>\n\n<b x='' y='' z='' w=''/></a>")?.line == 3)
    }

    @Test func sixteenBitsAreRead() throws {
        for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian] {
            let mark: [UInt8] = encoding == .utf16LittleEndian ? [0xFF, 0xFE] : [0xFE, 0xFF]
            // U+3C3E has the bytes of '<' and '>'.
            let harmless = try #require("<a>\u{3C3E} x='' y='' z='' w=''</a>".data(using: encoding))
            #expect(excess(mark + harmless) == nil)
            let costly = try #require("<a>\u{3C3E}<b x='' y='' z='' w=''/></a>".data(using: encoding))
            #expect(excess(mark + costly) != nil)
        }
    }

    @Test func cutDocumentsEnd() {
        let text = "<a x='1'><!-- c --><![CDATA[d]]><?p i?><b y=\"2\"/></a>"
        for count in 0...text.utf8.count { #expect(excess(Array(text.utf8.prefix(count))) == nil) }
    }

    /// libxml2 compares each attribute of a tag with all others: these took it seconds.
    @Test func costlyMessagesAreRefusedUnread() {
        let start = "<InitialVehicleInformation xmlns=\"\(Catalogue.initialVehicleInformation.namespace)\""
        let attributes = (0..<60_000).map { " a\($0)=''" }.joined()
        let namespaces = (0..<60_000).map { " xmlns:a\($0)='u'" }.joined()
        for words in [attributes, namespaces] {
            let text = "\(start)\(words)></InitialVehicleInformation>"
            #expect {
                try MessageReader.read(Array(text.utf8))
            } throws: { error in
                let failure = error as? MessageReadingFailure
                return failure?.finding.rule == StructureRule.tooLarge.rawValue && failure?.reason.contains("more than 64") == true
            }
        }
    }
}
