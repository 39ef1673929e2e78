import Hashing
internal import Synchronization

/// Answers from the projections over a read-only connection of its own, so that questions never wait for the disk.
final class LedgerQueries: Sendable {
    private let path: String
    private let rows: Mutex<VolumeRows?>
    private let proofs: Mutex<ProofRows?>
    private let deliveries: Mutex<VolumeDeliveries?>

    init(path: String) throws(LedgerError) {
        self.path = path
        rows = Mutex(try VolumeRows(path))
        proofs = Mutex(try ProofRows(Connection(path: path, .reading)))
        deliveries = Mutex(try VolumeDeliveries(path))
    }

    func close() {
        rows.withLock { $0 = nil }
        proofs.withLock { $0 = nil }
        deliveries.withLock { $0 = nil }
    }

    func askDeliveries<Answer: Sendable>(
        _ question: (VolumeDeliveries) throws(LedgerError) -> Answer
    ) throws(LedgerError) -> Answer {
        try deliveries.withLock { (rows) throws(LedgerError) in
            guard let rows else { throw closed }
            return try question(rows)
        }
    }

    /// What `body` does while no connection of these is open; questions wait meanwhile. After an error they stay closed.
    func suspended(_ body: () throws(LedgerError) -> Bool) throws(LedgerError) -> Bool {
        try rows.withLock { (rows) throws(LedgerError) in
            rows = nil
            let answer = try suspendedProofs(body)
            rows = try VolumeRows(path)
            return answer
        }
    }

    private func suspendedProofs(_ body: () throws(LedgerError) -> Bool) throws(LedgerError) -> Bool {
        try proofs.withLock { (proofs) throws(LedgerError) in
            proofs = nil
            let answer = try suspendedDeliveries(body)
            proofs = try ProofRows(Connection(path: path, .reading))
            return answer
        }
    }

    private func suspendedDeliveries(_ body: () throws(LedgerError) -> Bool) throws(LedgerError) -> Bool {
        try deliveries.withLock { (deliveries) throws(LedgerError) in
            deliveries = nil
            let answer = try body()
            deliveries = try VolumeDeliveries(path)
            return answer
        }
    }

    func openMoves() throws(LedgerError) -> [OpenMove] {
        try ask { (rows) throws(LedgerError) in try rows.current.openMoves() }
    }

    func openReceipts() throws(LedgerError) -> [Receipt] {
        try ask { (rows) throws(LedgerError) in try rows.current.openReceipts() }
    }

    func firstSubmission(source: String, sha256: String, before submission: String) throws(LedgerError) -> String? {
        try ask { (rows) throws(LedgerError) in try rows.firstSubmission(source, sha256, before: submission) }
    }

    func stage(ofSubmission id: String) throws(LedgerError) -> String? {
        try ask { (rows) throws(LedgerError) in try rows.stage(ofSubmission: id) }
    }

    func certificate(vin: String, stage: Int) throws(LedgerError) -> CertificateState? {
        try ask { (rows) throws(LedgerError) in try rows.newestCertificate(vin, stage) }
    }

    func standingCertificate(vin: String, stage: Int, below version: Int) throws(LedgerError) -> CertificateState? {
        try ask { (rows) throws(LedgerError) in try rows.standingCertificate(vin, stage, below: version) }
    }

    func unansweredRejections() throws(LedgerError) -> [String] {
        try ask { (rows) throws(LedgerError) in try rows.current.unansweredRejections() }
    }

    func unfinishedSubmissions() throws(LedgerError) -> [UnfinishedSubmission] {
        try ask { (rows) throws(LedgerError) in try rows.current.unfinishedSubmissions() }
    }

    func certificates(submission: String) throws(LedgerError) -> [CertificateState] {
        try ask { (rows) throws(LedgerError) in try rows.current.certificates(submission: submission) }
    }

    func certificates(vin: String) throws(LedgerError) -> [CertificateState] {
        try ask { (rows) throws(LedgerError) in try rows.certificates(vin: vin) }
    }

    func steps(submission: String) throws(LedgerError) -> [CertificateStep] {
        try ask { (rows) throws(LedgerError) in try rows.current.steps(submission: submission) }
    }

    func certificate(vin: String, stage: Int, version: Int) throws(LedgerError) -> CertificateState? {
        try ask { (rows) throws(LedgerError) in try rows.certificate(vin, stage, version) }
    }

    func certificate(referenceID: String) throws(LedgerError) -> CertificateState? {
        try ask { (rows) throws(LedgerError) in try rows.firstCertificate(referenceID: referenceID) }
    }

    func carrying(_ events: [Event]) throws(LedgerError) -> [Event] {
        try ask { (rows) throws(LedgerError) in try rows.carrying(events) }
    }

    func referenceVersions() throws(LedgerError) -> [ReferenceVersion] {
        try ask { (rows) throws(LedgerError) in try rows.referenceVersions() }
    }

    func sealingProofs(submission: String, rows certificates: [Int]) throws(LedgerError) -> [EntryProof]? {
        try prove { (rows) throws(LedgerError) in try rows.sealingProofs(submission, certificates) }
    }

    func size() throws(LedgerError) -> Int { try prove { (rows) throws(LedgerError) in try rows.size() } }

    func root(ofFirst size: Int) throws(LedgerError) -> Digest? {
        try prove { (rows) throws(LedgerError) in try rows.root(ofFirst: size) }
    }

    func anchor(size: Int, evidence: [UInt8]) throws(LedgerError) -> Int? {
        try prove { (rows) throws(LedgerError) in try AnchorRows(rows.connection).position(size: size, evidence: evidence) }
    }

    func largestAnchor() throws(LedgerError) -> StoredAnchor? {
        try prove { (rows) throws(LedgerError) in try AnchorRows(rows.connection).largest() }
    }

    private func prove<Answer: Sendable>(_ question: (ProofRows) throws(LedgerError) -> Answer) throws(LedgerError) -> Answer {
        try proofs.withLock { (rows) throws(LedgerError) in
            guard let rows else { throw closed }
            return try question(rows)
        }
    }

    private func ask<Answer: Sendable>(
        _ question: (VolumeRows) throws(LedgerError) -> Answer
    ) throws(LedgerError) -> Answer {
        try rows.withLock { (rows) throws(LedgerError) in
            guard let rows else { throw closed }
            return try question(rows)
        }
    }

    private var closed: LedgerError { LedgerError(.closed, "the ledger is closed", path: path, remedy: "Open it again.") }
}
