/// The tables `certificate` and `rejection`: every identity ever validated with its newest step, and every vehicle whose record was rejected.
final class CertificateProjection {
    private let connection: Connection
    private let insert: Statement
    private let insertCarried: Statement
    private let setXML: Statement
    private let setBundle: Statement
    private let setState: Statement
    private let releaseIdentities: Statement
    private let loseSealed: Statement
    private let insertRejection: Statement

    init(_ connection: Connection) throws(LedgerError) {
        self.connection = connection
        insert = try connection.prepare(
            """
            INSERT INTO certificate VALUES(?, ?, ?, ?, ?, 'validated', ?, ?, ?, NULL, NULL, NULL, ?9, ?9) ON CONFLICT DO UPDATE SET \
            submission = excluded.submission, "row" = excluded."row", state = excluded.state, content_sha256 = excluded.content_sha256, \
            reference_id = excluded.reference_id, reference_sha256 = excluded.reference_sha256, xml_sha256 = NULL, \
            first = excluded.first, last = excluded.last WHERE certificate.state = 'rejected'
            """)
        insertCarried = try connection.prepare(
            "INSERT INTO certificate VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?13, ?13) ON CONFLICT DO NOTHING")
        let key = "WHERE vin = ?1 AND stage = ?2 AND version = ?3 AND submission = ?4"
        setXML = try connection.prepare("UPDATE certificate SET state = ?5, last = ?6, xml_sha256 = ?7 \(key)")
        setBundle = try connection.prepare("UPDATE certificate SET state = ?5, last = ?6, bundle_sha256 = ?7, bundle = ?8 \(key)")
        setState = try connection.prepare("UPDATE certificate SET state = ?5, last = ?6 \(key)")
        releaseIdentities = try connection.prepare(
            "UPDATE certificate SET state = 'rejected', last = ?2 WHERE submission = ?1 AND state IN ('validated', 'generated')")
        loseSealed = try connection.prepare(
            "UPDATE certificate SET state = 'lost', last = ?2 WHERE submission = ?1 AND state IN ('sealed', 'publishing')")
        insertRejection = try connection.prepare("INSERT INTO rejection VALUES(?, ?, ?)")
    }

    func add(_ event: Event, _ position: Int) throws(LedgerError) {
        try bindIdentity(insert, event)
        try insert.bind(5, event.number("row"))
        try insert.bind(6, event.text("content-sha256"))
        try insert.bind(7, event.optionalText("reference-id"))
        try insert.bind(8, event.optionalText("reference-sha256"))
        try insert.bind(9, position)
        try insert.run()
        guard connection.changes == 1 else {
            throw .refused(
                .certificateExists(vin: event.text("vin"), stage: event.number("stage"), version: event.number("version")),
                path: connection.path)
        }
    }

    /// A certificate of a closed volume, of which something is said later.
    func carry(_ event: Event, _ position: Int) throws(LedgerError) {
        try bindIdentity(insertCarried, event)
        try insertCarried.bind(5, event.number("row"))
        for (index, name) in ["state", "content-sha256", "reference-id", "reference-sha256", "xml-sha256", "bundle", "bundle-sha256"]
            .enumerated()
        {
            try insertCarried.bind(Int32(index + 6), event.optionalText(name))
        }
        try insertCarried.bind(13, position)
        try insertCarried.run()
        guard connection.changes == 1 else {
            throw .refused(
                .certificateExists(vin: event.text("vin"), stage: event.number("stage"), version: event.number("version")),
                path: connection.path)
        }
    }

    /// The newest event wins, whatever came before: a stage that is done again tells so.
    func advance(_ event: Event, _ position: Int) throws(LedgerError) {
        let update =
            switch event.kind {
            case .generated, .sealed: setXML
            case .withdrawn: setState
            default: setBundle
            }
        try bindIdentity(update, event)
        try update.bind(5, event.kind.rawValue)
        try update.bind(6, position)
        if event.kind != .withdrawn { try update.bind(7, event.text("sha256")) }
        if let bundle = event.optionalText("bundle") { try update.bind(8, bundle) }
        try update.run()
        guard connection.changes == 1 else {
            throw .refused(
                .unknownCertificate(vin: event.text("vin"), stage: event.number("stage"), version: event.number("version")),
                path: connection.path)
        }
    }

    /// Keeps the vehicle of a rejected record; the rejection of a whole submission frees the versions that its certificates had taken.
    func noteRejection(_ event: Event, _ position: Int) throws(LedgerError) {
        if event.fields["row"] == nil { try run(releaseIdentities, event, position) }
        guard let vin = event.optionalText("vin"), !vin.isEmpty else { return }
        try insertRejection.bind(1, position)
        try insertRejection.bind(2, vin)
        try insertRejection.bind(3, event.submission)
        try insertRejection.run()
    }

    /// What wasn't sealed is free again. What was sealed keeps its version for ever: somebody may have a copy of it.
    func lose(_ event: Event, _ position: Int) throws(LedgerError) {
        try run(releaseIdentities, event, position)
        try run(loseSealed, event, position)
    }

    private func run(_ statement: Statement, _ event: Event, _ position: Int) throws(LedgerError) {
        try statement.bind(1, event.submission)
        try statement.bind(2, position)
        try statement.run()
    }

    private func bindIdentity(_ statement: Statement, _ event: Event) throws(LedgerError) {
        try statement.bind(1, event.text("vin"))
        try statement.bind(2, event.number("stage"))
        try statement.bind(3, event.number("version"))
        try statement.bind(4, event.submission)
    }
}
