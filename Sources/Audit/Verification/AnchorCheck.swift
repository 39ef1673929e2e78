import Hashing

/// Compares anchors with the entries that speak of them, both ways, and with the heads that they are of. Whether an authority made the
/// evidence is for those who know whom to trust.
struct AnchorCheck {
    private let anchors: Statement
    private let record: Statement
    /// The positions of the entries that speak of anchors, in order.
    private var told: ArraySlice<Int>

    init(_ connection: Connection, told: [Int]) throws(LedgerError) {
        anchors = try connection.prepare(
            """
            SELECT position, anchor.size, kind, authority, obtained_at, evidence, note IS NOT NULL FROM anchor \
            LEFT JOIN checkpoint ON checkpoint.size = anchor.size ORDER BY position
            """)
        record = try connection.prepare("SELECT record FROM entry WHERE position = ?")
        self.told = told[...]
    }

    mutating func run(_ problems: inout ProblemList) throws(LedgerError) {
        while try anchors.step() {
            let position = anchors.number(0)
            while let next = told.first, next < position { lost(told.removeFirst(), &problems) }
            guard told.first == position else {
                problems.add(.anchor, at: position, "an anchor has no entry that speaks of it")
                continue
            }
            told.removeFirst()
            if let flaw = try flaw(position) { problems.add(.anchor, at: position, flaw) }
        }
        for position in told { lost(position, &problems) }
    }

    private func lost(_ position: Int, _ problems: inout ProblemList) {
        problems.add(.anchor, at: position, "the anchor that this entry speaks of is missing")
    }

    private func flaw(_ position: Int) throws(LedgerError) -> String? {
        try record.bind(1, position)
        defer { record.reset() }
        // An entry that isn't there or can't be read was told before.
        guard try record.step(), let record = LedgerEntry(position: position, bytes: record.blob(0)).record else { return nil }
        let stored: [String: Event.Scalar] = [
            "size": .number(anchors.number(1)), "anchor": .text(anchors.text(2)), "authority": .text(anchors.text(3)),
            "time": .text(anchors.text(4)), "sha256": .text(SHA256.hexadecimal(of: anchors.blob(5))),
        ]
        guard record.fields == stored else { return "the anchor isn't the one that its entry speaks of" }
        guard anchors.number(1) <= position else { return "the anchor is of entries that came after it" }
        return anchors.number(6) == 1 ? nil : "the head of \(anchors.number(1)) entries, which was anchored, isn't kept"
    }
}
