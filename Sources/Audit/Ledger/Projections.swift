/// What the ledger knows without reading its entries again: kept in the same transaction, rebuildable, never the truth. These tables also
/// decide which events contradict the content.
final class Projections {
    private let connection: Connection
    private let submissions: SubmissionProjection
    private let certificates: CertificateProjection
    private let deliveries: DeliveryProjection
    private let openMove: Statement
    private let closeMove: Statement
    private let dropMove: Statement
    private let openReceipt: Statement
    private let closeReceipt: Statement
    private let addLandmark: Statement

    init(_ connection: Connection) throws(LedgerError) {
        self.connection = connection
        submissions = try SubmissionProjection(connection)
        certificates = try CertificateProjection(connection)
        deliveries = try DeliveryProjection(connection)
        openMove = try connection.prepare("INSERT OR REPLACE INTO open_move VALUES(?, ?, ?, ?, ?)")
        closeMove = try connection.prepare(
            "DELETE FROM open_move WHERE submission = ? AND \"from\" = ? AND \"to\" = ? AND digest = ?")
        dropMove = try connection.prepare("DELETE FROM open_move WHERE submission = ?")
        openReceipt = try connection.prepare("INSERT OR REPLACE INTO receipt VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
        closeReceipt = try connection.prepare("DELETE FROM receipt WHERE submission = ?")
        addLandmark = try connection.prepare("INSERT INTO landmark VALUES(?, ?)")
    }

    func beginBatch() { submissions.begin() }

    func apply(_ event: Event, at position: Int) throws(LedgerError) {
        switch event.kind {
        case .received: try receive(event, position)
        case .claimed: try claim(event)
        case .moving: try startMove(event, position)
        case .moved: try finishMove(event)
        case .validated: try certificates.add(event, position)
        case .generated, .sealed, .publishing, .withdrawn: try certificates.advance(event, position)
        case .published:
            try certificates.advance(event, position)
            try deliveries.publish(event, position)
        case .collected: try deliveries.collect(event, position)
        case .acknowledged: try deliveries.acknowledge(event, position)
        case .carried: try certificates.carry(event, position)
        case .carriedDelivery: try deliveries.carry(event, position)
        case .rejected: try certificates.noteRejection(event, position)
        case .declaredLost: try lose(event, position)
        case .corrected, .held, .released, .reported, .configured, .recovered, .incident, .started, .stopped, .referenceReceived,
            .referenceActivated, .referenceSuperseded, .referenceRetired, .keyUsed,
            .findingWaived, .anchored, .ledgerRestored, .backedUp, .volumeClosed, .volumeOpened:
            break
        }
        if event.submission == nil { try noteLandmark(event, position) }
        try submissions.apply(event, position)
    }

    /// Writes what was counted over the batch.
    func finishBatch() throws(LedgerError) { try submissions.flush() }

    private func receive(_ event: Event, _ position: Int) throws(LedgerError) {
        try submissions.add(event, position)
        try openReceipt.bind(1, event.submission)
        try openReceipt.bind(2, event.text("source"))
        try openReceipt.bind(3, event.text("name"))
        try openReceipt.bind(4, event.number("size"))
        try openReceipt.bind(5, event.text("sha256"))
        try openReceipt.bind(6, event.text("device"))
        try openReceipt.bind(7, event.text("inode"))
        try openReceipt.bind(8, position)
        try openReceipt.run()
    }

    /// What the daemon says of itself is rare, and asked for by kind: what was in force at some moment.
    private func noteLandmark(_ event: Event, _ position: Int) throws(LedgerError) {
        try addLandmark.bind(1, event.kind.rawValue)
        try addLandmark.bind(2, position)
        try addLandmark.run()
    }

    /// Nothing of it is open any more: neither a move nor a claim.
    private func lose(_ event: Event, _ position: Int) throws(LedgerError) {
        try submissions.checkInWork(event)
        try certificates.lose(event, position)
        try dropMove.bind(1, event.submission)
        try dropMove.run()
        try claim(event)
    }

    private func claim(_ event: Event) throws(LedgerError) {
        try closeReceipt.bind(1, event.submission)
        try closeReceipt.run()
    }

    private func startMove(_ event: Event, _ position: Int) throws(LedgerError) {
        try bindMove(openMove, event)
        try openMove.bind(5, position)
        try openMove.run()
    }

    private func finishMove(_ event: Event) throws(LedgerError) {
        try bindMove(closeMove, event)
        try closeMove.run()
        guard connection.changes == 1 else {
            throw .refused(
                .noOpenMove(submission: event.submission ?? "", from: event.text("from"), to: event.text("to")), path: connection.path)
        }
    }

    private func bindMove(_ statement: Statement, _ event: Event) throws(LedgerError) {
        try statement.bind(1, event.submission)
        try statement.bind(2, event.text("from"))
        try statement.bind(3, event.text("to"))
        try statement.bind(4, event.text("digest"))
    }
}

/// The encoder has checked the required fields: what is missing here can only be an optional one.
extension Event {
    func optionalText(_ name: String) -> String? {
        if case .text(let text) = fields[name] { text } else { nil }
    }

    func text(_ name: String) -> String { optionalText(name) ?? "" }

    func number(_ name: String) -> Int {
        if case .number(let number) = fields[name] { number } else { 0 }
    }
}
