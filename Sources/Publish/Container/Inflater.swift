import CZlib

/// zlib's inflating of a raw deflate stream (RFC 1951), block by block: the only owner of its `z_stream`.
///
/// A stream may say the same bytes in many ways. What says nothing at all isn't let through: blocks without content before the last one,
/// bits between blocks that nobody reads, and bytes behind the last block.
struct Inflater: ~Copyable {
    /// zlib remembers where its stream lies, so it has a place of its own.
    private let stream: UnsafeMutablePointer<z_stream>

    /// What is wrong, as the end of a sentence that begins with the file's name.
    struct Fault: Error {
        let reason: String
    }

    /// Nil when memory is short.
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// - Parameter size: of the inflated bytes; another one is a fault. At most 32 MiB.
    mutating func inflate(_ deflated: ArraySlice<UInt8>, size: Int) throws(Fault) -> [UInt8] {
        guard inflateReset(stream) == Z_OK, let count = UInt32(exactly: deflated.count), let room = UInt32(exactly: size + 1) else {
            throw Fault(reason: "couldn't be inflated")
        }
        var fault: Fault?
        // One byte more than promised, so that data which goes on is seen.
        let bytes = deflated.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: size + 1) { output, used in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)  // zlib only reads it
                stream.pointee.avail_in = count
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = room
                do throws(Fault) { try readBlocks(input) } catch { fault = error }
                used = Int(stream.pointee.total_out)
            }
        }
        if let fault { throw fault }
        guard bytes.count == size else { throw Fault(reason: "has another size than the directory says") }
        return bytes
    }

    private mutating func readBlocks(_ input: UnsafeBufferPointer<UInt8>) throws(Fault) {
        var unreadBits = 0  // of the last byte that zlib took
        while true {
            let header = BlockHeader(input, at: Int(stream.pointee.total_in) * 8 - unreadBits)
            guard header.paddingIsZero else { throw Fault(reason: "has bits between its deflated blocks that belong to none") }
            let before = stream.pointee.total_out
            // To the end of this block. Behind the last one, another call says that it was the last.
            var result = CZlib.inflate(stream, Z_BLOCK)
            guard result == Z_OK || result == Z_STREAM_END, result == Z_STREAM_END || stream.pointee.data_type & 128 != 0 else {
                throw Fault(reason: stream.pointee.avail_out == 0 ? "inflates to more than the directory says" : "can't be inflated")
            }
            unreadBits = Int(stream.pointee.data_type & 7)
            guard header.isLast else {
                guard stream.pointee.total_out > before else { throw Fault(reason: "has a deflated block without content") }
                continue
            }
            if result == Z_OK { result = CZlib.inflate(stream, Z_BLOCK) }
            guard result == Z_STREAM_END, stream.pointee.avail_in == 0 else {
                throw Fault(reason: "has bytes behind its last deflated block")
            }
            guard let last = input.last, unreadBits == 0 || Int(last) >> (8 - unreadBits) == 0 else {
                throw Fault(reason: "has bits behind its last deflated block")
            }
            return
        }
    }

    /// The first three bits of a block; of a stored one the bits up to the next byte, too, where its length stands.
    private struct BlockHeader {
        let isLast: Bool
        let paddingIsZero: Bool

        init(_ input: UnsafeBufferPointer<UInt8>, at position: Int) {
            func bit(_ offset: Int) -> Bool {
                let place = position + offset
                return place / 8 < input.count && input[place / 8] >> UInt8(place % 8) & 1 == 1
            }
            isLast = bit(0)
            let isStored = !bit(1) && !bit(2)
            let padding = (8 - (position + 3) % 8) % 8
            paddingIsZero = !isStored || !(0..<padding).contains { bit(3 + $0) }
        }
    }
}
