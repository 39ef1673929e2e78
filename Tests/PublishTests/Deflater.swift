import CZlib

/// zlib's deflating, without a frame around it (RFC 1951), of one file after the other: the only owner of its `z_stream`.
struct Deflater: ~Copyable {
    /// zlib remembers where its stream lies, so it has a place of its own.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Deflate's effort. Level 1 makes a bundle a twentieth larger than level 6 in little
    /// more than half of the time, and time is what counts.
    static let level: Int32 = 1

    /// Nil when memory is short.
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(stream, Self.level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// - Parameter bytes: at most 32 MiB.
    /// - Returns: nil when zlib fails, which only a lack of memory explains.
    mutating func deflate(_ bytes: [UInt8]) -> [UInt8]? {
        guard deflateReset(stream) == Z_OK, let count = UInt32(exactly: bytes.count) else { return nil }
        let capacity = Int(deflateBound(stream, uLong(bytes.count)))
        var isWhole = false
        let deflated = bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: capacity) { output, used in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)  // zlib only reads it
                stream.pointee.avail_in = count
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(clamping: capacity)
                isWhole = CZlib.deflate(stream, Z_FINISH) == Z_STREAM_END
                used = Int(stream.pointee.total_out)
            }
        }
        return isWhole ? deflated : nil
    }
}
