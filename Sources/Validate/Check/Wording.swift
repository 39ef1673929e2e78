extension Int {
    /// `1 axle`, `3 axles`.
    func counted(_ noun: String) -> String {
        self == 1 ? "1 \(noun)" : "\(self) \(noun)s"
    }
}

extension Sequence where Element: CustomStringConvertible {
    /// `1, 2 and 4`.
    var listed: String {
        let words = map(\.description)
        guard let last = words.last, words.count > 1 else { return words.first ?? "none" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension [Int] {
    /// Whether these are 1, 2, 3 … in any order, each once.
    var areOneToCount: Bool { sorted().elementsEqual(1..<(count + 1)) }
}

extension Vehicle.Axle {
    /// `axle 2`, as people count.
    var title: String { "axle \(number ?? group)" }
}
