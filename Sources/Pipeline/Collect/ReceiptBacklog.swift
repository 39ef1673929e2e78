import Ingest

/// Receipts that a look found and that aren't dealt with yet: a folder with thousands of them takes many turns, and the destinations take turns, too.
struct ReceiptBacklog: Sendable {
    /// Of one destination.
    private struct Row: Sendable {
        let destination: String
        var ready: ArraySlice<ReadyFile>
        var refused: ArraySlice<RefusedEntry>
        var isEmpty: Bool { ready.isEmpty && refused.isEmpty }
    }

    private var rows: [Row] = []

    var isEmpty: Bool { rows.isEmpty }

    /// Takes over what a look found. Nothing may be left of the look before.
    /// - Parameter isUsable: whether receipts of this destination are to be dealt with now; the next look finds the others again.
    mutating func fill(_ found: ScanResult, where isUsable: (String) -> Bool) {
        let ready = Dictionary(grouping: found.ready, by: \.entry.source)
        let refused = Dictionary(grouping: found.refused, by: \.entry.source)
        rows = Set(ready.keys).union(refused.keys).filter(isUsable).sorted().map {
            Row(destination: $0, ready: (ready[$0] ?? [])[...], refused: (refused[$0] ?? [])[...])
        }
    }

    /// The next few of the destination whose turn it is.
    mutating func next(_ count: Int) -> (ready: [ReadyFile], refused: [RefusedEntry]) {
        guard !rows.isEmpty else { return ([], []) }
        var row = rows.removeFirst()
        let (ready, refused) = (Array(row.ready.prefix(count)), Array(row.refused.prefix(count)))
        row.ready = row.ready.dropFirst(count)
        row.refused = row.refused.dropFirst(count)
        if !row.isEmpty { rows.append(row) }
        return (ready, refused)
    }
}
