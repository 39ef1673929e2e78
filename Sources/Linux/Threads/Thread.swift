import CLinux
import Glibc
import Synchronization

/// A thread of our own, for work that blocks: never Swift's cooperative pool, which has one thread a core.
public final class Thread: Sendable {
    /// Deep XML and OpenSSL calls fit many times over, and untouched stack costs no memory.
    public static let defaultStackSize = 8 << 20

    public let name: String
    /// Nil once joined: a thread may be joined once only.
    private let handle: Mutex<pthread_t?>

    /// Starts it. `name` shows in `ps -L`, cut at 15 bytes; `stackSize` is in bytes.
    public init(
        name: String, stackSize: Int = defaultStackSize, _ body: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        self.name = name
        handle = Mutex(try Self.start(Task(name: name, body: body), stackSize: stackSize))
    }

    deinit {
        handle.withLock { if let thread = $0 { pthread_detach(thread) } }
    }

    /// Waits until the body has returned. Returns at once when somebody has joined it before. Never call it from the thread itself.
    public func join() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        // Fails only for a thread that was joined or is the caller: both are ruled out above.
        if let thread { pthread_join(thread, nil) }
    }

    private final class Task: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }

        func run() {
            var short = name
            while short.utf8.count > 15 { short.removeLast() }
            ecocd_name_thread(short)
            body()
        }
    }

    private static func start(_ task: Task, stackSize: Int) throws(SystemError) -> pthread_t {
        var attributes = pthread_attr_t()
        try check(pthread_attr_init(&attributes), task)
        defer { pthread_attr_destroy(&attributes) }
        try check(pthread_attr_setstacksize(&attributes, stackSize), task)
        var thread = pthread_t()
        let retained = Unmanaged.passRetained(task)
        let result = pthread_create(
            &thread, &attributes,
            { argument in
                // The argument is the task that was retained for this one call.
                if let argument { Unmanaged<Task>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, retained.toOpaque())
        if result != 0 { retained.release() }
        try check(result, task)
        return thread
    }

    private static func check(_ result: Int32, _ task: Task) throws(SystemError) {
        if result != 0 { throw SystemError(code: result, operation: "start the thread", path: task.name) }
    }
}
