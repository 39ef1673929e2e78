/// The tables `delivery` and `acknowledgement`: what became of each bundle in each outbox. They keep what is said once from being said twice.
final class DeliveryProjection {
    private let connection: Connection
    private let add: Statement
    private let addCarried: Statement
    private let setCollected: Statement
    private let addAcknowledgement: Statement

    init(_ connection: Connection) throws(LedgerError) {
        self.connection = connection
        add = try connection.prepare("INSERT INTO delivery VALUES(?, ?, ?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING")
        addCarried = try connection.prepare(
            "INSERT INTO delivery VALUES(?, ?, ?, ?, ?, ?6, iif(?7 = 'yes', ?6, NULL)) ON CONFLICT DO NOTHING")
        let key = "vin = ?1 AND stage = ?2 AND version = ?3 AND destination = ?4 AND bundle = ?5"
        setCollected = try connection.prepare("UPDATE delivery SET collected = ?6 WHERE \(key) AND collected IS NULL")
        addAcknowledgement = try connection.prepare(
            """
            INSERT INTO acknowledgement SELECT vin, stage, version, destination, ?6, ?7, ?8 FROM delivery WHERE \(key) \
            ON CONFLICT DO NOTHING
            """)
    }

    /// A publication that a crash had recorded again changes nothing.
    func publish(_ event: Event, _ position: Int) throws(LedgerError) {
        try bind(add, event)
        try add.bind(6, position)
        try add.run()
    }

    /// A delivery of a closed volume, of which something is said later.
    func carry(_ event: Event, _ position: Int) throws(LedgerError) {
        try bind(addCarried, event)
        try addCarried.bind(6, position)
        try addCarried.bind(7, event.text("collected"))
        try addCarried.run()
        try refuseUnlessOneChanged(event)
    }

    func collect(_ event: Event, _ position: Int) throws(LedgerError) {
        try bind(setCollected, event)
        try setCollected.bind(6, position)
        try setCollected.run()
        try refuseUnlessOneChanged(event)
    }

    func acknowledge(_ event: Event, _ position: Int) throws(LedgerError) {
        try bind(addAcknowledgement, event)
        try addAcknowledgement.bind(6, event.text("sha256"))
        try addAcknowledgement.bind(7, event.text("outcome"))
        try addAcknowledgement.bind(8, position)
        try addAcknowledgement.run()
        try refuseUnlessOneChanged(event)
    }

    private func bind(_ statement: Statement, _ event: Event) throws(LedgerError) {
        try statement.bind(1, event.text("vin"))
        try statement.bind(2, event.number("stage"))
        try statement.bind(3, event.number("version"))
        try statement.bind(4, event.text("destination"))
        try statement.bind(5, event.text("bundle"))
    }

    private func refuseUnlessOneChanged(_ event: Event) throws(LedgerError) {
        guard connection.changes == 1 else {
            throw .refused(
                .noDelivery(bundle: event.text("bundle"), destination: event.text("destination")), path: connection.path)
        }
    }
}
