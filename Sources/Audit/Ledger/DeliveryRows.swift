/// The prepared questions about what came after publication. Used by one thread at a time.
final class DeliveryRows {
    private let connection: Connection
    private let uncollected: Statement
    private let countUncollected: Statement
    private let ofVehicle: Statement
    private let answersOfVehicle: Statement
    private let isAnswered: Statement
    private let positionsOfVehicle: Statement
    private let positionsOfSubmission: Statement
    private let counts: Statement
    private let answerCounts: Statement

    init(_ connection: Connection) throws(LedgerError) {
        self.connection = connection
        uncollected = try connection.prepare(
            """
            SELECT bundle, vin, stage, version, published, \
            (SELECT submission FROM certificate c WHERE (c.vin, c.stage, c.version) = (d.vin, d.stage, d.version)) \
            FROM delivery d WHERE destination = ? AND collected IS NULL AND published > ? ORDER BY published LIMIT ?
            """)
        countUncollected = try connection.prepare("SELECT count(*) FROM delivery WHERE destination = ? AND collected IS NULL")
        ofVehicle = try connection.prepare(
            """
            SELECT stage, version, destination, bundle, published, collected FROM delivery WHERE vin = ? \
            ORDER BY stage, version, destination
            """)
        answersOfVehicle = try connection.prepare(
            "SELECT stage, version, destination, sha256, outcome, position FROM acknowledgement WHERE vin = ? ORDER BY position")
        isAnswered = try connection.prepare(
            """
            SELECT 1 FROM acknowledgement WHERE vin = ? AND stage = ? AND version = ? AND destination = ? AND sha256 = ? AND outcome = ?
            """)
        positionsOfVehicle = try connection.prepare(
            """
            SELECT collected FROM delivery WHERE vin = ?1 AND collected IS NOT NULL \
            UNION ALL SELECT position FROM acknowledgement WHERE vin = ?1
            """)
        let certificates = "FROM certificate c JOIN"
        positionsOfSubmission = try connection.prepare(
            """
            SELECT collected \(certificates) delivery USING(vin, stage, version) WHERE c.submission = ?1 AND collected IS NOT NULL \
            UNION ALL SELECT position \(certificates) acknowledgement USING(vin, stage, version) WHERE c.submission = ?1
            """)
        counts = try connection.prepare(
            """
            SELECT destination, count(*), count(collected) \(certificates) delivery USING(vin, stage, version) \
            WHERE c.submission = ? GROUP BY destination ORDER BY destination
            """)
        answerCounts = try connection.prepare(
            """
            SELECT destination, outcome, count(*) \(certificates) acknowledgement USING(vin, stage, version) \
            WHERE c.submission = ? GROUP BY destination, outcome
            """)
    }

    /// One page, in the order of publication, of what was published behind this position.
    ///
    /// - Parameter volume: which one this is, counted from the oldest.
    func uncollected(
        _ destination: String, behind position: Int, limit: Int, volume: Int
    ) throws(LedgerError) -> [UncollectedBundle] {
        try uncollected.bind(1, destination)
        try uncollected.bind(2, position)
        try uncollected.bind(3, limit)
        return try all(uncollected) { row in
            UncollectedBundle(
                bundle: row.text(0), vin: row.text(1), stage: row.number(2), version: row.number(3), submission: row.text(5),
                volume: volume, published: row.number(4))
        }
    }

    func countUncollected(_ destination: String) throws(LedgerError) -> Int {
        try countUncollected.bind(1, destination)
        return try all(countUncollected) { $0.number(0) }.first ?? 0
    }

    func deliveries(vin: String) throws(LedgerError) -> [Delivery] {
        try answersOfVehicle.bind(1, vin)
        let answers = try all(answersOfVehicle) { row in
            (
                key: "\(row.number(0)) \(row.number(1)) \(row.text(2))",
                answer: Delivery.Acknowledgement(sha256: row.text(3), outcome: row.text(4), position: row.number(5))
            )
        }
        try ofVehicle.bind(1, vin)
        return try all(ofVehicle) { row in
            let key = "\(row.number(0)) \(row.number(1)) \(row.text(2))"
            return Delivery(
                vin: vin, stage: row.number(0), version: row.number(1), destination: row.text(2), bundle: row.text(3),
                published: row.number(4), collected: row.optionalText(5) == nil ? nil : row.number(5),
                acknowledgements: answers.filter { $0.key == key }.map(\.answer))
        }
    }

    func isAnswered(_ delivery: Delivery, sha256: String, outcome: String) throws(LedgerError) -> Bool {
        try isAnswered.bind(1, delivery.vin)
        try isAnswered.bind(2, delivery.stage)
        try isAnswered.bind(3, delivery.version)
        try isAnswered.bind(4, delivery.destination)
        try isAnswered.bind(5, sha256)
        try isAnswered.bind(6, outcome)
        return try !all(isAnswered) { $0.number(0) }.isEmpty
    }

    /// Where the `collected` and `acknowledged` of one vehicle stand.
    func positions(vin: String) throws(LedgerError) -> [Int] {
        try positionsOfVehicle.bind(1, vin)
        return try all(positionsOfVehicle) { $0.number(0) }.sorted()
    }

    /// Where those of all certificates of one submission stand.
    func positions(submission: String) throws(LedgerError) -> [Int] {
        try positionsOfSubmission.bind(1, submission)
        return try all(positionsOfSubmission) { $0.number(0) }.sorted()
    }

    func counts(submission: String) throws(LedgerError) -> [DeliveryCounts] {
        try answerCounts.bind(1, submission)
        let answers = try all(answerCounts) { ($0.text(0), $0.text(1), $0.number(2)) }
        try counts.bind(1, submission)
        return try all(counts) { row in
            let destination = row.text(0)
            let own = answers.filter { $0.0 == destination }.map { ($0.1, $0.2) }
            return DeliveryCounts(
                destination: destination, published: row.number(1), collected: row.number(2),
                answers: Dictionary(own) { first, _ in first })
        }
    }

    /// Every row of a statement; leaves it reset, so that no read transaction stays open.
    private func all<Row>(_ statement: Statement, _ row: (Statement) -> Row) throws(LedgerError) -> [Row] {
        defer { statement.reset() }
        var rows: [Row] = []
        while try statement.step() { rows.append(row(statement)) }
        return rows
    }
}
