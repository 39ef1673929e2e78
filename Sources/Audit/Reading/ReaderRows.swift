/// The questions of a reader beyond the projections' own. Used by one thread at a time, each call inside a transaction.
final class ReaderRows {
    let connection: Connection
    let projections: ProjectionRows
    let deliveries: DeliveryRows
    private let page: Statement
    private let matching: Statement
    private let filtered: Statement
    private let ended: Statement

    init(path: String) throws(LedgerError) {
        connection = try Connection(path: path, .reading)
        guard try connection.number("PRAGMA application_id") == Schema.applicationID,
            try connection.number("PRAGMA user_version") == Schema.version
        else {
            throw LedgerError(
                .open, "this isn't a ledger of version \(Schema.version)", path: path,
                remedy: "Correct the path, or use the program that wrote it.")
        }
        projections = try ProjectionRows(connection)
        deliveries = try DeliveryRows(connection)
        page = try connection.prepare("SELECT position, record FROM entry WHERE position >= ? AND position < ? ORDER BY position")
        matching = try connection.prepare(
            "SELECT position, record FROM entry WHERE position BETWEEN ? AND ? AND instr(record, ?) > 0 ORDER BY position")
        filtered = try connection.prepare(
            """
            SELECT id, source, name, size, sha256, stage, validated, rejected, sealed, published, refused, reported, first, last \
            FROM submission WHERE (?1 IS NULL OR id = ?1) AND (?2 IS NULL OR source = ?2) AND (?3 IS NULL OR stage = ?3) \
            AND (?4 IS NULL OR id IN (SELECT submission FROM certificate WHERE vin = ?4 UNION SELECT submission FROM rejection WHERE vin = ?4)) \
            ORDER BY first DESC LIMIT ?5
            """)
        // The plus keeps SQLite from the index by stage: the rows lie in the order of their ids.
        ended = try connection.prepare(
            """
            SELECT id, source, name, size, sha256, stage, validated, rejected, sealed, published, refused, reported, first, last \
            FROM submission WHERE id > ? AND +stage IN ('archive', 'rejected') ORDER BY id LIMIT ?
            """)
    }

    /// Begins a transaction, so that what belongs together is read from one state.
    func begin() throws(LedgerError) { try connection.run("BEGIN") }

    /// Ends it. A failure here loses nothing: the next `begin` would tell.
    func end() { try? connection.run("ROLLBACK") }

    func size() throws(LedgerError) -> Int { try connection.number("SELECT coalesce(max(position) + 1, 0) FROM entry") }

    func head() throws(LedgerError) -> String {
        guard let note = try connection.text("SELECT note FROM head") else {
            throw FrontierLoader.contradiction("the signed head is missing", connection.path)
        }
        return note
    }

    func entries(_ range: Range<Int>) throws(LedgerError) -> [LedgerEntry] {
        try page.bind(1, range.lowerBound)
        try page.bind(2, range.upperBound)
        return try all(page)
    }

    func submissions(id: String?, source: String?, stage: String?, vin: String?, limit: Int) throws(LedgerError) -> [SubmissionState] {
        try filtered.bind(1, id)
        try filtered.bind(2, source)
        try filtered.bind(3, stage)
        try filtered.bind(4, vin)
        try filtered.bind(5, limit)
        defer { filtered.reset() }
        var states: [SubmissionState] = []
        while try filtered.step() { states.append(submission(filtered)) }
        return states
    }

    func endedSubmissions(after id: String, limit: Int) throws(LedgerError) -> [SubmissionState] {
        try ended.bind(1, id)
        try ended.bind(2, limit)
        defer { ended.reset() }
        var states: [SubmissionState] = []
        while try ended.step() { states.append(submission(ended)) }
        return states
    }

    func countsByStage() throws(LedgerError) -> [String: Int] {
        let statement = try connection.prepare("SELECT stage, count(*) FROM submission GROUP BY stage")
        var counts: [String: Int] = [:]
        while try statement.step() { counts[statement.text(0)] = statement.number(1) }
        return counts
    }

    func history(submission id: String) throws(LedgerError) -> [LedgerEntry] {
        guard let state = try submissions(id: id, source: nil, stage: nil, vin: nil, limit: 1).first else { return try takenOver(id) }
        let own = try entries(from: state.firstPosition, to: state.position, saying: "submission", id)
        return try own + entries(at: deliveries.positions(submission: id)).filter { $0.position > state.position }
    }

