import Glibc
import Linux

/// Several threads at one work, the caller's among them.
enum Crew {
    /// More would only wait for each other's turns.
    private static let largest = 4

    /// How many are worth it for so many pieces of work.
    static func count(pieces: Int) -> Int { max(1, min(pieces, largest, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Runs `mine` on this thread and `theirs` on the others, and returns when all have ended. Where no more threads are to be had, fewer do it.
    static func run(_ count: Int, mine: () -> Void, theirs: @escaping @Sendable () -> Void) {
        var others: [Thread] = []
        while others.count < count - 1, let thread = try? Thread(name: "verify", theirs) { others.append(thread) }
        mine()
        for thread in others { thread.join() }
    }
}
