/// A fault that stops one submission where it lies, without loss: it is tried again, and an administrator sees why.
struct SubmissionFault: Error, CustomStringConvertible {
    /// A clause without full stop.
    let what: String
    /// Whole sentences.
    let remedy: String
    var description: String { "\(what). \(remedy)" }
}
