/// Builds the rows of one part of the projections a second time, out of the effects of the entries, and compares the stored rows with them
/// at the sizes at which these were read. Used by one thread.
final class ProjectionReplay {
    /// Sizes of the ledger when each scan began: rows of later entries may have been passed by.
    struct ReadFrom: Sendable {
        private var sizes = [Int](repeating: 0, count: ProjectionScan.allCases.count)

        subscript(scan: ProjectionScan) -> Int {
            get { sizes[scan.rawValue] }
            set { sizes[scan.rawValue] = newValue }
        }
    }

    private var certificates = RowTable<CertificateRow>()
    private var submissions = RowTable<SubmissionRow>()
    private var rejections = RowTable<RejectionRow>()
    private var deliveries = RowTable<DeliveryRow>()
    private var acknowledgements = RowTable<NotedRow>()
    private var landmarks = RowTable<NotedRow>()
    private(set) var findings = ReplayFindings()
    /// Keys of stored rows that the entries don't ask for.
    private var unfounded: Set<RowKey> = []
    private let refusals: [UInt64: [Refusal.Place]]
    private let states: CertificateRow.States

    /// - Parameter refusals: by submission, where it was rejected as a whole or declared lost, in order.
    init(refusals: [UInt64: [Refusal.Place]], _ states: CertificateRow.States) {
        self.refusals = refusals
        self.states = states
    }

    /// - Parameters:
    ///   - entries: the effects of entries, in their order.
    ///   - rows: what stored rows say, in the order of the sizes at which they were read.
    func run(entries: EffectStore.Reading, rows: EffectStore.Reading, _ readFrom: ReadFrom) throws(LedgerError) {
        var row = try rows.next()
        while let words = try entries.next() {
            let head = EffectHead(word: words[0])
            while let stored = row, EffectHead(word: stored[0]).position <= head.position {
                compare(stored)
                row = try rows.next()
            }
            apply(words, head)
        }
        while let stored = row {
            compare(stored)
            row = try rows.next()
        }
        tellMissing(readFrom)
    }

    // MARK: Entries

    private func apply(_ words: UnsafePointer<UInt64>, _ head: EffectHead) {
        let key = RowKey(first: words[1], second: words[2])
        let values = words + 3
        switch head.effect {
        case .validated: validate(key, values, head.position)
        case .advanced: advance(key, values, head.position)
        case .received: receive(key, values, head.position)
        case .changed:
            if let index = submissions.index(key) { submissions.rows[index].change(values, head.position) }
        case .claimed:
            if let index = submissions.index(key) { submissions.rows[index].receipt = nil }
        case .lost: lose(key, values, head.position)
        case .moving:
            let index = submissions.index(orNew: key, SubmissionRow())
            submissions.rows[index].move = OpenRow(values: values[0], position: head.position)
        case .moved: finishMove(key, values, head.position)
        case .rejected:
            _ = rejections.index(orNew: key, RejectionRow(vin: values[0], submission: values[1], position: head.position))
        case .delivered: deliver(key, values, head.position)
        case .collected: collect(key, values, head.position)
        case .acknowledged: acknowledge(key, values, head.position)
        case .landmark: _ = landmarks.index(orNew: key, NotedRow(position: head.position))
        case .certificateRow, .submissionRow, .receiptRow, .moveRow, .rejectionRow, .deliveryRow, .acknowledgementRow, .landmarkRow,
            .indexRow, nil:
            break
        }
    }

    private func validate(_ key: RowKey, _ values: UnsafePointer<UInt64>, _ position: Int) {
        guard let index = certificate(key, before: position) else {
            _ = certificates.index(orNew: key, CertificateRow(values, position))
            return
        }
        guard certificates.rows[index].state == states.rejected else {
            return findings.add(.order(position, "this version of the certificate was validated before"))
        }
        certificates.rows[index].validateAgain(values, position)
    }

