import Audit
import Spool

/// The findings of a submission to which its source gave another severity, counted by rule.
struct ChangedFindings {
    private var counts: [String: (finding: FindingLine.Item, change: FindingLine.Item.Changed, count: Int)] = [:]

    /// Goes over `findings.jsonl`; a submission without findings has none.
    static func count(in folder: SubmissionFolder) throws -> ChangedFindings {
        var found = ChangedFindings()
        let sheet = try FindingSheet(path: folder.findings)
        while let line = try sheet.next() { line.findings.forEach { found.add($0) } }
        return found
    }

    mutating func add(_ finding: FindingLine.Item) {
        guard let change = finding.changed else { return }
        counts[finding.rule, default: (finding, change, 0)].count += 1
    }

    /// One event for each rule, in the order of their ids.
    func events(_ id: SubmissionID) -> [Event] {
        counts.sorted { $0.key < $1.key }.map { rule, entry in
            Event(
                .findingWaived, submission: id.text,
                [
                    "rule": .text(rule), "from": .text(entry.change.from), "to": .text(entry.finding.severity),
                    "reason": .text(entry.change.reason), "by": .text(entry.change.by), "count": .number(entry.count),
                ])
        }
    }
}
