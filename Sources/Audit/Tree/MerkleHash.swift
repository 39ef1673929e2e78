import Hashing

/// The leaf and node hashes of RFC 6962, section 2.1: the first byte tells them apart, so that no node passes for a leaf.
extension SHA256 {
    mutating func leaf(_ record: UnsafeRawBufferPointer) -> Digest {
        update(0)
        update(record)
        return finish()
    }

    mutating func node(_ left: Digest, _ right: Digest) -> Digest {
        update(1)
        update(left)
        update(right)
        return finish()
    }
}
