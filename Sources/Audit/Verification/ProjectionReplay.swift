/// Builds the projections a second time, in a temporary database, from records alone, and compares them row by row with the stored ones.
final class ProjectionReplay {
    private let scratch: Connection
    private let addSubmission: Statement
    private let updateSubmission: Statement
    private let setMove: Statement
    private let endMove: Statement
    private let addReceipt: Statement
    private let endReceipt: Statement
    private let addCertificate: Statement
    private let updateCertificate: Statement
    private let rejectCertificates: Statement
    private let addRejection: Statement
    private let addDelivery: Statement
    private let collectDelivery: Statement
    private let addAcknowledgement: Statement
    private let addLandmark: Statement
    /// The positions of the entries that speak of anchors.
    private(set) var anchored: [Int] = []

    init() throws(LedgerError) {
        scratch = try Connection(path: "", .writing)
        for table in ProjectionTable.all { try scratch.run(table.definition) }
        addSubmission = try scratch.prepare(
            "INSERT OR IGNORE INTO submission SELECT ?1, ?2, ?3, ?4, ?5, 'tmp', 0, 0, 0, 0, 0, 0, ?6, ?6")
        updateSubmission = try scratch.prepare(
            """
            UPDATE submission SET last = ?2, stage = CASE ?3 WHEN 'moved' THEN ?4 \
            WHEN 'refused' THEN replace(stage, 'tmp', 'rejected') ELSE stage END, \
            validated = validated + (?3 = 'validated'), rejected = rejected + (?3 = 'rejected'), sealed = sealed + (?3 = 'sealed'), \
            published = published + (?3 = 'published'), refused = refused OR ?3 = 'refused', reported = reported OR ?3 = 'reported' \
            WHERE id = ?1
            """)
        setMove = try scratch.prepare("INSERT OR REPLACE INTO open_move SELECT ?1, ?2, ?3, ?4, ?5")
        endMove = try scratch.prepare(
            "DELETE FROM open_move WHERE (submission, \"from\", \"to\", digest) = (?1, ?2, ?3, ?4)")
        addReceipt = try scratch.prepare("INSERT OR REPLACE INTO receipt SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8")
        endReceipt = try scratch.prepare("DELETE FROM receipt WHERE submission = ?1")
        addCertificate = try scratch.prepare(
            """
            INSERT INTO certificate SELECT ?1, ?2, ?3, ?4, ?5, 'validated', ?6, ?7, ?8, NULL, NULL, NULL, ?9, ?9 WHERE true \
            ON CONFLICT DO UPDATE SET submission = ?4, "row" = ?5, state = 'validated', content_sha256 = ?6, reference_id = ?7, \
            reference_sha256 = ?8, xml_sha256 = NULL, first = ?9, last = ?9 WHERE state = 'rejected'
            """)
        updateCertificate = try scratch.prepare(
            """
            UPDATE certificate SET state = ?5, last = ?6, xml_sha256 = iif(?5 IN ('generated', 'sealed'), ?7, xml_sha256), \
            bundle_sha256 = iif(?5 IN ('publishing', 'published'), ?7, bundle_sha256), bundle = coalesce(?8, bundle) \
            WHERE (vin, stage, version, submission) = (?1, ?2, ?3, ?4)
            """)
        rejectCertificates = try scratch.prepare(
            "UPDATE certificate SET state = 'rejected', last = ?2 WHERE submission = ?1 AND state IN ('validated', 'generated')")
        addRejection = try scratch.prepare("INSERT INTO rejection SELECT ?1, ?2, ?3")
        addDelivery = try scratch.prepare("INSERT OR IGNORE INTO delivery SELECT ?1, ?2, ?3, ?4, ?5, ?6, NULL")
        collectDelivery = try scratch.prepare(
            """
            UPDATE delivery SET collected = ?6 WHERE (vin, stage, version, destination, bundle) = (?1, ?2, ?3, ?4, ?5) \
            AND collected IS NULL
            """)
        addAcknowledgement = try scratch.prepare(
            """
            INSERT OR IGNORE INTO acknowledgement SELECT vin, stage, version, destination, ?6, ?7, ?8 FROM delivery \
            WHERE (vin, stage, version, destination, bundle) = (?1, ?2, ?3, ?4, ?5)
            """)
        addLandmark = try scratch.prepare("INSERT INTO landmark SELECT ?1, ?2")
        try scratch.run("BEGIN")
    }

    /// Keeps the scratch database's journal short.
    func commitPage() throws(LedgerError) { try scratch.run("COMMIT; BEGIN") }

