internal import Synchronization

/// Reads a ledger without ever writing to it or to its log, while the daemon goes on. Every call is one short transaction. Safe from any
/// thread; calls wait for each other.
public final class LedgerReader: Sendable {
    public let path: String
    private let rows: Mutex<ReaderRows>

    /// Refuses what isn't a ledger of this version.
    public init(path: String) throws(LedgerError) {
        self.path = path
        rows = Mutex(try ReaderRows(path: path))
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

    private func ask<Answer: Sendable>(_ question: (ReaderRows) throws(LedgerError) -> Answer) throws(LedgerError) -> Answer {
        try rows.withLock { (rows) throws(LedgerError) in
            try rows.begin()
            defer { rows.end() }
            return try question(rows)
        }
    }
}