    private func advance(_ key: RowKey, _ values: UnsafePointer<UInt64>, _ position: Int) {
        guard let index = certificate(key, before: position), certificates.rows[index].submission == values[0] else {
            return findings.add(.order(position, "the certificate was never validated"))
        }
        certificates.rows[index].advance(values, position)
    }

    /// The place of its row, as it is before the entry at the position.
    private func certificate(_ key: RowKey, before position: Int) -> Int? {
        guard let index = certificates.index(key) else { return nil }
        if !refusals.isEmpty, let places = refusals[certificates.rows[index].submission] {
            certificates.rows[index].settle(places, before: position, states)
        }
        return index
    }

    private func receive(_ key: RowKey, _ values: UnsafePointer<UInt64>, _ position: Int) {
        let index = submissions.index(orNew: key, SubmissionRow())
        submissions.rows[index].receipt = OpenRow(values: values[3], position: position)
        if submissions.rows[index].isReceived { return findings.add(.order(position, "the submission was received before")) }
        submissions.rows[index].receive(values, position)
    }

    private func lose(_ key: RowKey, _ values: UnsafePointer<UInt64>, _ position: Int) {
        guard let index = submissions.index(key), submissions.rows[index].isInWork(ends: values) else {
            return findings.add(.order(position, "the submission wasn't in work when it was declared lost"))
        }
        submissions.rows[index].receipt = nil
        submissions.rows[index].move = nil
    }

    private func finishMove(_ key: RowKey, _ values: UnsafePointer<UInt64>, _ position: Int) {
        guard let index = submissions.index(key), submissions.rows[index].move?.values == values[0] else {
            return findings.add(.order(position, "the move was never begun"))
        }
        submissions.rows[index].move = nil
    }

    /// A publication that a crash had recorded again changes nothing.
    private func deliver(_ key: RowKey, _ values: UnsafePointer<UInt64>, _ position: Int) {
        guard let index = certificates.index(RowKey(first: key.first, second: values[1])), certificates.rows[index].submission == values[2]
        else { return }
        _ = deliveries.index(orNew: key, DeliveryRow(bundle: values[0], published: position))
    }

    private func collect(_ key: RowKey, _ values: UnsafePointer<UInt64>, _ position: Int) {
        guard let index = deliveries.index(key), deliveries.rows[index].bundle == values[0], deliveries.rows[index].collected == nil else {
            return findings.add(.order(position, "the bundle wasn't published to this destination, or was collected before"))
        }
        deliveries.rows[index].collected = position
    }

    private func acknowledge(_ key: RowKey, _ values: UnsafePointer<UInt64>, _ position: Int) {
        guard let index = deliveries.index(RowKey(first: key.first, second: values[0])), deliveries.rows[index].bundle == values[1],
            acknowledgements.index(key) == nil
        else {
            return findings.add(.order(position, "the bundle wasn't published to this destination, or this answer was recorded before"))
        }
        _ = acknowledgements.index(orNew: key, NotedRow(position: position))
    }

    // MARK: Stored rows

    private func compare(_ words: UnsafePointer<UInt64>) {
        let head = EffectHead(word: words[0])
        let key = RowKey(first: words[1], second: words[2])
        let values = words + 3
        switch head.effect {
        case .certificateRow: compareCertificate(key, values, head.position)
        case .submissionRow: compareSubmission(key, values)
        case .receiptRow: compareOpen(.receipt, submissions.index(key), \.receipt, values)
        case .moveRow: compareOpen(.openMove, submissions.index(key), \.move, values)
        case .rejectionRow: compareRejection(key, values)
        case .deliveryRow: compareDelivery(key, values)
        case .acknowledgementRow: compareNoted(.acknowledgement, &acknowledgements, key, values, DeliveryRow.name(values + 1))
        case .landmarkRow: compareNoted(.landmark, &landmarks, key, values, "of entry \(Int(bitPattern: UInt(values[0])))")
        case .indexRow: compareIndex(key, values, head.position)
        default: break
        }
    }

