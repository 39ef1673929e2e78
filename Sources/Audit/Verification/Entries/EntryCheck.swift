import Hashing

/// Takes pages of entries in order and checks what binds them: dense positions, the tree with its stored tile roots, kept checkpoints.
/// Used by one thread at a time.
final class EntryCheck {
    /// A longer gap isn't filled: nothing after it could be placed in the tree.
    private static let largestGap = 65_536

    private let store: EffectStore
    private var tree = SubtreeStack()
    private var hash = SHA256()
    private var problems = ProblemList()
    /// Where the entries end that are missing since, and the tree before them.
    private var gap: (range: Range<Int>, before: SubtreeStack)?
    private(set) var isBroken = false
    /// The positions of the entries that speak of anchors, in order.
    private(set) var anchored: [Int] = []

    var size: Int { tree.size }

    init(_ store: EffectStore) { self.store = store }

    func root() -> Digest { tree.root(&hash) }

    /// What was found so far, once.
    func takeProblems() -> ProblemList {
        defer { problems = ProblemList() }
        return problems
    }

    /// The page that begins at `size`.
    func take(_ page: EntryPage) throws(LedgerError) {
        guard !isBroken else { return }
        if let gap, page.gaps.first?.lowerBound != gap.range.upperBound || page.count == 0 { close(gap) }
        problems.add(page.problems)
        anchored += page.anchored
        var gaps = page.gaps[...]
        var checkpoints = page.checkpoints[...]
        for index in 0..<page.count {
            if let next = gaps.first, next.lowerBound == page.first + index {
                open(next)
                gaps.removeFirst()
                if isBroken { return }
            }
            try append(page.leaf(index), page)
            while let next = checkpoints.first, next.size == tree.size {
                check(next)
                checkpoints.removeFirst()
            }
        }
        if let gap, gap.range.upperBound != tree.size { close(gap) }
        try store.append(page.effects)
    }

    /// After the last page.
    func finish() { if let gap { close(gap) } }

    // MARK: Gaps

    private func open(_ range: Range<Int>) {
        if let gap, gap.range.upperBound == range.lowerBound {
            self.gap = (gap.range.lowerBound..<range.upperBound, gap.before)
        } else {
            if let gap { close(gap) }
            gap = (range, tree)
        }
        if let gap, gap.range.count > Self.largestGap {
            close(gap)
            tree = gap.before
            isBroken = true
        }
    }

    private func close(_ gap: (range: Range<Int>, before: SubtreeStack)) {
        problems.add(.missing, at: gap.range.lowerBound, "\(gap.range.count) entries are missing here")
        self.gap = nil
    }

    // MARK: Tree

    private func append(_ leaf: Digest, _ page: EntryPage) throws(LedgerError) {
        var finished: [SubtreeStack.FinishedTile] = []
        tree.append(leaf, &hash) { finished.append($0) }
        for tile in finished { try check(tile, page) }
    }

    private func check(_ checkpoint: EntryPage.Checkpoint) {
        guard let root = checkpoint.root else { return problems.add(.head, "the checkpoint of size \(checkpoint.size) isn't one") }
        if root != tree.root(&hash) {
            problems.add(
                .head, at: tree.size - 1, "the first \(tree.size) entries no longer have the root of the checkpoint that left the machine")
        }
    }

    private func check(_ finished: SubtreeStack.FinishedTile, _ page: EntryPage) throws(LedgerError) {
        let stored = try page.storedTile(level: finished.level, position: finished.position)
        guard stored != .some(finished.root) else { return }
        let width = 1 << (8 * (finished.level + 1))
        let first = finished.position * width
        problems.add(
            .tileRoot, at: first,
            "the root over entries \(first) to \(first + width - 1) \(stored == nil ? "is missing" : "isn't the stored one: a record or the root was changed")"
        )
    }
}
