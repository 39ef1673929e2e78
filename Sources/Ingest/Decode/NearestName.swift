import Certificate

/// Finds what somebody probably meant.
enum NearestName {
    /// The candidate with the smallest edit distance, letter case ignored; nil when none is near.
    static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased().unicodeScalars.prefix(80))
        var best: (name: String, distance: Int)?
        let limit = max(1, wanted.count / 3)
        for candidate in candidates {
            let scalars = Array(candidate.lowercased().unicodeScalars)
            guard abs(scalars.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, scalars)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// The path nearest to `path`: its last part is put right; the parts before it stay where they fit.
    static func ofPath(_ path: String, in catalogue: Catalogue) -> String? {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false)
        let values = catalogue.elements.lazy.filter(\.isValue).map(\.name)
        guard let last = parts.last, let name = of(String(last), among: values) else { return nil }
        let whole = (parts.dropLast() + [name[...]]).joined(separator: ".")
        return (try? FieldPath.parse(whole, in: catalogue)) == nil ? name : whole
    }

    /// Insertions, deletions and replacements between the two (Levenshtein).
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var row = Array(0...right.count)
        for (index, scalar) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (place, other) in right.enumerated() {
                let replaced = diagonal + (scalar == other ? 0 : 1)
                diagonal = row[place + 1]
                row[place + 1] = min(replaced, diagonal + 1, row[place] + 1)
            }
        }
        return row[right.count]
    }
}
