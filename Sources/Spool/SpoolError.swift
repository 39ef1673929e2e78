public import Audit
public import Linux

/// What kept the spool from doing its work. The submission stays where it was, whole, or its move is finished by the next recovery.
public struct SpoolError: Error, Sendable, CustomStringConvertible {
    public enum Cause: Sendable {
        /// The ledger didn't take the record: nothing was moved.
        case ledger(LedgerError)
        case system(SystemError)
        /// Something in the spool isn't as ecocd writes it.
        case damaged(path: String, what: String)
        /// The file system has no locks to keep another daemon out.
        case noLocks(SystemError)
        /// Another daemon works on the spool: the one named, where that can be told.
        case occupied(by: SpoolLock.Holder?)
    }

    /// What was tried, to follow the words "can't".
    public let operation: String
    public let cause: Cause

    public init(_ operation: String, _ cause: Cause) {
        self.operation = operation
        self.cause = cause
    }

    public var description: String {
        switch cause {
        case .ledger(let error): "can't \(operation): \(error)"
        case .system(let error): "can't \(operation): \(error). \(remedy(error))"
        case .damaged(let path, let what): "can't \(operation): '\(path)': \(what). Ask `ecocctl doctor` what to do."
        case .noLocks(let error):
            "can't \(operation): \(error). Its file system has no locks (flock), so a second ecocd couldn't be kept out. "
                + "Put the spool on a local file system."
        case .occupied(let holder):
            "can't \(operation): another ecocd works on this spool (\(holder.map { "\($0)" } ?? "which one can't be told")). "
                + "Stop that one first, or give this one a spool of its own."
        }
    }

    /// No room is left: the same call may work when somebody has made room.
    public var isDiskFull: Bool {
        if case .system(let error) = cause { error.isDiskFull } else { false }
    }

    private func remedy(_ error: SystemError) -> String {
        if error.isDiskFull { return "Make room on the spool's file system; ecocd goes on by itself then." }
        if error.isOtherFileSystem { return "The whole spool must lie on one file system, in one ReadWritePaths= entry of the unit." }
        return "Nothing is lost: mend the cause and restart ecocd."
    }
}

/// Runs file system calls and says in the error what they were for.
func performing<Value: ~Copyable>(
    _ operation: @autoclosure () -> String, _ body: () throws(SystemError) -> Value
) throws(SpoolError) -> Value {
    do { return try body() } catch { throw SpoolError(operation(), .system(error)) }
}
