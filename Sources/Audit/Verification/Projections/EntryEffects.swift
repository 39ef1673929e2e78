import Glibc

/// Turns records whose members were matched into effects on projections. What each kind does to which row stands here, a second time,
/// without anything of the writer. Used by one thread, a page of entries at a time.
final class EntryEffects {
    let buffer = EffectBuffer()
    private let forms: RecordForms
    private let prints: Fingerprints
    private let temporaryStage, rejectedStage, archiveStage, lostStage: UInt64
    /// The state that a certificate has after an event.
    private let states: [Event.Kind: UInt64]
    private var run: SubmissionRun?
    /// The submission of the last record, with its key and print: events of one submission mostly follow each other.
    private var lastSubmission: [UInt8] = []
    private var lastKey: RowKey?
    private var lastPrint = Fingerprint.none

    /// Events of one submission that follow each other.
    private struct SubmissionRun {
        let key: RowKey
        var last = 0
        var stage = StageChange.none
        var validated: UInt64 = 0, rejected: UInt64 = 0, sealed: UInt64 = 0, published: UInt64 = 0
        var marks: UInt64 = 0
    }

    init(_ forms: RecordForms, _ prints: Fingerprints) {
        self.forms = forms
        self.prints = prints
        temporaryStage = prints.of("tmp")
        rejectedStage = prints.of("rejected")
        archiveStage = prints.of("archive")
        lostStage = prints.of("lost")
        states = Dictionary(uniqueKeysWithValues: Event.Kind.allCases.map { ($0, prints.of($0.rawValue)) })
    }

    func beginPage() {
        buffer.removeAll()
        lastKey = nil
    }

    /// Effects of different pages stay in order, as nothing is held back between them.
    func endPage() { flush() }

    func apply(_ kind: Event.Kind, at position: Int) {
        let submission = submissionKey()
        switch kind {
        case .received: receive(submission, position)
        case .claimed: note(.claimed, submission, position)
        case .moving, .moved: move(kind == .moving ? .moving : .moved, submission, position)
        case .validated: validate(states[.validated] ?? Fingerprint.wrong, position)
        case .carried: carry(position)
        case .carriedDelivery: carryDelivery(position)
        case .generated, .sealed, .publishing, .withdrawn: advance(kind, position)
        case .published:
            advance(kind, position)
            deliver(position)
        case .collected: collect(position)
        case .acknowledged: acknowledge(position)
        case .rejected: reject(position)
        case .declaredLost: lose(submission, position)
        case .corrected, .held, .released, .findingWaived, .reported, .configured, .recovered, .incident, .started, .stopped,
            .referenceReceived, .referenceActivated, .referenceSuperseded, .referenceRetired, .keyUsed, .anchored, .ledgerRestored,
            .backedUp, .volumeClosed, .volumeOpened:
            break
        }
        guard let submission else { return mark(kind, position) }
        // What comes after publication may come years later: it isn't counted to the submission.
        if ![.collected, .acknowledged, .carried, .carriedDelivery].contains(kind) { count(kind, submission, position) }
    }

    // MARK: Certificates

    private func validate(_ state: UInt64, _ position: Int) {
        buffer.begin(.validated, at: position, certificateKey())
        buffer.add(lastPrint)
        buffer.add(
            prints.of {
                $0.add(forms[.submission])
                $0.add(forms[.row])
            })
        buffer.add(prints.of { $0.add(forms[.referenceID]) })
        buffer.add(
            prints.of {
                $0.add(forms[.contentSHA256])
                $0.add(forms[.referenceSHA256])
            })
        buffer.add(state)
        buffer.end()
    }

    /// A certificate as it stood in a closed volume, at once.
    private func carry(_ position: Int) {
        let state = prints.of(forms[.state])
        validate(state, position)
        buffer.begin(.advanced, at: position, certificateKey())
        buffer.add(lastPrint)
        buffer.add(state)
        buffer.add(prints.of(forms[.xmlSHA256]))
        buffer.add(prints.of(forms[.bundleSHA256]))
        buffer.add(prints.of(forms[.bundle]))
        buffer.end()
    }

    /// A delivery as it stood in a closed volume.
    private func carryDelivery(_ position: Int) {
        deliver(position)
        if prints.of(forms[.collected]) == prints.of("yes") { collect(position) }
    }

    private func advance(_ kind: Event.Kind, _ position: Int) {
        let isAboutXML = kind == .generated || kind == .sealed
        let isAboutBundle = kind == .publishing || kind == .published
        buffer.begin(.advanced, at: position, certificateKey())
        buffer.add(lastPrint)
        buffer.add(states[kind] ?? Fingerprint.wrong)
        buffer.add(isAboutXML ? prints.of(forms[.sha256]) : Fingerprint.none)
        buffer.add(isAboutBundle ? prints.of(forms[.sha256]) : Fingerprint.none)
        buffer.add(prints.of(forms[.bundle]))
        buffer.end()
    }

    private func certificateKey() -> RowKey {
        prints.key {
            $0.add(forms[.vin])
            $0.add(forms[.stage])
            $0.add(forms[.version])
        }
    }

    private func deliver(_ position: Int) {
        let certificate = certificateKey()
        buffer.begin(.delivered, at: position, deliveryKey(certificate))
        buffer.add(prints.of(forms[.bundle]))
        buffer.add(certificate.second)
        buffer.add(lastPrint)
        buffer.end()
    }

    private func collect(_ position: Int) {
        buffer.begin(.collected, at: position, deliveryKey(certificateKey()))
        buffer.add(prints.of(forms[.bundle]))
        buffer.end()
    }

