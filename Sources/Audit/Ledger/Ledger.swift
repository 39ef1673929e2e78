import Hashing
import Linux

/// The one writer of a ledger. Every call may come from any thread; blocking calls block that thread, so never make them on Swift's
/// cooperative pool. Many calls share one durable transaction, which one of them writes, or a thread of its own.
public final class Ledger: Sendable {
    public let path: String
    /// The open volume's name.
    public var origin: String { orders.origin }
    /// What a verifier needs to check the open volume's signatures (C2SP signed-note). The key is that of all volumes, under the name of this one.
    public var verifierKey: String { key.verifierKey(origin: origin) }

    private let key: CheckpointKey
    private let orders: VolumeOrders
    private let queue: CommitQueue
    private let writer: GroupWriter
    private let thread: WriterThread
    let queries: LedgerQueries
    private let pacer: LedgerPace

    /// Creates the ledger or opens it, and compares the newest signed head with the tree. Exactly one process may hold it. A change of volume that
    /// was interrupted is brought to its end.
    ///
    /// - Parameters:
    ///   - origin: the name of the first volume, such as `example.org/ecoc/1`: no spaces, no plus sign. One that ends with a number has successors.
    ///   - key: the key that the ledger began with.
    ///   - onHead: is given each new signed head once it is on disk, on the thread that wrote it: it mustn't block.
    ///   - onPace: is told when commits become slow or wait for another process, and when that is over, on the thread that commits: it mustn't
    ///     block.
    ///   - year: tells the year (UTC); a volume is for one.
    public convenience init(
        path: String, origin: String, key: CheckpointKey, onHead: @escaping @Sendable (String) -> Void = { _ in },
        onPace: @escaping @Sendable (LedgerPace.News) -> Void = { _ in }, year: @escaping @Sendable () -> Int = Ledger.currentYear
    ) throws(LedgerError) {
        try self.init(path: path, origin: origin, key: key, onHead: onHead, onPace: onPace, year: year, stopsAfter: nil)
    }

    /// - Parameter stopsAfter: where a change of volume stops as if the power went.
    init(
        path: String, origin: String, key: CheckpointKey, onHead: @escaping @Sendable (String) -> Void = { _ in },
        onPace: @escaping @Sendable (LedgerPace.News) -> Void = { _ in }, year: @escaping @Sendable () -> Int,
        stopsAfter: VolumeChange.Step?
    ) throws(LedgerError) {
        let (orders, pacer) = (VolumeOrders(origin: origin), LedgerPace(onNews: onPace))
        (self.orders, self.pacer) = (orders, pacer)
        let volumes = try Self.whenFree(pacer) { () throws(LedgerError) in
            try VolumeWriter(path: path, origin: origin, key: key, year: year, orders: orders, pace: pacer, stopsAfter: stopsAfter)
        }
        self.path = path
        self.key = key
        queries = try Self.whenFree(pacer) { () throws(LedgerError) in try LedgerQueries(path: path) }
        volumes.readers = queries
        queue = CommitQueue(path: path)
        writer = GroupWriter(volumes, path: path, onHead: onHead)
        thread = try WriterThread(writer: writer, queue: queue, path: path)
    }

    /// How often opening waits for who holds the ledger locked, five seconds each.
    private static let opening = 12

    private static func whenFree<Opened>(_ pacer: LedgerPace, _ open: () throws(LedgerError) -> Opened) throws(LedgerError) -> Opened {
        var tries = 1
        while true {
            do throws(LedgerError) {
                let opened = try open()
                pacer.unblocked()
                return opened
            } catch {
                guard error.code == .locked, tries < opening, pacer.waits(for: error) else { throw error }
                tries += 1
            }
        }
    }

    /// The year now, in UTC.
    public static func currentYear() -> Int { Int(Timestamp.now().text.prefix(4)) ?? 0 }

    deinit { close() }

    /// Records the events and returns their positions once they are on disk. Calls that come at the same time share one transaction; the
    /// events of one call are contiguous and all there or none. Where one speaks of a certificate or a delivery of a closed volume, what takes that over comes before it. A `refused` error leaves the ledger in use; any other is final.
    @discardableResult
    public func commit(_ events: [Event]) throws(LedgerError) -> Range<Int> {
        try queue.commit(encode(events.contains { VolumeRows.mayCarry($0) } ? queries.carrying(events) : events), by: writer)
    }

    /// Records the events with the next commit, or within 20 ms by themselves. An event that is refused or can't be written makes the
    /// ledger fail: see `failure`.
    public func enqueue(_ events: [Event]) {
        do throws(LedgerError) { queue.enqueue(try encode(events)) } catch { queue.fail(error) }
    }

    /// Returns once everything enqueued before is on disk, in the file that the ledger's name leads to.
    public func flush() throws(LedgerError) { _ = try queue.commit(.empty, by: writer) }

    /// Closes the open volume and opens the next one. Refused while submissions are in work, or while another process reads the ledger. By
    /// itself this happens with the first commit of a new year at which it can.
    ///
    /// - Returns: the new volume's name.
    @discardableResult
    public func roll(by actor: Event.Actor) throws(LedgerError) -> String {
        orders.place(actor)
        try flush()
        switch orders.answer {
        case .changed(let origin): return origin
        case .refused(let reason): throw .refused(.volumeStays(reason: reason), path: path)
        case nil: throw .refused(.volumeStays(reason: "another order came in between"), path: path)
        }
    }

    /// Writes what is queued, folds the write-ahead log into the database and closes it. Later commits throw `closed`.
    public func close() {
        // In this order SQLite leaves an empty log behind, which auditors need who may read here but not create files.
        thread.close()
        queries.close()
    }

    /// How fast commits are, and what they wait for.
    public var pace: LedgerPace.Report { pacer.report }

