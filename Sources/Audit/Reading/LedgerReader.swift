public import Hashing
internal import Synchronization

/// Reads a ledger without ever writing to it or to its log, while the daemon goes on. Every call is one short transaction. Safe from any
/// thread; calls wait for each other.
public final class LedgerReader: Sendable {
    public let path: String
    private let rows: Mutex<ReaderRows>
    private let proofs: Mutex<ProofRows>

    /// Refuses what isn't a ledger of this version.
    public init(path: String) throws(LedgerError) {
        self.path = path
        rows = Mutex(try ReaderRows(path: path))
        proofs = Mutex(try ProofRows(Connection(path: path, .reading)))
    }

    /// The number of entries.
    public func size() throws(LedgerError) -> Int {
        try ask { (rows) throws(LedgerError) in try rows.size() }
    }

    /// The newest signed tree head: a C2SP checkpoint in a signed note.
    public func head() throws(LedgerError) -> String {
        try ask { (rows) throws(LedgerError) in try rows.head() }
    }

    /// The entries at these positions; those beyond the end are left out. Read long ranges in pages of some thousand.
    public func entries(_ range: Range<Int>) throws(LedgerError) -> [LedgerEntry] {
        try ask { (rows) throws(LedgerError) in try rows.entries(range) }
    }

    /// The newest submissions first; nil leaves a condition out.
    public func submissions(
        source: String? = nil, stage: String? = nil, vin: String? = nil, limit: Int = 100
    ) throws(LedgerError) -> [SubmissionState] {
        try ask { (rows) throws(LedgerError) in try rows.submissions(id: nil, source: source, stage: stage, vin: vin, limit: limit) }
    }

    public func submission(_ id: String) throws(LedgerError) -> SubmissionState? {
        try ask { (rows) throws(LedgerError) in try rows.submissions(id: id, source: nil, stage: nil, vin: nil, limit: 1) }.first
    }

    /// Submissions in `archive` or `rejected`, by id, behind the one named.
    public func endedSubmissions(after id: String, limit: Int) throws(LedgerError) -> [SubmissionState] {
        try ask { (rows) throws(LedgerError) in try rows.endedSubmissions(after: id, limit: limit) }
    }

    /// How many submissions lie in each stage.
    public func countsByStage() throws(LedgerError) -> [String: Int] {
        try ask { (rows) throws(LedgerError) in try rows.countsByStage() }
    }

    /// Everything recorded about one submission, in order.
    public func history(submission: String) throws(LedgerError) -> [LedgerEntry] {
        try ask { (rows) throws(LedgerError) in try rows.history(submission: submission) }
    }

    /// Everything recorded about one vehicle, in order: its certificates of all stages and versions, and its rejected records.
    public func history(vin: String) throws(LedgerError) -> [LedgerEntry] {
        try ask { (rows) throws(LedgerError) in try rows.history(vin: vin) }
    }

    /// All that this volume says about reference data, in order.
    func referenceEntries() throws(LedgerError) -> [LedgerEntry] {
        try ask { (rows) throws(LedgerError) in try rows.projections.referenceEntries() }
    }

    /// A vehicle's certificates by stage and version.
    public func certificates(vin: String) throws(LedgerError) -> [CertificateState] {
        try ask { (rows) throws(LedgerError) in try rows.projections.certificates(vin: vin) }
    }

    /// A submission's certificates by row.
    public func certificates(submission: String) throws(LedgerError) -> [CertificateState] {
        try ask { (rows) throws(LedgerError) in try rows.projections.certificates(submission: submission) }
    }

    /// The newest version of a vehicle's certificate at this stage, or nil.
    public func certificate(vin: String, stage: Int) throws(LedgerError) -> CertificateState? {
        try ask { (rows) throws(LedgerError) in try rows.projections.newestCertificate(vin, stage) }
    }

    /// Every `moving` without its `moved`, oldest first.
    public func openMoves() throws(LedgerError) -> [OpenMove] {
        try ask { (rows) throws(LedgerError) in try rows.projections.openMoves() }
    }

    /// Every `received` without its `claimed`, oldest first.
    public func openReceipts() throws(LedgerError) -> [Receipt] {
        try ask { (rows) throws(LedgerError) in try rows.projections.openReceipts() }
    }

    // MARK: Proofs

    /// The proofs of these entries, in the order asked for. O(log n) small reads each; neighbours share them.
    public func proofs(of positions: [Int], upTo target: ProofTarget) throws(LedgerError) -> [EntryProof] {
        try prove { (rows) throws(LedgerError) in try rows.proofs(of: positions, upTo: target) }
    }

    /// The root of the first `size` entries, or nil when there are fewer.
    public func root(ofFirst size: Int) throws(LedgerError) -> Digest? {
        try prove { (rows) throws(LedgerError) in try rows.root(ofFirst: size) }
    }

    /// The consistency proof between two sizes (RFC 6962, section 2.1.2), or nil when the older is 0 or there are fewer entries.
    public func consistencyPath(from old: Int, to new: Int) throws(LedgerError) -> [Digest]? {
        try prove { (rows) throws(LedgerError) in try rows.consistencyPath(from: old, to: new) }
    }

    /// Of the ranges of entries that an older proof's hashes stand for, the first whose hash is another now; the ranges nearest to the entry
    /// come first and are the shortest. Nil when all agree.
    func firstDifference(from proof: LogProof, size: Int) throws(LedgerError) -> Range<Int>? {
        try prove { (rows) throws(LedgerError) in try rows.firstDifference(proof.index, proof.path, size: size) }
    }

    func askAnchors<Answer: Sendable>(_ question: (AnchorRows) throws(LedgerError) -> Answer) throws(LedgerError) -> Answer {
        try ask { (rows) throws(LedgerError) in try question(AnchorRows(rows.connection)) }
    }

    private func prove<Answer: Sendable>(_ question: (ProofRows) throws(LedgerError) -> Answer) throws(LedgerError) -> Answer {
        try proofs.withLock { (rows) throws(LedgerError) in try question(rows) }
    }

    func ask<Answer: Sendable>(_ question: (ReaderRows) throws(LedgerError) -> Answer) throws(LedgerError) -> Answer {
        try rows.withLock { (rows) throws(LedgerError) in
            try rows.begin()
            defer { rows.end() }
            return try question(rows)
        }
    }
}
