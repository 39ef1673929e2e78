/// Builds the elements from indented lines: two spaces a level, children in the order in which they are written.
struct ElementTree {
    private var nodes: [Node] = []
    private var path: [Int] = []

    private struct Node {
        let name: String
        let parent: Int?
        let content: Element.Content
        let occurrence: Element.Occurrence
        let item: String?
        let unit: String?
        var children: [Int] = []
    }

    /// `Name[?] [Type|1..*|signature] [@item] [unit]`.
    mutating func add(_ line: String, _ number: Int, _ types: [SimpleType]) throws(CatalogueParser.Failure) {
        let depth = line.prefix { $0 == " " }.count / 2
        let words = line.split(separator: " ").map(String.init)
        guard depth <= path.count, nodes.isEmpty == (depth == 0) else {
            throw .init(line: number, reason: "'\(words[0])' stands under no element")
        }
        path.removeSubrange(depth...)
        let optional = words[0].hasSuffix("?")
        var content = Element.Content.group
        var occurrence = optional ? Element.Occurrence.optional : .required
        var item: String?
        var unit: String?
        for word in words.dropFirst() {
            if word.hasSuffix("..*"), let minimum = Int(word.dropLast(3)) {
                occurrence = .repeating(minimum: minimum)
            } else if word == "signature" {
                content = .signature
            } else if word.hasPrefix("@") {
                item = String(word.dropFirst())
            } else if let type = types.first(where: { $0.name == word }) {
                content = .value(type)
            } else if case .value = content, unit == nil {
                unit = word
            } else {
                throw .init(line: number, reason: "'\(word)' is no type")
            }
        }
        let name = optional ? String(words[0].dropLast()) : words[0]
        nodes.append(Node(name: name, parent: path.last, content: content, occurrence: occurrence, item: item, unit: unit))
        if let parent = path.last { nodes[parent].children.append(nodes.count - 1) }
        path.append(nodes.count - 1)
    }

    func elements() -> [Element] {
        var last = Array(nodes.indices)
        for index in nodes.indices.reversed() {
            if let parent = nodes[index].parent { last[parent] = max(last[parent], last[index]) }
        }
        var repeating: [[ElementID]] = []
        return nodes.indices.map { index in
            let node = nodes[index]
            var chain = node.parent.map { repeating[$0] } ?? []
            if case .repeating = node.occurrence { chain.append(id(index)) }
            repeating.append(chain)
            return Element(
                id: id(index), name: node.name, parent: node.parent.map(id), content: node.content, occurrence: node.occurrence,
                children: node.children.map(id), lastDescendant: id(last[index]), repeatingAncestors: chain, item: node.item,
                unit: node.unit)
        }
    }

    private func id(_ index: Int) -> ElementID { ElementID(rawValue: UInt16(index)) }
}