    /// Whether commits wait for another process that holds the ledger locked.
    public var isBlocked: Bool { pacer.isBlocked }

    /// Nobody waits any more for another process that holds the ledger locked: commits that can't be made now fail, for the daemon ends.
    public func waitNoLonger() { pacer.giveUp() }

    /// Why the ledger takes nothing more, or nil. Stop moving files when it isn't nil.
    public var failure: LedgerError? { queue.failure }

    /// Every `moving` without its `moved`, oldest first, after everything enqueued before is on disk.
    public func openMoves() throws(LedgerError) -> [OpenMove] {
        try flush()
        return try queries.openMoves()
    }

    /// Every `received` without its `claimed`, oldest first, after everything enqueued before is on disk.
    public func openReceipts() throws(LedgerError) -> [Receipt] {
        try flush()
        return try queries.openReceipts()
    }

    /// The first submission of this source that brought the same bytes before `submission` did. One that was rejected as a whole, of which
    /// no record was valid, or that was only answered as a duplicate doesn't count. As of the last commit.
    public func firstSubmission(source: String, sha256: String, before submission: String) throws(LedgerError) -> String? {
        try queries.firstSubmission(source: source, sha256: sha256, before: submission)
    }

    /// The stage that a submission was last moved to, or nil when it was never received. As of the last commit.
    public func stage(ofSubmission id: String) throws(LedgerError) -> String? { try queries.stage(ofSubmission: id) }

    /// The newest version of a vehicle's certificate at this stage, or nil; one that a person rejected before it was sealed doesn't count, one
    /// that was lost does: its version is used up. As of the last commit.
    public func certificate(vin: String, stage: Int) throws(LedgerError) -> CertificateState? {
        try queries.certificate(vin: vin, stage: stage)
    }

    /// The newest version below `version` of a vehicle's certificate at this stage that stands, or nil: neither rejected before it was sealed
    /// nor lost. As of the last commit.
    public func certificate(vin: String, stage: Int, standingBelow version: Int) throws(LedgerError) -> CertificateState? {
        try queries.standingCertificate(vin: vin, stage: stage, below: version)
    }

    /// Submissions of the open volume in `rejected` of which no report is on record, oldest first, after everything enqueued before is on disk.
    public func unansweredRejections() throws(LedgerError) -> [String] {
        try flush()
        return try queries.unansweredRejections()
    }

    /// Every submission that lies in a stage between its claim and its end, oldest first, after everything enqueued before is on disk.
    public func unfinishedSubmissions() throws(LedgerError) -> [UnfinishedSubmission] {
        try flush()
        return try queries.unfinishedSubmissions()
    }

    /// That version of a vehicle's certificate at this stage, or nil. As of the last commit.
    public func certificate(vin: String, stage: Int, version: Int) throws(LedgerError) -> CertificateState? {
        try queries.certificate(vin: vin, stage: stage, version: version)
    }

    /// The first certificate that was given this reference id, in whichever case it is written, or nil. As of the last commit.
    public func certificate(referenceID: String) throws(LedgerError) -> CertificateState? {
        try queries.certificate(referenceID: referenceID)
    }

    /// Every version of reference data, by key and age. As of the last commit.
    public func referenceVersions() throws(LedgerError) -> [ReferenceVersion] { try queries.referenceVersions() }

    /// A submission's certificates by row, after everything enqueued before is on disk.
    public func certificates(submission: String) throws(LedgerError) -> [CertificateState] {
        try flush()
        return try queries.certificates(submission: submission)
    }

    /// How far the certificates of one submission have come, by row: all that a stage needs to go on, at 16 bytes a certificate. Flushes first.
    public func steps(submission: String) throws(LedgerError) -> [CertificateStep] {
        try flush()
        return try queries.steps(submission: submission)
    }

    /// The proofs of the entries that say that the certificates of these rows were sealed, in the order asked for, up to the kept head of
    /// the commit that did: the same at any time. Nil when one of them isn't sealed, or went on from there. As of the last commit.
    public func sealingProofs(submission: String, rows: [Int]) throws(LedgerError) -> [EntryProof]? {
        try queries.sealingProofs(submission: submission, rows: rows)
    }

    /// The number of entries, as of the last commit.
    public func size() throws(LedgerError) -> Int { try queries.size() }

    /// The root of the first `size` entries, or nil when there are fewer. As of the last commit.
    func root(ofFirst size: Int) throws(LedgerError) -> Digest? { try queries.root(ofFirst: size) }

    /// Where this evidence is recorded as an anchor of the head of this size, or nil. As of the last commit.
    func anchor(size: Int, evidence: [UInt8]) throws(LedgerError) -> Int? { try queries.anchor(size: size, evidence: evidence) }

    /// Of the anchors of the largest anchored head, the newest; nil when there is none. As of the last commit.
    public func largestAnchor() throws(LedgerError) -> StoredAnchor? { try queries.largestAnchor() }

    /// From now on every commit gets this error.
    func withhold(_ error: LedgerError) { queue.withhold(error) }

    func commitEndingDoubt(_ event: Event) throws(LedgerError) { _ = try queue.commit(encode([event]), by: writer, endsWithholding: true) }

    /// One event and the anchor that it speaks of, in one commit.
    func commit(_ event: Event, storing anchor: Anchor) throws(LedgerError) -> Range<Int> {
        try queue.commit(encode([event], storing: anchor), by: writer)
    }

    private func encode(_ events: [Event], storing anchor: Anchor? = nil) throws(LedgerError) -> EventBatch {
        do throws(LedgerError.Refusal) {
            return try EventBatch(events, storing: anchor)
        } catch {
            if case .invalidEvent(let reason) = error { assertionFailure(reason) }
            throw .refused(error, path: path)
        }
    }
}
