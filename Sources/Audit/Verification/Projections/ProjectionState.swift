/// A certificate as the entries make it; texts are fingerprints.
struct CertificateRow {
    /// The states that matter beyond being compared.
    struct States: Sendable {
        let validated, generated, sealed, publishing, rejected, lost: UInt64
    }

    private(set) var submission, place, reference, rest: UInt64
    private(set) var state: UInt64
    private(set) var xml = Fingerprint.none
    private(set) var bundleDigest = Fingerprint.none
    private(set) var bundle = Fingerprint.none
    private(set) var first: Int
    private(set) var last: Int
    var seen = SeenScans()

    init(_ values: UnsafePointer<UInt64>, _ position: Int) {
        (submission, place, reference, rest, state) = (values[0], values[1], values[2], values[3], values[4])
        (first, last) = (position, position)
    }

    /// Its version was free again.
    mutating func validateAgain(_ values: UnsafePointer<UInt64>, _ position: Int) {
        (submission, place, reference, rest, state) = (values[0], values[1], values[2], values[3], values[4])
        xml = Fingerprint.none
        (first, last) = (position, position)
    }

    /// What the rejections of its whole submission, and its loss, made of it, as far as they came after its newest event and before `end`.
    mutating func settle(_ refusals: [Refusal.Place], before end: Int, _ states: States) {
        for place in refusals where place.position > last && place.position < end {
            if state == states.validated || state == states.generated {
                (state, last) = (states.rejected, place.position)
            } else if place.isLoss, state == states.sealed || state == states.publishing {
                (state, last) = (states.lost, place.position)
            }
        }
    }

    mutating func advance(_ values: UnsafePointer<UInt64>, _ position: Int) {
        state = values[1]
        if values[2] != Fingerprint.none { xml = values[2] }
        if values[3] != Fingerprint.none { bundleDigest = values[3] }
        if values[4] != Fingerprint.none { bundle = values[4] }
        last = position
    }

    // What a stored row says: the values above in their order, stage, version, VIN.

    func equals(_ values: UnsafePointer<UInt64>) -> Bool {
        submission == values[0] && place == values[1] && reference == values[2] && rest == values[3] && state == values[4]
            && xml == values[5] && bundleDigest == values[6] && bundle == values[7] && UInt64(first) == values[8]
            && UInt64(last) == values[9]
    }

    /// Whether an index says of it what it should.
    func isIndexed(_ scan: ProjectionScan, _ values: UnsafePointer<UInt64>) -> Bool {
        values[1] == (scan == .certificateSubmission ? place : reference)
    }

    static func last(_ values: UnsafePointer<UInt64>) -> Int { Int(bitPattern: UInt(values[9])) }

    static func name(_ values: UnsafePointer<UInt64>) -> String {
        "\(EffectName.read(values + 12)) \(Int(bitPattern: UInt(values[10]))) \(Int(bitPattern: UInt(values[11])))"
    }
}

/// What the entries make of a submission in the tables `submission`, `receipt` and `open_move`; texts are fingerprints.
struct SubmissionRow {
    private(set) var isReceived = false
    private var values = Fingerprint.none
    private(set) var content = Fingerprint.none
    private(set) var stage = Fingerprint.none
    private var counts: (validated: UInt64, rejected: UInt64, sealed: UInt64, published: UInt64) = (0, 0, 0, 0)
    private var marks: UInt64 = 0
    private(set) var first = 0
    private(set) var last = 0
    var receipt: OpenRow?
    var move: OpenRow?
    var seen = SeenScans()

    mutating func receive(_ values: UnsafePointer<UInt64>, _ position: Int) {
        isReceived = true
        (self.values, content, stage) = (values[0], values[1], values[2])
        (first, last) = (position, position)
    }

    /// - Parameter ends: the stages in which nothing is in work any more, three of them.
    func isInWork(ends: UnsafePointer<UInt64>) -> Bool { isReceived && stage != ends[0] && stage != ends[1] && stage != ends[2] }

    mutating func change(_ values: UnsafePointer<UInt64>, _ position: Int) {
        guard isReceived else { return }
        switch values[0] {
        case StageChange.noneWord: break
        case StageChange.refusedWord: if stage == values[6] { stage = values[7] }
        default: stage = values[0]
        }
        counts.validated += values[1]
        counts.rejected += values[2]
        counts.sealed += values[3]
        counts.published += values[4]
        marks |= values[5]
        last = position
    }

    // What a stored row says: values, source and content, stage, counts, marks, first, last, id.

    func equals(_ stored: UnsafePointer<UInt64>) -> Bool {
        values == stored[0] && content == stored[1] && stage == stored[2] && counts.validated == stored[3] && counts.rejected == stored[4]
            && counts.sealed == stored[5] && counts.published == stored[6] && marks == stored[7] && UInt64(first) == stored[8]
            && UInt64(last) == stored[9]
    }

    /// Whether an index says of it what it should.
    func isIndexed(_ scan: ProjectionScan, _ values: UnsafePointer<UInt64>) -> Bool {
        values[1] == (scan == .submissionContent ? content : stage) && values[2] == UInt64(first)
    }

    static func last(_ values: UnsafePointer<UInt64>) -> Int { Int(bitPattern: UInt(values[9])) }

    static func name(_ values: UnsafePointer<UInt64>) -> String { EffectName.read(values + 10) }
}

/// A row that is there for a time: all its values in one, and the entry that it stands for.
struct OpenRow {
    let values: UInt64
    let position: Int
    var isSeen = false
}

struct RejectionRow {
    let vin, submission: UInt64
    let position: Int
    var seen = SeenScans()
}

/// A bundle in an outbox.
struct DeliveryRow {
    let bundle: UInt64
    let published: Int
    var collected: Int?
    var seen = SeenScans()

    var last: Int { collected ?? published }

    // What a stored row says: bundle, when published, whether collected, when collected, stage, version, VIN, destination.

    func equals(_ values: UnsafePointer<UInt64>) -> Bool {
        bundle == values[0] && UInt64(published) == values[1] && (collected == nil) == (values[2] == 0)
            && UInt64(collected ?? 0) == values[3]
    }

    static func last(_ values: UnsafePointer<UInt64>) -> Int { Int(bitPattern: UInt(values[2] == 0 ? values[1] : values[3])) }

    /// From the stage on.
    static func name(_ words: UnsafePointer<UInt64>) -> String {
        let vin = words + 2
        return "\(EffectName.read(vin)) \(Int(bitPattern: UInt(words[0]))) \(Int(bitPattern: UInt(words[1]))) "
            + EffectName.read(EffectName.next(vin))
    }
}

/// A row that one entry adds and that stays as it is: its key has all its values but the position.
struct NotedRow {
    let position: Int
    var seen = SeenScans()
}

/// Which scans have come across a row.
struct SeenScans {
    private var bits: UInt16 = 0
    /// Whether the row of the table was told to be wrong: its indexes then say nothing new.
    var isTold = false

    subscript(scan: ProjectionScan) -> Bool { bits & 1 << scan.rawValue != 0 }

    /// - Returns: whether it had been noted before.
    mutating func note(_ scan: ProjectionScan) -> Bool {
        defer { bits |= 1 << scan.rawValue }
        return self[scan]
    }
}
