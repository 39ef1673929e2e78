public import Hashing

/// Checks of Merkle proofs as RFC 9162 describes them: pure functions that need no ledger. They share only the hash with what makes proofs.
public enum MerkleProof {
    /// Whether `path` leads from this leaf hash at `index` to the root of a tree of `size` leaves (RFC 9162, section 2.1.3.2).
    public static func isIncluded(leaf: Digest, at index: Int, inTreeOf size: Int, root: Digest, path: [Digest]) -> Bool {
        guard index >= 0, index < size else { return false }
        var hash = SHA256()
        var (node, last, computed) = (index, size - 1, leaf)
        for sibling in path {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                computed = hash.node(sibling, computed)
                while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                computed = hash.node(computed, sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && computed == root
    }

    /// Whether `path` shows that the tree of `newSize` leaves begins with the leaves of the tree of `oldSize` (RFC 9162, section 2.1.4.2).
    ///
    /// An old size of 0 is refused: every tree follows the empty one, so a proof would say nothing.
    public static func isConsistent(oldSize: Int, oldRoot: Digest, newSize: Int, newRoot: Digest, path: [Digest]) -> Bool {
        guard oldSize > 0, oldSize <= newSize else { return false }
        if oldSize == newSize { return path.isEmpty && oldRoot == newRoot }
        // A complete old tree is itself the first node, which the proof then leaves out.
        var nodes = oldSize & (oldSize - 1) == 0 ? [oldRoot] + path : path
        guard !nodes.isEmpty else { return false }
        let start = nodes.removeFirst()
        let skipped = (~(oldSize - 1)).trailingZeroBitCount
        var (node, last) = ((oldSize - 1) >> skipped, (newSize - 1) >> skipped)
        var (old, new) = (start, start)
        var hash = SHA256()
        for sibling in nodes {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                old = hash.node(sibling, old)
                new = hash.node(sibling, new)
                while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                new = hash.node(new, sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && old == oldRoot && new == newRoot
    }

    /// The leaf hash of a record (RFC 6962, section 2.1).
    public static func leafHash(of record: [UInt8]) -> Digest {
        var hash = SHA256()
        return record.withUnsafeBytes { hash.leaf($0) }
    }
}
