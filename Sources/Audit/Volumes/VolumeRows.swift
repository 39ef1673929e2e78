/// The projections of the open volume and of those before it. Used by one thread at a time.
final class VolumeRows {
    let current: ProjectionRows
    private let deliveries: DeliveryRows
    private let older: OlderVolumes
    /// The oldest first.
    private let all: [ProjectionRows]

    init(_ path: String) throws(LedgerError) {
        let connection = try Connection(path: path, .reading)
        current = try ProjectionRows(connection)
        deliveries = try DeliveryRows(connection)
        older = try OlderVolumes(VolumeFiles(ofLedger: path))
        all = older.rows + [current]
    }

    func firstSubmission(_ source: String, _ sha256: String, before submission: String) throws(LedgerError) -> String? {
        for volume in all { if let first = try volume.firstSubmission(source, sha256, before: submission) { return first } }
        return nil
    }

    /// Of the highest version; as its newest volume has it.
    func newestCertificate(_ vin: String, _ stage: Int) throws(LedgerError) -> CertificateState? {
        var newest: CertificateState?
        for volume in all.reversed() {
            guard let state = try volume.newestCertificate(vin, stage) else { continue }
            if state.version > newest?.version ?? 0 { newest = state }
        }
        return newest
    }

    /// Of the highest version below this one that stands; as its newest volume has it.
    func standingCertificate(_ vin: String, _ stage: Int, below version: Int) throws(LedgerError) -> CertificateState? {
        var newest: CertificateState?
        for volume in all.reversed() {
            guard let state = try volume.standingCertificate(vin, stage, below: version) else { continue }
            if state.version > newest?.version ?? 0 { newest = state }
        }
        return newest
    }

    /// By stage and version, each as its newest volume has it.
    func certificates(vin: String) throws(LedgerError) -> [CertificateState] {
        var newest: [[Int]: CertificateState] = [:]
        for volume in all { for state in try volume.certificates(vin: vin) { newest[[state.stage, state.version]] = state } }
        return newest.values.sorted { ($0.stage, $0.version) < ($1.stage, $1.version) }
    }

    func certificate(_ vin: String, _ stage: Int, _ version: Int) throws(LedgerError) -> CertificateState? {
        for volume in all.reversed() {
            let state = try volume.certificates(vin: vin).first { $0.stage == stage && $0.version == version }
            if let state { return state }
        }
        return nil
    }

    func firstCertificate(referenceID: String) throws(LedgerError) -> CertificateState? {
        for volume in all { if let first = try volume.firstCertificate(referenceID: referenceID) { return first } }
        return nil
    }

    func stage(ofSubmission id: String) throws(LedgerError) -> String? {
        for volume in all.reversed() { if let stage = try volume.stage(ofSubmission: id) { return stage } }
        return nil
    }

    /// Whether an event speaks of something that a closed volume may have.
    static func mayCarry(_ event: Event) -> Bool { [.withdrawn, .collected, .acknowledged].contains(event.kind) }

    /// These events, each that speaks of what only a closed volume has behind those that take that over.
    func carrying(_ events: [Event]) throws(LedgerError) -> [Event] {
        guard !older.rows.isEmpty else { return events }
        var all: [Event] = []
        for event in events {
            if Self.mayCarry(event) {
                for carried in try [certificate(before: event), delivery(before: event)] {
                    if let carried, !all.contains(carried) { all.append(carried) }
                }
            }
            all.append(event)
        }
        return all
    }

    private func certificate(before event: Event) throws(LedgerError) -> Event? {
        let (vin, stage, version) = (event.text("vin"), event.number("stage"), event.number("version"))
        let isHere = try current.certificates(vin: vin).contains { $0.stage == stage && $0.version == version }
        return isHere ? nil : try older.carried(vin, stage, version)
    }

    private func delivery(before event: Event) throws(LedgerError) -> Event? {
        guard event.kind != .withdrawn else { return nil }
        let key = DeliveryKey(event)
        return try deliveries.delivery(key) != nil ? nil : older.carriedDelivery(key, submission: event.submission ?? "")
    }

    /// Every version of reference data, whichever volumes speak of it.
    func referenceVersions() throws(LedgerError) -> [ReferenceVersion] {
        var entries: [LedgerEntry] = []
        for volume in older.rows + [current] { entries += try volume.referenceEntries() }
        return ReferenceVersion.fold(entries)
    }
}