    /// What is said here of a submission that an older volume has: of those certificates of it that this one took over.
    private func takenOver(_ id: String) throws(LedgerError) -> [LedgerEntry] {
        let states = try projections.certificates(submission: id)
        let later = try states.map(\.position) + deliveries.positions(submission: id)
        guard let first = states.map(\.firstPosition).min(), let last = later.max() else { return [] }
        return try entries(from: first, to: last, saying: "submission", id)
    }

    func history(vin: String) throws(LedgerError) -> [LedgerEntry] {
        var found: [Int: LedgerEntry] = [:]
        for certificate in try projections.certificates(vin: vin) {
            for entry in try entries(from: certificate.firstPosition, to: certificate.position, saying: "vin", vin) {
                found[entry.position] = entry
            }
        }
        let rejections = try connection.prepare(
            "SELECT position, record FROM entry WHERE position IN (SELECT position FROM rejection WHERE vin = ?)")
        try rejections.bind(1, vin)
        for entry in try all(rejections) { found[entry.position] = entry }
        // Where a delivery was taken over, what took it over stands for its `published`.
        let delivered = try deliveries.deliveries(vin: vin).map(\.published) + deliveries.positions(vin: vin)
        for entry in try entries(at: delivered) { found[entry.position] = entry }
        return found.values.sorted { $0.position < $1.position }
    }

    func milestones(submission id: String) throws(LedgerError) -> [LedgerEntry] {
        guard let state = try submissions(id: id, source: nil, stage: nil, vin: nil, limit: 1).first else { return [] }
        let statement = try connection.prepare(
            """
            SELECT position, record FROM entry WHERE position BETWEEN ? AND ? AND instr(record, ?) > 0 AND instr(record, ?) = 0 \
            AND instr(record, ?) = 0 ORDER BY position
            """)
        try statement.bind(1, state.firstPosition)
        try statement.bind(2, state.position)
        try statement.bind(3, blob: Self.member("submission", id))
        try statement.bind(4, blob: Array("\"vin\":".utf8))
        try statement.bind(5, blob: Array("\"row\":".utf8))
        return try all(statement)
    }

    func landmark(
        _ kind: Event.Kind, before position: Int, saying field: (name: String, text: String)?
    ) throws(LedgerError) -> LedgerEntry? {
        let statement = try connection.prepare(
            """
            SELECT e.position, e.record FROM landmark l JOIN entry e USING(position) WHERE l.kind = ? AND l.position < ? \
            AND (?3 IS NULL OR instr(e.record, ?3) > 0) ORDER BY l.position DESC LIMIT 1
            """)
        try statement.bind(1, kind.rawValue)
        try statement.bind(2, position)
        if let field { try statement.bind(3, blob: Self.member(field.name, field.text)) } else { try statement.bind(3, nil) }
        return try all(statement).first
    }

    private func entries(at positions: [Int]) throws(LedgerError) -> [LedgerEntry] {
        let statement = try connection.prepare("SELECT position, record FROM entry WHERE position = ?")
        var entries: [LedgerEntry] = []
        for position in positions {
            try statement.bind(1, position)
            entries += try all(statement)
        }
        return entries
    }

    private static func member(_ name: String, _ value: String) -> [UInt8] {
        CanonicalJSON.quoted(name) + [UInt8(ascii: ":")] + CanonicalJSON.quoted(value)
    }

    /// A member's canonical spelling can't occur inside a text, where its quotation marks would be escaped.
    private func entries(from first: Int, to last: Int, saying name: String, _ value: String) throws(LedgerError) -> [LedgerEntry] {
        try matching.bind(1, first)
        try matching.bind(2, last)
        try matching.bind(3, blob: Self.member(name, value))
        return try all(matching)
    }

    private func all(_ statement: Statement) throws(LedgerError) -> [LedgerEntry] {
        defer { statement.reset() }
        var entries: [LedgerEntry] = []
        while try statement.step() { entries.append(LedgerEntry(position: statement.number(0), bytes: statement.blob(1))) }
        return entries
    }

    private func submission(_ row: Statement) -> SubmissionState {
        SubmissionState(
            id: row.text(0), source: row.text(1), name: row.text(2), size: row.number(3), sha256: row.text(4), stage: row.text(5),
            validated: row.number(6), rejected: row.number(7), sealed: row.number(8), published: row.number(9),
            isRefused: row.number(10) != 0, isReported: row.number(11) != 0, firstPosition: row.number(12), position: row.number(13))
    }
}
