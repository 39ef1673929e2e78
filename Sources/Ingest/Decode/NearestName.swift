import Certificate

/// Finds what somebody probably meant.
enum NearestName {
    /// The candidate with the smallest edit distance, letter case ignored; nil when none is near.
    static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased().utf8.prefix(80))
        var best: String?
        var limit = max(1, wanted.count / 3)
        for candidate in candidates where abs(candidate.utf8.count - wanted.count) <= limit {
            guard let distance = distance(wanted, Array(candidate.lowercased().utf8), within: limit) else { continue }
            if distance == 0 { return candidate }
            best = candidate
            limit = distance - 1
        }
        return best
    }

    /// The path nearest to `path`: its last part is put right; the parts before it stay where they fit.
    static func ofPath(_ path: String, in catalogue: Catalogue) -> String? {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false)
        let values = catalogue.elements.lazy.filter(\.isValue).map(\.name)
        guard let last = parts.last, let name = of(String(last), among: values) else { return nil }
        let whole = (parts.dropLast() + [name[...]]).joined(separator: ".")
        return (try? FieldPath.parse(whole, in: catalogue)) == nil ? name : whole
    }

    /// Insertions, deletions and replacements between the two (Levenshtein); nil, soon, when there are more than `limit`.
    private static func distance(_ left: [UInt8], _ right: [UInt8], within limit: Int) -> Int? {
        var row = Array(0...right.count)
        var index = 0
        while index < left.count {
            var diagonal = row[0]
            var least = index + 1
            row[0] = index + 1
            var place = 0
            while place < right.count {
                var cost = diagonal + (left[index] == right[place] ? 0 : 1)
                diagonal = row[place + 1]
                if diagonal + 1 < cost { cost = diagonal + 1 }
                if row[place] + 1 < cost { cost = row[place] + 1 }
                if cost < least { least = cost }
                row[place + 1] = cost
                place += 1
            }
            // No later row has a smaller number than the least of this one.
            if least > limit { return nil }
            index += 1
        }
        return row[right.count] <= limit ? row[right.count] : nil
    }
}
