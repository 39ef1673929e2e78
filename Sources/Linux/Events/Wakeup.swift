import CLinux
import Glibc

/// A bell that any thread rings and one thread waits for, together with other descriptors (eventfd).
public final class Wakeup: Sendable {
    /// For polling: readable when the bell was rung since the last `clear`.
    public let descriptor: Descriptor

    public init() throws(SystemError) {
        let number = try retrying("make", "wake-up") { eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK)) }
        descriptor = Descriptor(owning: number, path: "wake-up")
    }

    /// Rings. Safe from any thread; rings before a `clear` count as one.
    public func ring() {
        var one: UInt64 = 1
        // The only failure of a correct call is EAGAIN at 2^64-2 rings, and then the bell rings already.
        while write(descriptor.number, &one, MemoryLayout.size(ofValue: one)) == -1 && errno == EINTR {}
    }

    /// Makes it quiet again. Look at what the bell was for after this, not before, or a ring is lost.
    public func clear() {
        var count: UInt64 = 0
        // EAGAIN: it was quiet.
        while read(descriptor.number, &count, MemoryLayout.size(ofValue: count)) == -1 && errno == EINTR {}
    }
}
