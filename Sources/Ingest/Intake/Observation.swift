import Linux

/// What the intake remembers of an entry from one look to the next.
struct Observation: Sendable {
    private(set) var status: FileStatus
    /// When the entry was first seen in this state. The file's own time stamps don't count: a transfer may preserve an old one.
    private(set) var since: UInt64
    /// It came into the folder by a rename in this state: nobody is still writing its name.
    private(set) var movedIn: Bool
    /// How its content ended in this state, so that it is read once only.
    var structure: StructuralState?
    /// Why it is left alone in this state.
    var leftAlone: String?

    init(_ status: FileStatus, at now: UInt64, movedIn: Bool) {
        self.status = status
        since = now
        self.movedIn = movedIn
    }

    /// Takes in a new look. Any change starts everything anew.
    mutating func update(_ status: FileStatus, at now: UInt64, movedIn: Bool) {
        if !status.isUnchanged(since: self.status) || status.links != self.status.links {
            self = Observation(status, at: now, movedIn: movedIn)
        } else if movedIn {
            self.movedIn = true
        }
    }

    /// Whether it has been as it is for so many seconds.
    func isUnchanged(for seconds: Int, at now: UInt64) -> Bool { now >= moment(after: seconds) }

    /// When it will have been as it is for so many seconds.
    func moment(after seconds: Int) -> UInt64 {
        let (nanoseconds, overflow) = UInt64(max(0, seconds)).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow || nanoseconds > .max - since ? .max : since + nanoseconds
    }
}
