/// Reads the stored projections, a page in each short transaction, while the daemon goes on: every row is to be what the entries make it at
/// the size that the ledger has in that transaction. Used by one thread.
final class StoredProjections {
    private let connection: Connection
    private let prints: Fingerprints
    private let store: EffectStore
    private let buffer = EffectBuffer()
    private let newest: Statement
    /// Sizes of the ledger at which rows were read, in ascending order: no effect may reach over one of them.
    private(set) var sizes: [Int] = []
    /// The size at which each scan began.
    private(set) var readFrom = ProjectionReplay.ReadFrom()

    init(_ connection: Connection, _ prints: Fingerprints, _ store: EffectStore) throws(LedgerError) {
        self.connection = connection
        self.prints = prints
        self.store = store
        newest = try connection.prepare("SELECT coalesce(max(position) + 1, 0) FROM entry")
    }

    /// The tables whose rows stay once they are there, and the indexes.
    func readKept() throws(LedgerError) {
        for scan in ProjectionScan.allCases {
            let pages = try ProjectionPages(scan, connection)
            var began: Int?
            var hasMore = true
            while hasMore {
                buffer.removeAll()
                let size = try connection.reading { () throws(LedgerError) in
                    let size = try currentSize()
                    hasMore = try pages.read { add($0, scan, size) }
                    return size
                }
                if sizes.last != size { sizes.append(size) }
                if began == nil { began = size }
                try store.append(buffer)
            }
            readFrom[scan] = began ?? 0
        }
    }

    /// The tables whose rows go when something is done, within a transaction of the caller's: they hold what is open, which is little.
    func readOpen() throws(LedgerError) {
        let size = try currentSize()
        buffer.removeAll()
        let receipts = try connection.prepare("SELECT submission, source, name, size, sha256, device, inode, position FROM receipt")
        while try receipts.step() { receipt(receipts, size) }
        let moves = try connection.prepare("SELECT submission, \"from\", \"to\", digest, position FROM open_move")
        while try moves.step() { move(moves, size) }
        try store.append(buffer)
    }

    private func currentSize() throws(LedgerError) -> Int {
        defer { newest.reset() }
        return try newest.step() ? newest.number(0) : 0
    }

    private func add(_ row: Statement, _ scan: ProjectionScan, _ size: Int) {
        switch scan {
        case .certificate: certificate(row, size)
        case .submission: submission(row, size)
        case .rejection: rejection(row, size)
        case .delivery: delivery(row, size)
        case .acknowledgement: acknowledgement(row, size)
        case .landmark: landmark(row, size)
        case .certificateSubmission:
            index(scan, size, certificateKey(row, 2)) {
                $0.add(row, 0)
                $0.add(row.number(1))
            }
        case .certificateReference: index(scan, size, certificateKey(row, 1)) { $0.add(row, 0) }
        case .submissionContent:
            index(scan, size, prints.key { $0.add(row, 3) }, first: row.number(2)) {
                $0.add(row, 0)
                $0.add(row, 1)
            }
        case .submissionStage: index(scan, size, prints.key { $0.add(row, 2) }, first: row.number(1)) { $0.add(row, 0) }
        case .rejectionVIN: index(scan, size, prints.key { $0.add(row.number(1)) }) { $0.add(row, 0) }
        case .deliveryWaiting:
            index(scan, size, prints.key(within: certificateKey(row, 2)) { $0.add(row, 0) }, first: row.number(1)) { _ in }
        }
    }

    private func index(_ scan: ProjectionScan, _ size: Int, _ key: RowKey, first: Int = 0, _ values: (inout Fingerprint) -> Void) {
        buffer.begin(.indexRow, at: size, key)
        buffer.add(scan.rawValue)
        buffer.add(prints.of(values))
        buffer.add(first)
        buffer.end()
    }

    private func certificateKey(_ row: Statement, _ column: Int32) -> RowKey {
        prints.key {
            $0.add(row, column)
            $0.add(row.number(column + 1))
            $0.add(row.number(column + 2))
        }
    }

    // MARK: Rows

