/// How many bytes must be inserted, deleted, replaced or swapped with their neighbour to make one text of another.
enum EditDistance {
    /// The candidate that is nearest to the text, in any case; nil when none is nearer than half its length.
    static func nearest(to text: String, in candidates: some Sequence<String>) -> String? {
        let text = Array(text.lowercased().utf8.prefix(64))
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let other = Array(candidate.lowercased().utf8)
            let limit = min(other.count / 2, (best?.distance ?? .max) - 1)
            // The difference in length is the least that the distance can be.
            guard abs(other.count - text.count) <= limit else { continue }
            let distance = between(text, other)
            guard distance <= limit else { continue }
            best = (distance, candidate)
        }
        return best?.candidate
    }

    /// Optimal string alignment distance.
    static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, a) in left.enumerated() {
            var current = [row + 1]
            for (column, b) in right.enumerated() {
                var cost = min(last[column] + (a == b ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, a == right[column - 1], left[row - 1] == b { cost = min(cost, beforeLast[column - 1] + 1) }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
