/// How many bytes must be inserted, deleted, replaced or swapped with their neighbour to make one text of another.
public enum EditDistance {
    /// The candidate that is nearest to the text, in any case, the first of several; nil when none is near.
    /// - Parameter limit: the greatest distance that counts as near; by default half the candidate's length.
    public static func nearest(to text: String, in candidates: some Sequence<String>, within limit: Int? = nil) -> String? {
        let text = Array(text.lowercased().utf8.prefix(80))
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            // The difference in length is the least that the distance can be, and most candidates differ too much.
            let least = abs(candidate.utf8.count - text.count)
            let most = min(limit ?? candidate.utf8.count / 2, (best?.distance ?? .max) - 1)
            guard least <= most, let distance = between(text, Array(candidate.lowercased().utf8), within: most) else { continue }
            best = (distance, candidate)
            if distance == 0 { break }
        }
        return best?.candidate
    }

    /// Optimal string alignment distance; nil, soon, when it is greater than `limit`.
    static func between(_ left: [UInt8], _ right: [UInt8], within limit: Int = .max) -> Int? {
        var beforeLast = [Int](repeating: .max, count: right.count + 1)
        var last = Array(0...right.count)
        var current = last
        var leastOfLast = 0
        var row = 0
        while row < left.count {
            current[0] = row + 1
            var least = row + 1
            var column = 0
            while column < right.count {
                var cost = last[column] + (left[row] == right[column] ? 0 : 1)
                if last[column + 1] + 1 < cost { cost = last[column + 1] + 1 }
                if current[column] + 1 < cost { cost = current[column] + 1 }
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column], beforeLast[column - 1] + 1 < cost {
                    cost = beforeLast[column - 1] + 1
                }
                if cost < least { least = cost }
                current[column + 1] = cost
                column += 1
            }
            // A later row is made from two neighbouring ones, by a swap from the upper one with one step.
            if least > limit && leastOfLast >= limit { return nil }
            leastOfLast = least
            swap(&beforeLast, &last)
            swap(&last, &current)
            row += 1
        }
        return last[right.count] <= limit ? last[right.count] : nil
    }
}
