/// Why a command ends without an answer, and with which exit code.
struct CommandRefusal: Error {
    let code: RefusalCode
    /// Whole sentences with their full stops.
    let message: String

    init(_ code: RefusalCode, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// The exit codes that aren't success.
enum RefusalCode: Int32 {
    case no = 1
    case usage = 2
    case notAllowed = 3
    case notReachable = 4
}
