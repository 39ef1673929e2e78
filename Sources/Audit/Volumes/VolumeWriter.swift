import Glibc
import Hashing
import Linux

/// The writer of the volume that is open, and the change to the next one. Used by one thread.
final class VolumeWriter {
    /// How long after a change that others' reading prevented the next one is tried by itself, in nanoseconds.
    private static let patience: UInt64 = 60_000_000_000

    private let path: String
    private let key: CheckpointKey
    private let lock: WriterLock
    private let currentYear: @Sendable () -> Int
    private let orders: VolumeOrders
    private var writer: LedgerWriter?
    /// Who has the database open too, and lets go of it for a while. Set before the first commit.
    var readers: LedgerQueries?
    /// What the open volume is for; nil while it is empty or can't have a successor.
    private var year: Int?
    private var nextTry: UInt64 = 0
    private let pace: LedgerPace
    private let stopsAfter: VolumeChange.Step?

    /// - Parameter origin: of the first volume.
    init(
        path: String, origin: String, key: CheckpointKey, year currentYear: @escaping @Sendable () -> Int, orders: VolumeOrders,
        pace: LedgerPace, stopsAfter: VolumeChange.Step? = nil
    ) throws(LedgerError) {
        self.pace = pace
        (self.path, self.key, self.currentYear, self.orders, self.stopsAfter) = (path, key, currentYear, orders, stopsAfter)
        lock = try WriterLock(path: path)
        try VolumeChange(files: VolumeFiles(ofLedger: path), lock: lock, key: key, year: currentYear()).finish()
        try open(firstOrigin: origin)
    }

    private func open(firstOrigin: String) throws(LedgerError) {
        let files = try VolumeFiles(ofLedger: path)
        try rollBack()
        let origin = Self.origin(path, first: firstOrigin)
        try Self.checkLinks(files)
        let head = try HeadSigner(origin: origin, key: key, path: path)
        writer = try LedgerWriter(path: path, head: head, lock: lock, older: OlderVolumes(files), pace: pace)
        year = try VolumeEnds(path)?.year
        orders.opened(origin)
    }

    /// A stop in step 2 leaves a journal, which only a connection that may write can roll back.
    private func rollBack() throws(LedgerError) {
        guard access(path + "-journal", F_OK) == 0 else { return }
        _ = try Connection(path: path, .writing).number("SELECT count(*) FROM sqlite_schema")
    }

    /// That of the ledger's own head when it is a later volume than the first; an unknown one is told when the heads are compared.
    private static func origin(_ path: String, first: String) -> String {
        guard let ends = try? VolumeEnds(path), let found = VolumeName(ends.head.origin), let name = VolumeName(first),
            found.isSibling(of: name), found > name
        else { return first }
        return found.origin
    }

    /// A ledger that lacks one of its volumes doesn't know what was published.
    private static func checkLinks(_ files: VolumeFiles) throws(LedgerError) {
        // A new ledger has no file yet, or one that was cut off in its creation; beside closed volumes neither is possible.
        var newer = files.closed.isEmpty ? try? VolumeEnds(files.open) : try VolumeEnds(files.open)
        guard newer != nil || files.closed.isEmpty else {
            throw FrontierLoader.contradiction("the open volume isn't a ledger, and there are closed ones", files.open)
        }
        for number in files.closed.reversed() {
            guard let older = try VolumeEnds(files.path(ofClosed: number)) else {
                throw FrontierLoader.contradiction("the closed volume isn't a ledger", files.path(ofClosed: number))
            }
            if let flaw = newer?.flaw(asSuccessorOf: older) {
                throw LedgerError(
                    .corrupt, "the ledger's volumes don't fit together after number \(number): \(flaw)", path: files.open,
                    remedy: "Put the missing or older file back; 'ecocctl ledger verify' tells more.")
            }
            newer = older
        }
        guard newer?.hasPredecessor != true else {
            throw LedgerError(
                .corrupt, "the volume '\(newer?.first?.text("previous") ?? "")' is missing beside the ledger", path: files.open,
                remedy: "Put its file back from a backup: without it ecocd doesn't know what was published.")
        }
    }

    // MARK: As the writer of one volume

    func commit(_ batches: [EventBatch]) throws(LedgerError) -> [Result<Range<Int>, LedgerError>] {
        if let order = orders.take() {
            orders.answer(try change(by: order))
        } else if let year, currentYear() > year, MonotonicClock.now() >= nextTry, try current().hasNothingInWork() {
            if case .refused = try change(by: .daemon) { nextTry = MonotonicClock.now() + Self.patience }
        }
        let outcomes = try current().commit(batches)
        if year == nil { year = try VolumeEnds(path)?.year }
        return outcomes
    }

    /// The open volume's newest head on disk.
    var newestHead: String { writer?.newestHead ?? "" }

    var wantsFolding: Bool { writer?.wantsFolding ?? false }

    func foldLogWhenLong() throws(LedgerError) { try current().foldLogWhenLong() }

    func close() throws(LedgerError) { try current().close() }

    func abandon() { writer?.abandon() }

    private func current() throws(LedgerError) -> LedgerWriter {
        guard let writer else { throw LedgerError(.closed, "the ledger has no open volume", path: path, remedy: "Restart ecocd.") }
        return writer
    }

    // MARK: The change

    private func change(by actor: Event.Actor) throws(LedgerError) -> VolumeOrders.Answer {
        guard let name = try VolumeEnds(path).flatMap({ VolumeName($0.head.origin) }) else {
            return .refused("the ledger's origin doesn't end with a number, so there is no next volume")
        }
        guard try current().hasNothingInWork() else {
            return .refused("submissions are in work: a submission's entries stay together in one volume")
        }
        guard let readers else { return .refused("the ledger isn't open yet") }
        var change = VolumeChange(files: try VolumeFiles(ofLedger: path), lock: lock, key: key, year: currentYear())
        change.stopsAfter = stopsAfter
        let step = change
        let isDone = try readers.suspended { () throws(LedgerError) -> Bool in
            guard try self.leaveAndClose(name, actor, step) else { return false }
            try step.complete()
            try self.open(firstOrigin: name.origin)
            return true
        }
        return isDone ? .changed(name.next.origin) : .refused("somebody else reads the ledger at this moment")
    }

    /// Steps 1 and 2. False when somebody else has the database open, and then nothing was done.
    private func leaveAndClose(_ name: VolumeName, _ actor: Event.Actor, _ change: VolumeChange) throws(LedgerError) -> Bool {
        guard try current().leaveLog() else { return false }
        try change.reached(.left)
        let closed = Event(.volumeClosed, actor: actor, ["next": .text(name.next.origin)])
        for outcome in try current().commit([EventBatch.of([closed], path)]) { _ = try outcome.get() }
        try change.reached(.closed)
        writer = nil
        return true
    }
}
