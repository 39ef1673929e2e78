public import Certificate
public import Validate

extension ElementEntry {
    /// The page docs/elements.md: every value of the message.
    public static func markdown() -> String {
        let all = all(.english)
        let head = """
            # The elements

            Every value of the message IVI 2.0: \(all.count) of them, in the order in which ecocd writes them. `ecocctl elements WORD` finds one by a word
            of its name, of its path, of what people call it in any language of the page, or by the item's number on the certificate.

            A path is what a column is mapped to ([input-formats.md](input-formats.md)); leading parts may be left out, `[n]` is the
            number of a table's group, from 1. Item numbers are those of Regulation (EU) 2020/683. What is demanded and forbidden comes
            from the table of items, and so does how sure that is ([completeness.md](completeness.md)). "Required" is what the
            schema demands: of every message, or of every group of the table that the value stands in. A code's meaning stands where it is sure.

            This page is made from the program (`ElementEntry.markdown()`). A test checks that it is up to date;
            `ECOCD_WRITE_RULES=1 swift test --filter ElementPageTests` writes it anew.

            """
        var page = head
        var section = ""
        for entry in all {
            if entry.section != section {
                section = entry.section
                page += "\n## \(section)\n"
            }
            page += entry.markdown
        }
        return page + codeLists(all)
    }

    /// The groups that it stands in.
    private var section: String { path.split(separator: ".").dropLast().joined(separator: ".") }

    private var markdown: String {
        var lines = ["", "### \(element.name)", "", "\(label.prefix(1).uppercased())\(label.dropFirst()). `\(path)`", ""]
        let facts = [element.item.map { "item \($0)" }, element.unit.map { "unit \($0)" }, typeLink, isRequired ? "required" : nil]
        lines.append("- \(facts.compactMap(\.self).joined(separator: "; "))")
        for demand in demands { lines.append("- \(ElementEntry.words(demand, of: element))") }
        return lines.flatMap { Self.wrap($0) }.joined(separator: "\n") + "\n"
    }

    private var typeLink: String {
        guard let name = element.simpleType?.name, !codes.isEmpty else { return Self.quoted(type) }
        return "\(type), [\(name)](#\(name.lowercased()))"
    }

    /// A pattern holds signs that Markdown would read.
    private static func quoted(_ type: String) -> String {
        guard let range = type.firstRange(of: " like ") else { return type }
        return "\(type[..<range.upperBound])`\(type[range.upperBound...])`"
    }

    /// `Demanded for …`, and of which group where it isn't the element itself.
    public static func words(_ demand: ItemDemand, of element: Element) -> String {
        let subject = demand.element == element.name ? "" : "\(demand.element) "
        return "\(subject)\(demand.isForbidden ? "forbidden" : "demanded") \(demand.words)"
    }

    private static func codeLists(_ all: [ElementEntry]) -> String {
        var page = "\n## Codes\n"
        var known: Set<String> = []
        for entry in all {
            guard let name = entry.element.simpleType?.name, !entry.codes.isEmpty, known.insert(name).inserted else { continue }
            let codes = entry.codes.map { code in "`\(code.code)`" + (code.meaning.map { " \($0)" } ?? "") }
            page += "\n### \(name)\n\n" + wrap(codes.joined(separator: ", ")).joined(separator: "\n") + "\n"
        }
        return page
    }

    /// At spaces, so that no line is long; what goes on in a list is set in.
    private static func wrap(_ line: String) -> [String] {
        let indent = line.hasPrefix("- ") ? "  " : ""
        var lines: [String] = []
        var open = ""
        for word in line.split(separator: " ", omittingEmptySubsequences: false) {
            if !open.isEmpty, open.count + 1 + word.count > 120 {
                lines.append(open)
                open = indent + word
            } else {
                open += open.isEmpty ? String(word) : " \(word)"
            }
        }
        return lines + [open]
    }
}
