/// The name of one value as people write it: `CocDataGroup.AxleTable[2].TyreAxleTable[1].TyreSize`.
///
/// A table with a number stands for its n-th group, so group elements are left out. Element names are unique, so leading parts may be
/// dropped (`ActualMass`), and a missing number is 1.
public enum FieldPath {
    /// Why a path names no value. `reason` is a whole sentence for an operator.
    public struct Unknown: Error, Equatable, CustomStringConvertible {
        public let path: String
        public let reason: String
        public var description: String { "\(path): \(reason)" }
    }

    public static func parse(_ path: String, in catalogue: Catalogue = .initialVehicleInformation) throws(Unknown) -> FieldKey {
        let parts = try path.split(separator: ".", omittingEmptySubsequences: false).map { part throws(Unknown) in try split(part, path) }
        guard let last = parts.last, let element = catalogue.element(named: last.name) else {
            throw Unknown(path: path, reason: "there is no element of this name in IVI 2.0")
        }
        guard element.isValue else { throw Unknown(path: path, reason: "'\(element.name)' is a group, not a value") }
        guard last.index == nil else { throw Unknown(path: path, reason: "only a table takes a number, '\(element.name)' is a value") }
        let indices = try indices(of: element, leading: parts.dropLast(), path, catalogue)
        guard let key = FieldKey(element, indices: indices) else {
            throw Unknown(path: path, reason: "a group number runs from 1 to \(FieldKey.maximumIndex)")
        }
        return key
    }

    /// The full path of a key, with every number written.
    public static func write(_ key: FieldKey, in catalogue: Catalogue = .initialVehicleInformation) -> String {
        let (element, indices) = key.resolve(in: catalogue)
        var parts = [element.name]
        var remaining = indices[...]
        var current = element
        while let parent = current.parent.map({ catalogue[$0] }), parent.parent != nil {
            if current.isRepeating, let index = remaining.popLast() {
                parts.append("\(parent.name)[\(index)]")
            } else if !parent.isRepeating, !isTable(parent, catalogue) {
                parts.append(parent.name)
            }
            current = parent
        }
        return parts.reversed().joined(separator: ".")
    }

    private static func isTable(_ element: Element, _ catalogue: Catalogue) -> Bool {
        element.children.count == 1 && catalogue[element.children[0]].isRepeating
    }

    private static func split(_ part: Substring, _ path: String) throws(Unknown) -> (name: Substring, index: Int?) {
        guard let bracket = part.firstIndex(of: "[") else { return (part, nil) }
        guard part.hasSuffix("]"), let index = Int(part[part.index(after: bracket)...].dropLast()), index > 0 else {
            throw Unknown(path: path, reason: "'\(part)' has no whole number between its brackets")
        }
        return (part[..<bracket], index)
    }

    /// Matches the leading parts, in order, with the ancestors of `element`; a table's number goes to its group.
    private static func indices(
        of element: Element, leading: ArraySlice<(name: Substring, index: Int?)>, _ path: String, _ catalogue: Catalogue
    ) throws(Unknown) -> [Int] {
        var remaining = leading
        var indices: [Int] = []
        var current = element
        while let parent = current.parent.map({ catalogue[$0] }) {
            var number: Int?
            if let part = remaining.last, part.name == parent.name {
                guard part.index == nil || current.isRepeating else {
                    throw Unknown(path: path, reason: "only a table takes a number, '\(parent.name)' is a group")
                }
                number = part.index
                remaining.removeLast()
            }
            if current.isRepeating { indices.append(number ?? 1) }
            current = parent
        }
        if let stray = remaining.last {
            throw Unknown(path: path, reason: "'\(stray.name)' doesn't stand above '\(element.name)'")
        }
        return indices.reversed()
    }
}
