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
        var start = [UInt8](repeating: 0, count: min(size, 4))
        start.removeSubrange(try file.read(into: &start, at: 0)...)
        guard let (form, markLength) = TextForm.detect(start, expected: profile.encoding) else { return .complete }
        // From where a character begins in every encoding but UTF-8, which finds its way.
        let offset = markLength + max(0, size - markLength - Self.reach(profile)) / 2 * 2
        var bytes = [UInt8](repeating: 0, count: size - offset)
        bytes.removeSubrange(try file.read(into: &bytes, at: offset)...)
        if case .utf8 = form, offset > markLength { bytes.removeFirst(bytes.prefix { $0 & 0xC0 == 0x80 }.count) }
        var text: [UInt8] = []
        let (consumed, problem) = bytes.withUnsafeBufferPointer { form.decode($0, into: &text) }
        if problem != nil { return .complete }
        guard consumed == bytes.count else { return .incomplete(reason: "ends inside a character") }
        return state(text)
    }

    /// Bytes that hold the last line that isn't blank, if one has a usual length.
    private static func reach(_ profile: Profile) -> Int { min(4 * profile.limits.rowBytes, 1 << 20) }

    private func state(_ text: [UInt8]) -> StructuralState {
        let lines = text.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }
        if let trailer = layout.trailer {
            let last = lines.last { !CellText.trim($0.span, 0..<$0.count).isEmpty } ?? []
            return last.starts(with: trailer.utf8)
                ? .complete : .incomplete(reason: "doesn't end with the record that begins with '\(trailer)'")
        }
        guard let last = lines.last, !last.isEmpty else { return .complete }
        let needed = layout.recordLength ?? lastPosition
        let count = last.count { $0 & 0xC0 != 0x80 }
        return count >= needed ? .complete : .incomplete(reason: "ends in a line with \(count) of \(needed) characters")
    }

    private var lastPosition: Int {
        var last = 0
        for case .positions(let range) in profile.mapping.map(\.column) { last = max(last, range.upperBound) }
        return last
    }
}
