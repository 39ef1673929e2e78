import Linux

/// Looks whether text with fixed columns ends where a record ends. Reads its last lines only.
struct FixedEnding {
    private let layout: FixedLayout
    private let profile: Profile

    init(_ layout: FixedLayout, _ profile: Profile) {
        self.layout = layout
        self.profile = profile
    }

    func check(_ file: borrowing Descriptor, size: Int) throws(SystemError) -> StructuralState {
        switch try TextTail.read(file, size: size, profile: profile) {
        case .undecodable: .complete
        case .cut: .incomplete(reason: "ends inside a character")
        case .text(let text): state(text)
        }
    }

    private func state(_ text: [UInt8]) -> StructuralState {
        if let flaw = LineEnding(of: text[...]).flaw(profile.lastLineEnd) { return .incomplete(reason: flaw) }
        if let trailer = layout.trailer {
            let last = Self.lastLine(text[..<CellText.trim(text.span, 0..<text.count).upperBound])
            return last.starts(with: trailer.utf8)
                ? .complete : .incomplete(reason: "doesn't end with the record that begins with '\(trailer)'")
        }
        let last = Self.lastLine(text[...])
        guard !last.isEmpty else { return .complete }
        let needed = layout.recordLength ?? lastPosition
        let count = last.count { $0 & 0xC0 != 0x80 }
        return count >= needed ? .complete : .incomplete(reason: "ends in a line with \(count) of \(needed) characters")
    }

    private static func lastLine(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        text.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { text[($0 + 1)...] } ?? text
    }

    private var lastPosition: Int {
        var last = 0
        for case .positions(let range) in profile.mapping.map(\.column) { last = max(last, range.upperBound) }
        return last
    }
}
