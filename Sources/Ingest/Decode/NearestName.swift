import Certificate

/// Finds what somebody probably meant.
enum NearestName {
    /// The candidate with the smallest edit distance, letter case ignored; nil when none is near.
    static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        EditDistance.nearest(to: name, in: candidates, within: max(1, name.utf8.count / 3))
    }

    /// The path nearest to `path`: its last part is put right; the parts before it stay where they fit.
    static func ofPath(_ path: String, in catalogue: Catalogue) -> String? {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false)
        let values = catalogue.elements.lazy.filter(\.isValue).map(\.name)
        guard let last = parts.last, let name = of(String(last), among: values) else { return nil }
        let whole = (parts.dropLast() + [name[...]]).joined(separator: ".")
        return (try? FieldPath.parse(whole, in: catalogue)) == nil ? name : whole
    }
}
