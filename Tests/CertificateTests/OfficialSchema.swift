import TestSupport
import Foundation

@testable import Certificate

/// The official XSD as far as it is used: named complex types of one model group, named simple types with facets.
struct OfficialSchema {
    let targetNamespace: String
    let simpleTypes: [SimpleType]
    let complexTypes: [String: ElementNode]
    private let root: ElementNode

    struct Facet: Equatable {
        let name: String
        let value: String
    }

    struct SimpleType: Equatable {
        let name: String
        let base: String
        let facets: [Facet]
    }

    struct Element: Equatable {
        let depth: Int
        let name: String
        /// The simple type's name, `group` or `signature`.
        let content: String
        /// `minOccurs..maxOccurs`.
        let occurrence: String
    }

    struct Unexpected: Error { let what: String }

    init() throws {
        let document = try ElementNode.parse(Array(Data(contentsOf: SharedMaterial.schema)))
        targetNamespace = document.attributes["targetNamespace"] ?? ""
        simpleTypes = document.children("xs:simpleType").map { type in
            let restriction = type.children[0]
            let facets = restriction.children.map { Facet(name: String($0.name.dropFirst(3)), value: $0.attributes["value"] ?? "") }
            return SimpleType(name: type.attributes["name"] ?? "", base: restriction.attributes["base"] ?? "", facets: facets)
        }
        complexTypes = Dictionary(uniqueKeysWithValues: document.children("xs:complexType").map { ($0.attributes["name"] ?? "", $0) })
        guard let root = document.children("xs:element").first, document.children("xs:element").count == 1 else {
            throw Unexpected(what: "not one root element")
        }
        let known = ["xs:annotation", "xs:import", "xs:element", "xs:simpleType", "xs:complexType"]
        if let stray = document.children.first(where: { !known.contains($0.name) }) { throw Unexpected(what: stray.name) }
        self.root = root
    }

    /// All elements from the root down, depth first.
    func elements() throws -> [Element] { try elements(of: root, depth: 0, isRepeated: false) }

    private func elements(of node: ElementNode, depth: Int, isRepeated: Bool) throws -> [Element] {
        let least = node.attributes["minOccurs"] ?? "1"
        let most = node.attributes["maxOccurs"] ?? "1"
        guard isRepeated == (most == "unbounded"), isRepeated || most == "1" else { throw Unexpected(what: "maxOccurs \(most)") }
        if node.attributes["ref"] == "sig:Signature" {
            return [Element(depth: depth, name: "Signature", content: "signature", occurrence: "\(least)..\(most)")]
        }
        guard let name = node.attributes["name"], let type = node.attributes["type"] else {
            throw Unexpected(what: "element without name or type")
        }
        guard let complex = complexTypes[type] else {
            guard simpleTypes.contains(where: { $0.name == type }) else { throw Unexpected(what: "type \(type)") }
            return [Element(depth: depth, name: name, content: type, occurrence: "\(least)..\(most)")]
        }
        guard type == name, complex.children.count == 1, let model = complex.children.first else {
            throw Unexpected(what: "complex type \(type)")
        }
        // A sequence stands for a table of one kind of group; everything else is in any order.
        guard model.name == "xs:all" || (model.name == "xs:sequence" && model.children.count == 1) else {
            throw Unexpected(what: model.name)
        }
        return try model.children.reduce(into: [Element(depth: depth, name: name, content: "group", occurrence: "\(least)..\(most)")]) {
            $0 += try elements(of: $1, depth: depth + 1, isRepeated: model.name == "xs:sequence")
        }
    }
}

extension OfficialSchema.Element {
    init(of element: Certificate.Element) {
        let catalogue = Catalogue.initialVehicleInformation
        let content =
            switch element.content {
            case .value(let type): type.name
            case .group: "group"
            case .signature: "signature"
            }
        let occurrence =
            switch element.occurrence {
            case .required: "1..1"
            case .optional: "0..1"
            case .repeating(let minimum): "\(minimum)..unbounded"
            }
        let depth = catalogue.elements.count { $0.id != element.id && catalogue.contains($0.id, element.id) }
        self.init(depth: depth, name: element.name, content: content, occurrence: occurrence)
    }
}

extension OfficialSchema.SimpleType {
    /// The facets that the catalogue's form of a type stands for, in the order in which the schema writes them.
    init(of type: Certificate.SimpleType) {
        switch type.form {
        case .text(let length?, let pattern):
            let lengths = [("minLength", "\(length.lowerBound)"), ("maxLength", "\(length.upperBound)")]
            self.init(type.name, "xs:string", lengths + (pattern.map { [("pattern", $0)] } ?? []))
        case .text(nil, let pattern):
            self.init(type.name, "xs:string", pattern.map { [("pattern", $0)] } ?? [])
        case .codes(let codes, let maximum):
            self.init(type.name, "xs:string", [("maxLength", "\(maximum)")] + codes.map { ("enumeration", $0) })
        case .decimal(let total, let fraction, let minimum, let maximum):
            self.init(
                type.name, "xs:decimal",
                [("totalDigits", "\(total)"), ("fractionDigits", "\(fraction)"), ("minInclusive", minimum), ("maxInclusive", maximum)])
        case .integer(let range, let base):
            self.init(type.name, "xs:\(base)", [("minInclusive", "\(range.lowerBound)"), ("maxInclusive", "\(range.upperBound)")])
        case .date: self.init(type.name, "xs:date", [])
        case .dateTime: self.init(type.name, "xs:dateTime", [])
        }
    }

    private init(_ name: String, _ base: String, _ facets: [(String, String)]) {
        self.init(name: name, base: base, facets: facets.map { .init(name: $0.0, value: $0.1) })
    }
}
