import Foundation
import Glibc

/// How wide text for people may be, and how it is broken into lines.
enum TextWidth {
    /// Of a terminal nobody knows the width of, and of what is read later.
    static let usual = 80
    /// Wider lines are hard to follow.
    static let widest = 120
    /// Text narrower than that can't be read anyway.
    static let least = 40

    /// The columns of the terminal that standard output is; nil where it is none.
    static var terminal: Int? {
        guard Console.isTerminal else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return usual }
        return max(Int(size.ws_col), least)
    }

    /// For running text, which is broken wherever it goes.
    static var text: Int { min(terminal ?? usual, widest) }

    /// Breaks at spaces; a word that is longer than a line is broken behind a point, a slash or the like, or where the line ends.
    /// - Parameters:
    ///   - first: what the first line begins with.
    ///   - rest: what the others begin with.
    static func wrap(_ text: String, to width: Int = TextWidth.text, first: String = "", rest: String = "") -> [String] {
        var lines: [String] = []
        var line = first
        var isFresh = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !isFresh, line.count + 1 + word.count <= width {
                line += " \(word)"
                continue
            }
            if !isFresh {
                lines.append(line)
                line = rest
            }
            var word = word
            while line.count + word.count > width {
                let part = head(of: word, max(width - line.count, 8))
                lines.append(line + part)
                word = word.dropFirst(part.count)
                line = rest
            }
            line += word
            isFresh = false
        }
        return lines + [line]
    }

    /// The part of a long word that a line takes: up to a place where it reads well to stop, in the second half.
    private static func head(of word: Substring, _ room: Int) -> Substring {
        let part = word.prefix(room)
        func isFarEnough(_ index: Substring.Index) -> Bool { part.distance(from: part.startIndex, to: index) >= room / 2 }
        if let stop = part.lastIndex(where: { "./_-,;:*|".contains($0) }), isFarEnough(stop) { return part[...stop] }
        // Names of elements are words with capitals.
        if let capital = part.indices.last(where: { part[$0].isUppercase }), isFarEnough(capital) { return part[..<capital] }
        return part
    }
}

/// Rows with aligned columns. Where they don't fit, columns are made narrower and their cells go on in further lines.
struct TextTable {
    let header: [String]
    let rows: [[String]]
    /// Whether words that are too long are broken, as element names may be. What people copy (ids, paths) stays whole: a table that doesn't fit
    /// by breaking at spaces alone is as wide as it takes.
    var breaksWords = false

    private static let gap = "  "

    /// - Parameter width: nil for as wide as it takes.
    func lines(width: Int?) -> [String] {
        let all = [header] + rows.map { $0.map(Console.visible) }
        let natural = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        let widths = width.map { fit(all, natural, into: $0) } ?? natural
        var lines: [String] = []
        for (number, row) in all.enumerated() {
            lines += Self.lines(row, widths)
            if number == 0 { lines.append(widths.map { String(repeating: "-", count: min($0, 60)) }.joined(separator: Self.gap)) }
        }
        return lines
    }

    private static func lines(_ row: [String], _ widths: [Int]) -> [String] {
        let cells = row.enumerated().map { column, cell in
            cell.count <= widths[column] ? [cell] : TextWidth.wrap(cell, to: widths[column])
        }
        return (0..<(cells.map(\.count).max() ?? 1)).map { number in
            let parts = cells.enumerated().map { column, lines in
                let part = lines.indices.contains(number) ? lines[number] : ""
                return column == widths.count - 1 ? part : part + String(repeating: " ", count: max(0, widths[column] - part.count))
            }
            return String(parts.joined(separator: gap).reversed().drop { $0 == " " }.reversed())
        }
    }

    /// Takes columns of room away, one by one, where the fewest cells don't fit any more.
    private func fit(_ rows: [[String]], _ natural: [Int], into width: Int) -> [Int] {
        let room = width - Self.gap.count * (natural.count - 1)
        var widths = natural
        var total = natural.reduce(0, +)
        guard total > room else { return natural }
        let longer = natural.indices.map { column in Self.longer(rows.map { $0[column].count }, upTo: natural[column]) }
        var floors = floors(rows, natural)[...]
        while total > room, let floor = floors.first {
            let shrinkable = widths.indices.filter { widths[$0] > floor[$0] }
            let column = shrinkable.min { (longer[$0][widths[$0]], -widths[$0]) < (longer[$1][widths[$1]], -widths[$1]) }
            if let column {
                widths[column] -= 1
                total -= 1
            } else {
                floors.removeFirst()
            }
        }
        return total > room ? natural : widths
    }

    /// How narrow the columns may get: first within reason, then where that leaves too little room.
    private func floors(_ rows: [[String]], _ natural: [Int]) -> [[Int]] {
        guard !breaksWords else { return [17, 8].map { floor in natural.map { min($0, floor) } } }
        return [
            natural.indices.map { column in
                rows.lazy.map { $0[column].split(separator: " ").map(\.count).max() ?? 0 }.max() ?? 0
            }
        ]
    }

    /// By length: how many cells are so long or longer.
    private static func longer(_ lengths: [Int], upTo longest: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: longest + 2)
        for length in lengths { counts[length] += 1 }
        for length in (0...longest).reversed() { counts[length] += counts[length + 1] }
        return counts
    }
}