    private func compareCertificate(_ key: RowKey, _ values: UnsafePointer<UInt64>, _ size: Int) {
        let name = { CertificateRow.name(values) }
        let last = CertificateRow.last(values)
        guard let index = certificate(key, before: size) else { return tellUnfounded(.certificate, key, last, name()) }
        if !certificates.rows[index].equals(values) {
            findings.add(.stored(.certificate, .different, last, name()))
            certificates.rows[index].seen.isTold = true
        }
        if certificates.rows[index].seen.note(.certificate) { findings.add(.stored(.certificate, .doubled, last, name())) }
    }

    private func compareSubmission(_ key: RowKey, _ values: UnsafePointer<UInt64>) {
        let name = { SubmissionRow.name(values) }
        let last = SubmissionRow.last(values)
        guard let index = submissions.index(key), submissions.rows[index].isReceived else {
            return tellUnfounded(.submission, key, last, name())
        }
        if !submissions.rows[index].equals(values) {
            findings.add(.stored(.submission, .different, last, name()))
            submissions.rows[index].seen.isTold = true
        }
        if submissions.rows[index].seen.note(.submission) { findings.add(.stored(.submission, .doubled, last, name())) }
    }

    private func compareOpen(
        _ table: ProjectionTable, _ index: Int?, _ open: WritableKeyPath<SubmissionRow, OpenRow?>, _ values: UnsafePointer<UInt64>
    ) {
        let stored = OpenRow(values: values[0], position: Int(bitPattern: UInt(values[1])))
        let name = { EffectName.read(values + 2) }
        guard let index, let expected = submissions.rows[index][keyPath: open] else {
            return findings.add(.stored(table, .unfounded, stored.position, name()))
        }
        if stored.values != expected.values || stored.position != expected.position {
            findings.add(.stored(table, .different, stored.position, name()))
        }
        submissions.rows[index][keyPath: open]?.isSeen = true
    }

    private func compareRejection(_ key: RowKey, _ values: UnsafePointer<UInt64>) {
        let position = Int(bitPattern: UInt(values[2]))
        guard let index = rejections.index(key) else { return tellUnfounded(.rejection, key, position, "\(position)") }
        if rejections.rows[index].vin != values[0] || rejections.rows[index].submission != values[1] {
            findings.add(.stored(.rejection, .different, position, "\(position)"))
            rejections.rows[index].seen.isTold = true
        }
        if rejections.rows[index].seen.note(.rejection) { findings.add(.stored(.rejection, .doubled, position, "\(position)")) }
    }

    private func compareDelivery(_ key: RowKey, _ values: UnsafePointer<UInt64>) {
        let name = { DeliveryRow.name(values + 4) }
        let last = DeliveryRow.last(values)
        guard let index = deliveries.index(key) else { return tellUnfounded(.delivery, key, last, name()) }
        if !deliveries.rows[index].equals(values) {
            findings.add(.stored(.delivery, .different, last, name()))
            deliveries.rows[index].seen.isTold = true
        }
        if deliveries.rows[index].seen.note(.delivery) { findings.add(.stored(.delivery, .doubled, last, name())) }
    }

    private func compareNoted(
        _ scan: ProjectionScan, _ table: inout RowTable<NotedRow>, _ key: RowKey, _ values: UnsafePointer<UInt64>,
        _ name: @autoclosure () -> String
    ) {
        let position = Int(bitPattern: UInt(values[0]))
        guard let index = table.index(key) else { return findings.add(.stored(scan.table, .unfounded, position, name())) }
        if table.rows[index].position != position { findings.add(.stored(scan.table, .different, position, name())) }
        if table.rows[index].seen.note(scan) { findings.add(.stored(scan.table, .doubled, position, name())) }
    }

