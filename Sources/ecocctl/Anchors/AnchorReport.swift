import Audit
import Configuration
import Linux
import Pipeline

/// What the ledger's anchors are worth, and up to which entry they reach.
struct AnchorReport: Encodable {
    var count = 0
    /// Made by a trusted authority over a head of this ledger.
    var good = 0
    /// Nothing here says whom to trust.
    var unknown = 0
    /// By somebody, or in a way, that isn't trusted.
    var untrusted = 0
    /// Of other heads or changed: somebody tampered with them.
    var broken: [Flaw] = []
    /// Of the good ones, the one whose head covers the most entries.
    var newest: Newest?
    /// The time of the first entry that no good anchor covers.
    var unanchoredSince: String?
    /// Whether anchors are to be expected: an authority is configured, or they were asked for.
    var required: Bool
    /// Whether the anchors are as they are expected to be.
    var anchored = true

    struct Flaw: Encodable {
        var volume: String
        var position: Int
        var message: String
    }

    struct Newest: Encodable {
        var size: Int
        var time: String
        var authority: String
    }

    private static let pageSize = 100

    /// - Parameter settings: nil where there is no configuration.
    init(_ history: LedgerHistory, _ options: AnchorOptions, _ settings: Configuration.Anchoring?) throws {
        required = options.requireAnchor || settings?.isConfigured ?? false
        let judge = try options.judge(settings)
        // The newest volume names the closed ones by their root hashes: an anchor of it covers them, too.
        for volume in history.volumes {
            newest = nil
            try add(volume, judge)
        }
        let reader = history.newest.reader
        unanchoredSince = try reader.firstEntryToAnchor(from: newest?.size ?? 0)?.record?.time
        let oldest = Timestamp.now().milliseconds - (settings?.maximumAgeHours ?? 24) * 3_600_000
        let isOverdue = unanchoredSince.map { $0 < Timestamp(milliseconds: oldest).text } ?? false
        if required { anchored = !isOverdue && (good > 0 || !options.requireAnchor) }
    }

    private mutating func add(_ volume: LedgerHistory.Volume, _ judge: AnchorJudge) throws(LedgerError) {
        var last = -1
        while case let page = try volume.reader.anchors(after: last, limit: Self.pageSize), let end = page.last {
            for anchor in page { add(anchor, of: volume.origin, judge) }
            last = end.position
        }
    }

    private mutating func add(_ anchor: StoredAnchor, of volume: String, _ judge: AnchorJudge) {
        count += 1
        // A head that isn't kept was told by the verification of the ledger.
        guard let kind = Anchor.Kind(rawValue: anchor.kind), let note = anchor.note else {
            unknown += 1
            return
        }
        switch judge.judge(kind, note: note, evidence: anchor.evidence, isFresh: false) {
        case .unknown: unknown += 1
        case .untrusted: untrusted += 1
        case .broken(let reason): broken.append(Flaw(volume: volume, position: anchor.position, message: reason))
        case .good(let authority, let time):
            good += 1
            if anchor.size >= newest?.size ?? 0 { newest = Newest(size: anchor.size, time: time.textToTheSecond, authority: authority) }
        }
    }

    func show() {
        for flaw in broken { Console.line("TAMPERED  anchor: entry \(flaw.position) of \(flaw.volume): \(Console.visible(flaw.message))") }
        if let newest {
            Console.line(
                Console.visible(
                    "anchored: \(newest.size) entries at \(newest.time) by \(newest.authority); \(good) of \(count) anchors hold"))
        }
        if unknown > 0 {
            Console.line(
                "\(unknown) of \(count) anchors weren't checked: nothing here says whom to trust (--timestamp-trusted, --witness-key)")
        }
        if untrusted > 0 { Console.line("\(untrusted) of \(count) anchors are by nobody who is trusted here") }
        if !anchored {
            Console.line(
                "UNANCHORED  \(unanchoredSince.map { "no anchor that holds covers the entries since \($0)" } ?? "no anchor holds")")
        }
    }
}