    private func acknowledge(_ position: Int) {
        let delivery = deliveryKey(certificateKey())
        let key = prints.key(within: delivery) {
            $0.add(forms[.sha256])
            $0.add(forms[.outcome])
        }
        buffer.begin(.acknowledged, at: position, key)
        buffer.add(delivery.second)
        buffer.add(prints.of(forms[.bundle]))
        buffer.end()
    }

    private func deliveryKey(_ certificate: RowKey) -> RowKey { prints.key(within: certificate) { $0.add(forms[.destination]) } }

    private func mark(_ kind: Event.Kind, _ position: Int) {
        let key = prints.key {
            $0.add(kind.rawValue)
            $0.add(position)
        }
        note(.landmark, key, position)
    }

    private func reject(_ position: Int) {
        if forms[.row] == nil { addRefusal(position, isLoss: false) }
        guard let vin = forms[.vin], vin.count > 0 else { return }
        buffer.begin(.rejected, at: position, prints.key { $0.add(position) })
        buffer.add(prints.of { $0.add(vin) })
        buffer.add(prints.of { $0.add(forms[.submission]) })
        buffer.end()
    }

    private func addRefusal(_ position: Int, isLoss: Bool) {
        buffer.addRefusal(Refusal(submission: lastPrint, place: .init(position: position, isLoss: isLoss)))
    }

    // MARK: Submissions

    private func submissionKey() -> RowKey? {
        guard let id = forms[.submission] else { return nil }
        if let lastKey, lastSubmission.count == id.count, memcmp(lastSubmission, id.start, id.count) == 0 { return lastKey }
        let key = prints.key { $0.add(id) }
        lastSubmission = Array(UnsafeBufferPointer(start: id.start, count: id.count))
        lastPrint = prints.of(id)
        lastKey = key
        return key
    }

    private func receive(_ key: RowKey?, _ position: Int) {
        guard let key else { return }
        flush()
        buffer.begin(.received, at: position, key)
        buffer.add(prints.of { for slot in [Slot.source, .name, .size, .sha256] { $0.add(forms[slot]) } })
        buffer.add(
            prints.of {
                $0.add(forms[.source])
                $0.add(forms[.sha256])
            })
        buffer.add(temporaryStage)
        buffer.add(prints.of { for slot in [Slot.source, .name, .size, .sha256, .device, .inode] { $0.add(forms[slot]) } })
        buffer.end()
    }

    /// Behind all that was counted of it before.
    private func lose(_ key: RowKey?, _ position: Int) {
        guard let key else { return }
        flush()
        addRefusal(position, isLoss: true)
        buffer.begin(.lost, at: position, key)
        for stage in [archiveStage, rejectedStage, lostStage] { buffer.add(stage) }
        buffer.end()
    }

    private func move(_ effect: Effect, _ key: RowKey?, _ position: Int) {
        guard let key else { return }
        buffer.begin(effect, at: position, key)
        buffer.add(prints.of { for slot in [Slot.from, .to, .digest] { $0.add(forms[slot]) } })
        buffer.end()
    }

    private func note(_ effect: Effect, _ key: RowKey?, _ position: Int) {
        guard let key else { return }
        buffer.begin(effect, at: position, key)
        buffer.end()
    }

    private func count(_ kind: Event.Kind, _ key: RowKey, _ position: Int) {
        if run?.key != key { flush() }
        var run = run ?? SubmissionRun(key: key)
        run.last = position
        switch kind {
        case .moved: run.stage = .to(prints.of { $0.add(forms[.to]) })
        case .declaredLost: run.stage = .to(lostStage)
        case .validated: run.validated += 1
        case .sealed: run.sealed += 1
        case .published: run.published += 1
        case .reported: run.marks |= SubmissionMarks.reported
        case .rejected where forms[.row] != nil: run.rejected += 1
        case .rejected:
            run.marks |= SubmissionMarks.refused
            run.stage = run.stage.thenRefused(temporaryStage, rejectedStage)
        case .received, .claimed, .moving, .generated, .publishing, .configured, .recovered, .incident, .started, .stopped,
            .referenceReceived, .referenceActivated, .referenceSuperseded, .referenceRetired, .keyUsed, .corrected, .held, .released,
            .withdrawn, .findingWaived, .collected, .acknowledged,
            .anchored, .ledgerRestored, .carried, .carriedDelivery, .backedUp, .volumeClosed, .volumeOpened:
            break
        }
        self.run = run
    }

    private func flush() {
        guard let run else { return }
        buffer.begin(.changed, at: run.last, run.key)
        buffer.add(run.stage.word)
        for word in [run.validated, run.rejected, run.sealed, run.published, run.marks] { buffer.add(word) }
        buffer.add(temporaryStage)
        buffer.add(rejectedStage)
        buffer.end()
        self.run = nil
    }
}

/// What some events together do to a submission's stage.
enum StageChange {
    case none
    /// From the temporary stage to `rejected`, if it is there.
    case refused
    case to(UInt64)

    static let noneWord = Fingerprint.none
    static let refusedWord = Fingerprint.wrong

    var word: UInt64 {
        switch self {
        case .none: Self.noneWord
        case .refused: Self.refusedWord
        case .to(let stage): stage
        }
    }

    func thenRefused(_ temporary: UInt64, _ rejected: UInt64) -> StageChange {
        switch self {
        case .none, .refused: .refused
        case .to(temporary): .to(rejected)
        case .to: self
        }
    }
}

enum SubmissionMarks {
    static let refused: UInt64 = 1
    static let reported: UInt64 = 2
}
