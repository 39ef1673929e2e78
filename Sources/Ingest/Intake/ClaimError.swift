public import Linux
public import Spool

/// Why an entry of an inbox wasn't taken. It is still in the inbox, whole, unless it went away by itself.
public enum ClaimError: Error, Sendable, CustomStringConvertible {
    /// It changed or went while it was being taken: look again.
    case changed(InboxEntry)
    /// Its SHA-256 isn't the one that its marker names: `Intake.leaveAlone`, and look again when one of them changes.
    case checksum(InboxEntry, expected: String, actual: String)
    /// A file of the producer's or a new one of ours couldn't be read or written; nothing is on record.
    case system(SystemError)
    /// The record or the move failed: the next recovery finishes or undoes what was begun.
    case spool(SpoolError)

    public var description: String {
        switch self {
        case .changed(let entry): "'\(entry.name)' of source '\(entry.source)' changed while it was being taken; it is looked at again"
        case .checksum(let entry, let expected, let actual):
            "'\(entry.name)' of source '\(entry.source)' has the SHA-256 \(actual), its marker names \(expected)."
                + " \(IntakeRule.checksum.remedy)"
        case .system(let error): "can't take a file into the spool: \(error)"
        case .spool(let error): error.description
        }
    }

    /// No room is left: the same call may work when somebody has made room.
    public var isDiskFull: Bool {
        switch self {
        case .system(let error): error.isDiskFull
        case .spool(let error): error.isDiskFull
        case .changed, .checksum: false
        }
    }
}

/// Runs file system calls of a claim.
func filing<Value: ~Copyable>(_ body: () throws(SystemError) -> Value) throws(ClaimError) -> Value {
    do { return try body() } catch { throw .system(error) }
}

/// Runs the spool's part of a claim.
func spooling<Value>(_ body: () throws(SpoolError) -> Value) throws(ClaimError) -> Value {
    do { return try body() } catch { throw .spool(error) }
}