    private func compareIndex(_ key: RowKey, _ values: UnsafePointer<UInt64>, _ size: Int) {
        guard let scan = ProjectionScan(rawValue: Int(values[0])) else { return }
        switch scan.table {
        case .certificate:
            guard let index = certificate(key, before: size) else { return tellUnfounded(scan, key) }
            let row = certificates.rows[index]
            if !row.isIndexed(scan, values), !row.seen.isTold { findings.add(.index(scan, row.last)) }
            _ = certificates.rows[index].seen.note(scan)
        case .submission:
            guard let index = submissions.index(key), submissions.rows[index].isReceived else { return tellUnfounded(scan, key) }
            let row = submissions.rows[index]
            if !row.isIndexed(scan, values), !row.seen.isTold { findings.add(.index(scan, row.last)) }
            _ = submissions.rows[index].seen.note(scan)
        case .delivery:
            guard let index = deliveries.index(key) else { return tellUnfounded(scan, key) }
            let row = deliveries.rows[index]
            if row.published != Int(bitPattern: UInt(values[2])) || row.collected != nil, !row.seen.isTold {
                findings.add(.index(scan, row.last))
            }
            _ = deliveries.rows[index].seen.note(scan)
        case .rejection, .receipt, .openMove, .acknowledgement, .landmark:
            guard let index = rejections.index(key) else { return tellUnfounded(scan, key) }
            let row = rejections.rows[index]
            if row.vin != values[1], !row.seen.isTold { findings.add(.index(scan, row.position)) }
            _ = rejections.rows[index].seen.note(scan)
        }
    }

    /// A row that the entries don't ask for, told once: its indexes may have it as well.
    private func tellUnfounded(_ table: ProjectionTable, _ key: RowKey, _ position: Int, _ name: String) {
        findings.add(.stored(table, .unfounded, position, name))
        if unfounded.count < LedgerVerification.largestProblemCount { unfounded.insert(key) }
    }

    private func tellUnfounded(_ scan: ProjectionScan, _ key: RowKey) {
        if !unfounded.contains(key) { findings.add(.index(scan, nil)) }
    }

    /// Rows that the entries ask for and that nobody read. What happened since a scan began may have moved a row behind the scan's back.
    private func tellMissing(_ readFrom: ReadFrom) {
        for row in certificates.rows {
            tellMissing(row.seen, .certificate, first: row.first, last: row.last, readFrom)
        }
        for row in submissions.rows {
            if row.isReceived { tellMissing(row.seen, .submission, first: row.first, last: row.last, readFrom) }
            if let receipt = row.receipt, !receipt.isSeen { findings.add(.missing(.receipt, position: receipt.position)) }
            if let move = row.move, !move.isSeen { findings.add(.missing(.openMove, position: move.position)) }
        }
        for row in rejections.rows {
            tellMissing(row.seen, .rejection, first: row.position, last: row.position, readFrom)
        }
        for row in deliveries.rows {
            var seen = row.seen
            // The index has only what waits.
            if row.collected != nil { _ = seen.note(.deliveryWaiting) }
            tellMissing(seen, .delivery, first: row.published, last: row.last, readFrom)
        }
        for (table, rows) in [(ProjectionTable.acknowledgement, acknowledgements.rows), (.landmark, landmarks.rows)] {
            for row in rows { tellMissing(row.seen, table, first: row.position, last: row.position, readFrom) }
        }
    }

    private func tellMissing(_ seen: SeenScans, _ table: ProjectionTable, first: Int, last: Int, _ readFrom: ReadFrom) {
        for scan in ProjectionScan.allCases where scan.table == table && !seen[scan] {
            if scan.index != nil {
                if last < readFrom[scan], !seen.isTold { findings.add(.index(scan, last)) }
            } else if first < readFrom[scan] {
                return findings.add(.missing(table, position: last))
            }
        }
    }
}

/// Rows by their keys.
private struct RowTable<Row> {
    var rows: [Row] = []
    private var places: [RowKey: Int] = [:]

    func index(_ key: RowKey) -> Int? { places[key] }

    mutating func index(orNew key: RowKey, _ row: @autoclosure () -> Row) -> Int {
        if let index = places[key] { return index }
        places[key] = rows.count
        rows.append(row())
        return rows.count - 1
    }
}
