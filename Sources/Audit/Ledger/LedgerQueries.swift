import Hashing
internal import Synchronization

/// Answers from the projections over a read-only connection of its own, so that questions never wait for the disk.
final class LedgerQueries: Sendable {
    private let path: String
    private let rows: Mutex<ProjectionRows?>
    private let proofs: Mutex<ProofRows?>
    private let deliveries: Mutex<DeliveryRows?>

    init(path: String) throws(LedgerError) {
        self.path = path
        rows = Mutex(try ProjectionRows(Connection(path: path, .reading)))
        proofs = Mutex(try ProofRows(Connection(path: path, .reading)))
        deliveries = Mutex(try DeliveryRows(Connection(path: path, .reading)))
    }

    func close() {
        rows.withLock { $0 = nil }
        proofs.withLock { $0 = nil }
        deliveries.withLock { $0 = nil }
    }

    func askDeliveries<Answer: Sendable>(
        _ question: (DeliveryRows) throws(LedgerError) -> Answer
    ) throws(LedgerError) -> Answer {
        try deliveries.withLock { (rows) throws(LedgerError) in
            guard let rows else { throw closed }
            return try question(rows)
        }
    }

    func openMoves() throws(LedgerError) -> [OpenMove] {
        try ask { (rows) throws(LedgerError) in try rows.openMoves() }
    }

    func openReceipts() throws(LedgerError) -> [Receipt] {
        try ask { (rows) throws(LedgerError) in try rows.openReceipts() }
    }

    func firstSubmission(source: String, sha256: String, before submission: String) throws(LedgerError) -> String? {
        try ask { (rows) throws(LedgerError) in try rows.firstSubmission(source, sha256, before: submission) }
    }

    func certificate(vin: String, stage: Int) throws(LedgerError) -> CertificateState? {
        try ask { (rows) throws(LedgerError) in try rows.newestCertificate(vin, stage) }
    }

    func certificates(submission: String) throws(LedgerError) -> [CertificateState] {
        try ask { (rows) throws(LedgerError) in try rows.certificates(submission: submission) }
    }

    func certificates(vin: String) throws(LedgerError) -> [CertificateState] {
        try ask { (rows) throws(LedgerError) in try rows.certificates(vin: vin) }
    }

    func steps(submission: String) throws(LedgerError) -> [CertificateStep] {
        try ask { (rows) throws(LedgerError) in try rows.steps(submission: submission) }
    }

    func certificate(vin: String, stage: Int, version: Int) throws(LedgerError) -> CertificateState? {
        try ask { (rows) throws(LedgerError) in try rows.certificates(vin: vin).first { $0.stage == stage && $0.version == version } }
    }

    func certificate(referenceID: String) throws(LedgerError) -> CertificateState? {
        try ask { (rows) throws(LedgerError) in try rows.firstCertificate(referenceID: referenceID) }
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
        _ question: (ProjectionRows) throws(LedgerError) -> Answer
    ) throws(LedgerError) -> Answer {
        try rows.withLock { (rows) throws(LedgerError) in
            guard let rows else { throw closed }
            return try question(rows)
        }
    }

    private var closed: LedgerError { LedgerError(.closed, "the ledger is closed", path: path, remedy: "Open it again.") }
}
