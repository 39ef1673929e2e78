/// Reads anchors. Used by one thread at a time.
struct AnchorRows {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Where this evidence of this size's head stands, or nil.
    func position(size: Int, evidence: [UInt8]) throws(LedgerError) -> Int? {
        let same = try connection.prepare("SELECT position FROM anchor WHERE size = ? AND evidence = ?")
        try same.bind(1, size)
        try same.bind(2, blob: evidence)
        return try same.step() ? same.number(0) : nil
    }

    /// The anchors behind this position, oldest first.
    func anchors(after position: Int, limit: Int) throws(LedgerError) -> [StoredAnchor] {
        let rows = try connection.prepare("\(Self.selection) WHERE position > ? ORDER BY position LIMIT ?")
        try rows.bind(1, position)
        try rows.bind(2, limit)
        return try all(rows)
    }

    /// Of the anchors of the largest size, the newest.
    func largest() throws(LedgerError) -> StoredAnchor? {
        try all(connection.prepare("\(Self.selection) ORDER BY anchor.size DESC, position DESC LIMIT 1")).first
    }

    private static let selection = """
        SELECT position, anchor.size, kind, authority, obtained_at, evidence, note FROM anchor \
        LEFT JOIN checkpoint ON checkpoint.size = anchor.size
        """

    private func all(_ rows: Statement) throws(LedgerError) -> [StoredAnchor] {
        var anchors: [StoredAnchor] = []
        while try rows.step() {
            anchors.append(
                StoredAnchor(
                    position: rows.number(0), size: rows.number(1), kind: rows.text(2), authority: rows.text(3), time: rows.text(4),
                    evidence: rows.blob(5), note: rows.optionalText(6)))
        }
        return anchors
    }

    /// The largest size of which there is such an anchor; nil when there is none.
    func largestSize(kind: Anchor.Kind, authority: String?) throws(LedgerError) -> Int? {
        let sizes = try connection.prepare(
            "SELECT size FROM anchor WHERE kind = ?1 AND (?2 IS NULL OR authority = ?2) ORDER BY size DESC LIMIT 1")
        try sizes.bind(1, kind.rawValue)
        try sizes.bind(2, authority)
        return try sizes.step() ? sizes.number(0) : nil
    }
}

extension LedgerReader {
    /// Anchors behind this entry, oldest first. Read long lists in pages.
    public func anchors(after position: Int = -1, limit: Int = 100) throws(LedgerError) -> [StoredAnchor] {
        try askAnchors { (rows) throws(LedgerError) in try rows.anchors(after: position, limit: limit) }
    }

    /// How many entries the largest head covers that was anchored so, by this authority where one is given; nil when none was.
    public func largestAnchoredSize(_ kind: Anchor.Kind, authority: String? = nil) throws(LedgerError) -> Int? {
        try askAnchors { (rows) throws(LedgerError) in try rows.largestSize(kind: kind, authority: authority) }
    }

    /// The first entry from this position on that speaks of something else than an anchor; nil when there is none. Every anchor adds an
    /// entry, which alone is no reason for another anchor.
    public func firstEntryToAnchor(from position: Int) throws(LedgerError) -> LedgerEntry? {
        var next = position
        while true {
            let page = try entries(next..<next + 256)
            if let entry = page.first(where: { $0.record?.kind != Event.Kind.anchored.rawValue }) { return entry }
            guard let last = page.last else { return nil }
            next = last.position + 1
        }
    }
}