    private func certificate(_ row: Statement, _ size: Int) {
        buffer.begin(.certificateRow, at: size, certificateKey(row, 0))
        buffer.add(prints.of(row, 3))
        buffer.add(
            prints.of {
                $0.add(row, 3)
                $0.add(row.number(4))
            })
        buffer.add(prints.of { $0.add(row, 7) })
        buffer.add(
            prints.of {
                $0.add(row, 6)
                $0.add(row, 8)
            })
        for column: Int32 in [5, 9, 11, 10] { buffer.add(prints.of(row, column)) }
        for column: Int32 in [12, 13, 1, 2] { buffer.add(row.number(column)) }
        row.withText(0) { buffer.add(name: $0) }
        buffer.end()
    }

    private func submission(_ row: Statement, _ size: Int) {
        buffer.begin(.submissionRow, at: size, prints.key { $0.add(row, 0) })
        buffer.add(
            prints.of {
                $0.add(row, 1)
                $0.add(row, 2)
                $0.add(row.number(3))
                $0.add(row, 4)
            })
        buffer.add(
            prints.of {
                $0.add(row, 1)
                $0.add(row, 4)
            })
        buffer.add(prints.of { $0.add(row, 5) })
        for column: Int32 in 6...9 { buffer.add(row.number(column)) }
        let (refused, reported) = (UInt64(bitPattern: Int64(row.number(10))), UInt64(bitPattern: Int64(row.number(11))))
        buffer.add(refused > 1 || reported > 1 ? .max : refused * SubmissionMarks.refused | reported * SubmissionMarks.reported)
        for column: Int32 in 12...13 { buffer.add(row.number(column)) }
        row.withText(0) { buffer.add(name: $0) }
        buffer.end()
    }

    private func rejection(_ row: Statement, _ size: Int) {
        buffer.begin(.rejectionRow, at: size, prints.key { $0.add(row.number(0)) })
        buffer.add(prints.of { $0.add(row, 1) })
        buffer.add(prints.of { $0.add(row, 2) })
        buffer.add(row.number(0))
        buffer.end()
    }

    private func delivery(_ row: Statement, _ size: Int) {
        buffer.begin(.deliveryRow, at: size, prints.key(within: certificateKey(row, 0)) { $0.add(row, 3) })
        buffer.add(prints.of { $0.add(row, 4) })
        buffer.add(row.number(5))
        buffer.add(row.kind(6) == .null ? 0 : 1)
        buffer.add(row.number(6))
        nameCertificate(row)
        buffer.end()
    }

    private func acknowledgement(_ row: Statement, _ size: Int) {
        let delivery = prints.key(within: certificateKey(row, 0)) { $0.add(row, 3) }
        let key = prints.key(within: delivery) {
            $0.add(row, 4)
            $0.add(row, 5)
        }
        buffer.begin(.acknowledgementRow, at: size, key)
        buffer.add(row.number(6))
        nameCertificate(row)
        buffer.end()
    }

    /// Stage, version, VIN and destination.
    private func nameCertificate(_ row: Statement) {
        for column: Int32 in 1...2 { buffer.add(row.number(column)) }
        for column: Int32 in [0, 3] { row.withText(column) { buffer.add(name: $0) } }
    }

    private func landmark(_ row: Statement, _ size: Int) {
        let key = prints.key {
            $0.add(row, 0)
            $0.add(row.number(1))
        }
        buffer.begin(.landmarkRow, at: size, key)
        buffer.add(row.number(1))
        buffer.end()
    }

    private func receipt(_ row: Statement, _ size: Int) {
        buffer.begin(.receiptRow, at: size, prints.key { $0.add(row, 0) })
        buffer.add(
            prints.of {
                $0.add(row, 1)
                $0.add(row, 2)
                $0.add(row.number(3))
                for column: Int32 in 4...6 { $0.add(row, column) }
            })
        buffer.add(row.number(7))
        row.withText(0) { buffer.add(name: $0) }
        buffer.end()
    }

    private func move(_ row: Statement, _ size: Int) {
        buffer.begin(.moveRow, at: size, prints.key { $0.add(row, 0) })
        buffer.add(prints.of { for column: Int32 in 1...3 { $0.add(row, column) } })
        buffer.add(row.number(4))
        row.withText(0) { buffer.add(name: $0) }
        buffer.end()
    }
}
