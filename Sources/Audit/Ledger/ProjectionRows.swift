/// The prepared questions to the projections, and the values their rows become. Used by one thread at a time.
final class ProjectionRows {
    private static let certificateColumns = """
        vin, stage, version, submission, "row", state, content_sha256, reference_id, reference_sha256, xml_sha256, bundle, bundle_sha256, \
        first, last
        """

    let connection: Connection
    private let moves: Statement
    private let receipts: Statement
    private let first: Statement
    private let newest: Statement
    private let standing: Statement
    private let unfinished: Statement
    private let unanswered: Statement
    private let ofSubmission: Statement
    private let stepsOfSubmission: Statement
    private let ofVehicle: Statement
    private let ofReference: Statement
    private let stage: Statement
    private let references: Statement

    init(_ connection: Connection) throws(LedgerError) {
        self.connection = connection
        moves = try connection.prepare("SELECT submission, \"from\", \"to\", digest, position FROM open_move ORDER BY position")
        receipts = try connection.prepare(
            "SELECT submission, source, name, size, sha256, device, inode, position FROM receipt ORDER BY position")
        first = try connection.prepare(
            """
            SELECT id FROM submission WHERE source = ?1 AND sha256 = ?2 AND id <> ?3 \
            AND first < coalesce((SELECT first FROM submission WHERE id = ?3), 9223372036854775807) \
            AND NOT refused AND stage <> 'lost' AND NOT (validated = 0 AND (rejected > 0 OR reported)) ORDER BY first LIMIT 1
            """)
        let certificate = "SELECT \(Self.certificateColumns) FROM certificate WHERE"
        stage = try connection.prepare("SELECT stage FROM submission WHERE id = ?")
        newest = try connection.prepare("\(certificate) vin = ? AND stage = ? AND state <> 'rejected' ORDER BY version DESC LIMIT 1")
        standing = try connection.prepare(
            """
            \(certificate) vin = ? AND stage = ? AND version < ? AND state NOT IN ('rejected', 'lost') ORDER BY version DESC LIMIT 1
            """)
        unfinished = try connection.prepare(
            """
            SELECT id, stage, sha256 FROM submission WHERE stage IN ('ingest', 'validate', 'generate', 'hold', 'sign', 'publish') \
            ORDER BY first
            """)
        unanswered = try connection.prepare("SELECT id FROM submission WHERE stage = 'rejected' AND NOT reported ORDER BY first")
        ofSubmission = try connection.prepare("\(certificate) submission = ? ORDER BY \"row\", vin, stage, version")
        stepsOfSubmission = try connection.prepare("SELECT \"row\", state FROM certificate WHERE submission = ? ORDER BY \"row\"")
        ofVehicle = try connection.prepare("\(certificate) vin = ? ORDER BY stage, version")
        ofReference = try connection.prepare(
            "\(certificate) reference_id = ? COLLATE NOCASE AND state <> 'rejected' ORDER BY first LIMIT 1")
        references = try connection.prepare(
            """
            SELECT e.position, e.record FROM landmark l JOIN entry e USING(position) WHERE l.kind IN ('reference-received', \
            'reference-activated', 'reference-superseded', 'reference-retired') ORDER BY l.position
            """)
    }

    func openMoves() throws(LedgerError) -> [OpenMove] {
        try all(moves) { OpenMove(submission: $0.text(0), from: $0.text(1), to: $0.text(2), digest: $0.text(3), position: $0.number(4)) }
    }

    func openReceipts() throws(LedgerError) -> [Receipt] {
        try all(receipts) {
            Receipt(
                submission: $0.text(0), source: $0.text(1), name: $0.text(2), size: $0.number(3), sha256: $0.text(4), device: $0.text(5),
                inode: $0.text(6), position: $0.number(7))
        }
    }

    func firstSubmission(_ source: String, _ sha256: String, before submission: String) throws(LedgerError) -> String? {
        try first.bind(1, source)
        try first.bind(2, sha256)
        try first.bind(3, submission)
        return try all(first) { $0.text(0) }.first
    }

    func stage(ofSubmission id: String) throws(LedgerError) -> String? {
        try stage.bind(1, id)
        return try all(stage) { $0.text(0) }.first
    }

    func newestCertificate(_ vin: String, _ stage: Int) throws(LedgerError) -> CertificateState? {
        try newest.bind(1, vin)
        try newest.bind(2, stage)
        return try certificates(newest).first
    }

    /// The newest version below this one that stands: neither rejected nor lost.
    func standingCertificate(_ vin: String, _ stage: Int, below version: Int) throws(LedgerError) -> CertificateState? {
        try standing.bind(1, vin)
        try standing.bind(2, stage)
        try standing.bind(3, version)
        return try certificates(standing).first
    }

    func unansweredRejections() throws(LedgerError) -> [String] { try all(unanswered) { $0.text(0) } }

    func unfinishedSubmissions() throws(LedgerError) -> [UnfinishedSubmission] {
        try all(unfinished) { UnfinishedSubmission(id: $0.text(0), stage: $0.text(1), sha256: $0.text(2)) }
    }

    func certificates(submission: String) throws(LedgerError) -> [CertificateState] {
        try ofSubmission.bind(1, submission)
        return try certificates(ofSubmission)
    }

    func steps(submission: String) throws(LedgerError) -> [CertificateStep] {
        try stepsOfSubmission.bind(1, submission)
        let path = connection.path
        return try all(stepsOfSubmission) { (row) throws(LedgerError) in
            CertificateStep(row: row.number(0), step: try Self.step(row.text(1), path))
        }
    }

    private static func step(_ text: String, _ path: String) throws(LedgerError) -> CertificateState.Step {
        guard let step = CertificateState.Step(rawValue: text) else {
            throw FrontierLoader.contradiction("a certificate has the unknown state '\(text)'", path)
        }
        return step
    }

    func certificates(vin: String) throws(LedgerError) -> [CertificateState] {
        try ofVehicle.bind(1, vin)
        return try certificates(ofVehicle)
    }

    func firstCertificate(referenceID: String) throws(LedgerError) -> CertificateState? {
        try ofReference.bind(1, referenceID)
        return try certificates(ofReference).first
    }

    /// All that was ever recorded about reference data, in order.
    func referenceEntries() throws(LedgerError) -> [LedgerEntry] {
        try all(references) { LedgerEntry(position: $0.number(0), bytes: $0.blob(1)) }
    }

    private func certificates(_ statement: Statement) throws(LedgerError) -> [CertificateState] {
        let path = connection.path
        return try all(statement) { (row) throws(LedgerError) in
            CertificateState(
                vin: row.text(0), stage: row.number(1), version: row.number(2), submission: row.text(3), row: row.number(4),
                state: try Self.step(row.text(5), path),
                contentSHA256: row.text(6), referenceID: row.optionalText(7), referenceSHA256: row.optionalText(8),
                xmlSHA256: row.optionalText(9), bundle: row.optionalText(10), bundleSHA256: row.optionalText(11),
                firstPosition: row.number(12), position: row.number(13))
        }
    }

    /// Every row of a statement; leaves it reset, so that no read transaction stays open.
    private func all<Row>(_ statement: Statement, _ row: (Statement) throws(LedgerError) -> Row) throws(LedgerError) -> [Row] {
        defer { statement.reset() }
        var rows: [Row] = []
        while try statement.step() { rows.append(try row(statement)) }
        return rows
    }
}
