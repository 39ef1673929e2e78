/// Gathers problems, keeping the first thousand.
struct ProblemList {
    private(set) var problems: [LedgerVerification.Problem] = []
    private(set) var count = 0

    mutating func add(_ kind: LedgerVerification.Kind, at position: Int? = nil, _ message: String) {
        count += 1
        if problems.count < LedgerVerification.largestProblemCount {
            problems.append(LedgerVerification.Problem(position: position, kind: kind, message: message))
        }
    }

    /// Counts more of those added last.
    mutating func addUnkept(_ more: Int) { count += more }

    mutating func add(_ others: ProblemList) {
        count += others.count
        problems += others.problems.prefix(LedgerVerification.largestProblemCount - problems.count)
    }
}