    /// Takes in one record whose fields were checked against the catalogue. Gives a sentence when no ecocd would have written it here.
    func apply(_ record: Record, _ kind: Event.Kind, at position: Int) throws(LedgerError) -> String? {
        let flaw: String? =
            switch kind {
            case .received: try receive(record, position)
            case .claimed: try claim(record)
            case .moving: try beginMove(record, position)
            case .moved: try finishMove(record)
            case .validated: try validate(record, position)
            case .generated, .sealed, .publishing, .withdrawn: try advance(record, position)
            case .published: try publish(record, position)
            case .collected: try collect(record, position)
            case .acknowledged: try acknowledge(record, position)
            case .rejected: try reject(record, position)
            case .corrected, .held, .released, .reported, .configured, .recovered, .incident, .started, .stopped, .referenceActivated,
                .keyUsed, .findingWaived, .ledgerRestored:
                nil
            case .anchored: noteAnchor(position)
            }
        if record.submission == nil { try run(addLandmark, .text(record.kind), .number(position)) }
        try noteSubmission(record, position)
        return flaw
    }

    func compare(with ledger: Connection, _ problems: inout ProblemList) throws(LedgerError) {
        for table in ProjectionTable.all { try table.compare(stored: ledger, expected: scratch, &problems) }
    }

    private func receive(_ record: Record, _ position: Int) throws(LedgerError) -> String? {
        try run(addSubmission, record.about, record["source"], record["name"], record["size"], record["sha256"], .number(position))
        let isNew = scratch.changes == 1
        try run(
            addReceipt, record.about, record["source"], record["name"], record["size"], record["sha256"], record["device"],
            record["inode"], .number(position))
        return isNew ? nil : "the submission was received before"
    }

    private func claim(_ record: Record) throws(LedgerError) -> String? {
        try run(endReceipt, record.about)
        return nil
    }

    private func beginMove(_ record: Record, _ position: Int) throws(LedgerError) -> String? {
        try run(setMove, record.about, record["from"], record["to"], record["digest"], .number(position))
        return nil
    }

    private func finishMove(_ record: Record) throws(LedgerError) -> String? {
        try run(endMove, record.about, record["from"], record["to"], record["digest"])
        return scratch.changes == 1 ? nil : "the move was never begun"
    }

    private func validate(_ record: Record, _ position: Int) throws(LedgerError) -> String? {
        try run(
            addCertificate, record["vin"], record["stage"], record["version"], record.about,
            record["row"], record["content-sha256"], record["reference-id"], record["reference-sha256"], .number(position))
        return scratch.changes == 1 ? nil : "this version of the certificate was validated before"
    }

    private func advance(_ record: Record, _ position: Int) throws(LedgerError) -> String? {
        try run(
            updateCertificate, record["vin"], record["stage"], record["version"], record.about, .text(record.kind),
            .number(position), record["sha256"], record["bundle"])
        return scratch.changes == 1 ? nil : "the certificate was never validated"
    }

    private func publish(_ record: Record, _ position: Int) throws(LedgerError) -> String? {
        if let flaw = try advance(record, position) { return flaw }
        try run(
            addDelivery, record["vin"], record["stage"], record["version"], record["destination"], record["bundle"], .number(position))
        return nil
    }

    private func collect(_ record: Record, _ position: Int) throws(LedgerError) -> String? {
        try run(
            collectDelivery, record["vin"], record["stage"], record["version"], record["destination"], record["bundle"], .number(position))
        return scratch.changes == 1 ? nil : "the bundle wasn't published to this destination, or was collected before"
    }

    private func acknowledge(_ record: Record, _ position: Int) throws(LedgerError) -> String? {
        try run(
            addAcknowledgement, record["vin"], record["stage"], record["version"], record["destination"], record["bundle"],
            record["sha256"], record["outcome"], .number(position))
        return scratch.changes == 1 ? nil : "the bundle wasn't published to this destination, or this answer was recorded before"
    }

    private func reject(_ record: Record, _ position: Int) throws(LedgerError) -> String? {
        if record["row"] == nil { try run(rejectCertificates, record.about, .number(position)) }
        guard let vin = record.text("vin"), !vin.isEmpty else { return nil }
        try run(addRejection, .number(position), .text(vin), record.about)
        return nil
    }

    private func noteAnchor(_ position: Int) -> String? {
        anchored.append(position)
        return nil
    }

    private func noteSubmission(_ record: Record, _ position: Int) throws(LedgerError) {
        guard record.submission != nil, record.kind != "collected", record.kind != "acknowledged" else { return }
        let what = record.kind == "rejected" && record["row"] == nil ? "refused" : record.kind
        try run(updateSubmission, record.about, .number(position), .text(what), record.kind == "moved" ? record["to"] : nil)
    }

    private func run(_ statement: Statement, _ values: Event.Scalar?...) throws(LedgerError) {
        for (index, value) in values.enumerated() {
            switch value {
            case .text(let text): try statement.bind(Int32(index + 1), text)
            case .number(let number): try statement.bind(Int32(index + 1), number)
            case nil: try statement.bind(Int32(index + 1), nil)
            }
        }
        try statement.run()
    }
}

extension Record {
    fileprivate subscript(name: String) -> Event.Scalar? { fields[name] }

    fileprivate var about: Event.Scalar? { submission.map { .text($0) } }
}
