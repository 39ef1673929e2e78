import COpenSSL

/// OpenSSL's memory stream (a `BIO`): the only place that makes and frees one.
struct MemoryBuffer: ~Copyable {
    let pointer: OpaquePointer

    /// An empty buffer to write to, or nil when memory is short.
    init?() {
        guard let pointer = BIO_new(BIO_s_mem()) else { return nil }
        self.pointer = pointer
    }

    /// A buffer that holds a copy of `bytes`, or nil when memory is short.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= Int(Int32.max), let pointer = BIO_new(BIO_s_mem()) else { return nil }
        guard bytes.isEmpty || BIO_write(pointer, bytes, Int32(bytes.count)) == Int32(bytes.count) else {
            BIO_free_all(pointer)
            return nil
        }
        self.pointer = pointer
    }

    deinit { BIO_free_all(pointer) }

    /// Takes everything out.
    func read() -> [UInt8] {
        let count = BIO_ctrl_pending(pointer)
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, Int(BIO_read(pointer, buffer.baseAddress, Int32(clamping: count))))
        }
    }
}
