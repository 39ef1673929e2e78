/// The closed volumes as the writer and its queries see them: they hold what may not come again. Opened read-only, never changed. Used by one
/// thread at a time.
final class OlderVolumes {
    /// The oldest first.
    let rows: [ProjectionRows]
    /// Their names, in the same order.
    let origins: [String]
    private let deliveries: [DeliveryRows]
    private let identities: [Statement]
    private let submissions: [Statement]

    static var none: OlderVolumes { OlderVolumes() }

    private init() { (rows, origins, deliveries, identities, submissions) = ([], [], [], [], []) }

    convenience init(_ files: VolumeFiles) throws(LedgerError) { try self.init(paths: files.closedPaths) }

    /// - Parameter paths: the oldest first.
    init(paths: [String]) throws(LedgerError) {
        var rows: [ProjectionRows] = []
        var origins: [String] = []
        var deliveries: [DeliveryRows] = []
        var identities: [Statement] = []
        var submissions: [Statement] = []
        for path in paths {
            let connection = try Connection(path: path, .reading)
            try LedgerFile.checkIdentity(connection)
            origins.append(try VolumeEnds(path)?.head.origin ?? "")
            deliveries.append(try DeliveryRows(connection))
            rows.append(try ProjectionRows(connection))
            identities.append(
                try connection.prepare("SELECT 1 FROM certificate WHERE vin = ? AND stage = ? AND version = ? AND state <> 'rejected'"))
            submissions.append(try connection.prepare("SELECT 1 FROM submission WHERE id = ?"))
        }
        (self.rows, self.origins, self.deliveries) = (rows, origins, deliveries)
        (self.identities, self.submissions) = (identities, submissions)
    }

    /// Refuses what an older volume has already.
    func check(_ event: Event, _ path: String) throws(LedgerError) {
        switch event.kind {
        case .validated:
            let (vin, stage, version) = (event.text("vin"), event.number("stage"), event.number("version"))
            for statement in identities {
                try statement.bind(1, vin)
                try statement.bind(2, stage)
                try statement.bind(3, version)
                if try hasRow(statement) { throw .refused(.certificateExists(vin: vin, stage: stage, version: version), path: path) }
            }
        case .received:
            for statement in submissions {
                try statement.bind(1, event.submission)
                if try hasRow(statement) { throw .refused(.submissionExists(event.submission ?? ""), path: path) }
            }
        case .carried:
            // As it stands in the newest volume that has it, and not otherwise.
            guard let known = try carried(event.text("vin"), event.number("stage"), event.number("version")), known == event else {
                throw .refused(
                    .unknownCertificate(vin: event.text("vin"), stage: event.number("stage"), version: event.number("version")), path: path)
            }
        case .carriedDelivery:
            guard let known = try carriedDelivery(DeliveryKey(event), submission: event.submission ?? ""), known == event else {
                throw .refused(.noDelivery(bundle: event.text("bundle"), destination: event.text("destination")), path: path)
            }
        default: break
        }
    }

    /// What takes over a delivery, or nil when no older volume has it.
    func carriedDelivery(_ key: DeliveryKey, submission: String) throws(LedgerError) -> Event? {
        for (volume, origin) in zip(deliveries, origins).reversed() {
            if let delivery = try volume.delivery(key) { return delivery.carried(from: origin, submission: submission) }
        }
        return nil
    }

    /// What takes over a certificate, or nil when no older volume has it.
    func carried(_ vin: String, _ stage: Int, _ version: Int) throws(LedgerError) -> Event? {
        for (volume, origin) in zip(rows, origins).reversed() {
            let state = try volume.certificates(vin: vin).first { $0.stage == stage && $0.version == version }
            if let state { return state.carried(from: origin) }
        }
        return nil
    }

    private func hasRow(_ statement: Statement) throws(LedgerError) -> Bool {
        defer { statement.reset() }
        return try statement.step()
    }
}
