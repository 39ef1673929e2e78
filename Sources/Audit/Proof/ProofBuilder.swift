import Hashing

/// Where a builder of proofs gets the roots of complete subtrees from.
protocol SubtreeSource {
    /// The root over the 2^height leaves from `position` * 2^height on, all of which are there.
    mutating func root(height: Int, position: Int, _ hash: inout SHA256) throws(LedgerError) -> Digest
}

/// Makes roots and proofs by the recursive definitions of RFC 6962, section 2.1. Ranges are those of leaves, and begin where a complete
/// subtree at least as long begins. Used by one thread.
final class ProofBuilder<Subtrees: SubtreeSource> {
    private var subtrees: Subtrees
    private var hash = SHA256()

    init(_ subtrees: Subtrees) { self.subtrees = subtrees }

    /// The Merkle tree hash of these leaves; of none the digest of nothing.
    func root(of leaves: Range<Int>) throws(LedgerError) -> Digest {
        guard !leaves.isEmpty else { return hash.finish() }
        if leaves.count & (leaves.count - 1) == 0 {
            return try subtrees.root(height: leaves.count.trailingZeroBitCount, position: leaves.lowerBound / leaves.count, &hash)
        }
        let (first, second) = halves(leaves)
        let left = try root(of: first)
        let right = try root(of: second)
        return hash.node(left, right)
    }

    /// The siblings on the way from the leaf at `index` to the root of `leaves`, the leaf's own first (section 2.1.1).
    func inclusionPath(of index: Int, in leaves: Range<Int>) throws(LedgerError) -> [Digest] {
        guard leaves.count > 1 else { return [] }
        let (first, second) = halves(leaves)
        return first.contains(index)
            ? try inclusionPath(of: index, in: first) + [try root(of: second)]
            : try inclusionPath(of: index, in: second) + [try root(of: first)]
    }

    /// The ranges of leaves that the hashes of `inclusionPath` stand for, in the same order.
    func inclusionRanges(of index: Int, in leaves: Range<Int>) -> [Range<Int>] {
        guard leaves.count > 1 else { return [] }
        let (first, second) = halves(leaves)
        return first.contains(index)
            ? inclusionRanges(of: index, in: first) + [second] : inclusionRanges(of: index, in: second) + [first]
    }

    /// What shows that the tree over `leaves` contains the subtree over `part`; for a `part` that begins where `leaves` begins this is the
    /// consistency proof of section 2.1.2.
    ///
    /// - Parameter isKnown: whether the verifier has the root of `part`.
    func consistencyPath(of part: Range<Int>, in leaves: Range<Int>, isKnown: Bool = true) throws(LedgerError) -> [Digest] {
        if part == leaves { return isKnown ? [] : [try root(of: leaves)] }
        let (first, second) = halves(leaves)
        if part.upperBound <= first.upperBound {
            return try consistencyPath(of: part, in: first, isKnown: isKnown) + [try root(of: second)]
        }
        if part.lowerBound >= second.lowerBound {
            return try consistencyPath(of: part, in: second, isKnown: isKnown) + [try root(of: first)]
        }
        return try consistencyPath(of: second.lowerBound..<part.upperBound, in: second, isKnown: false) + [try root(of: first)]
    }

    /// Split at the largest power of two below the count.
    private func halves(_ leaves: Range<Int>) -> (Range<Int>, Range<Int>) {
        let middle = leaves.lowerBound + 1 << (Int.bitWidth - 1 - (leaves.count - 1).leadingZeroBitCount)
        return (leaves.lowerBound..<middle, middle..<leaves.upperBound)
    }
}
