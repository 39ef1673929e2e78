import Certificate
import Testing

@testable import Pipeline

/// However many findings there are, there are few groups, and none of them hides how often or in which rows.
@Suite struct FindingGroupsTests {
    private static func finding(
        _ row: Int?, _ rule: String = "MAS-02", _ message: String = "Wrong.", severity: Finding.Severity = .error, element: String = "A"
    ) -> Finding {
        Finding(rule: rule, severity: severity, row: row, element: element, message: message, remedy: "Mend it.")
    }

    private static func groups(_ findings: [Finding]) -> [FindingGroups.Group] {
        var groups = FindingGroups()
        for finding in findings { groups.add(finding, vin: "VIN \(finding.row ?? 0)") }
        #expect(groups.count == findings.count && groups.sorted.reduce(0) { $0 + $1.count } == findings.count)
        return groups.sorted
    }

    @Test func equalOnesAreOne() {
        let groups = Self.groups((2...20_001).map { Self.finding($0) })
        #expect(groups.count == 1 && groups[0].count == 20_000 && groups[0].rows == Array(2...11))
        #expect(groups[0].vin == "VIN 2" && !groups[0].isVaried)
    }

    @Test func whatDiffersStaysApart() {
        let groups = Self.groups([
            Self.finding(3, "MAS-02"), Self.finding(2, "MAS-02", severity: .warning), Self.finding(2, "MAS-03"),
            Self.finding(2, "MAS-02", element: "B"), Self.finding(4, "MAS-02", "Wrong, too."), Self.finding(nil, "FILE-90"),
        ])
        #expect(groups.count == 6 && groups.allSatisfy { $0.count == 1 })
        #expect(groups.map(\.finding.severity).dropLast() == Array(repeating: .error, count: 5)[...], "the gravest first")
        #expect(groups[0].rows.isEmpty && groups[0].finding.rule == "FILE-90")
    }

    /// Up to three wordings are told; of more, the first.
    @Test(arguments: [1, 3, 4, 5000]) func differentWords(wordings: Int) {
        let groups = Self.groups((0..<5000).map { Self.finding($0 + 2, "VIN-01", "It says \($0 % wordings).") })
        #expect(groups.count == (wordings > 3 ? 1 : wordings))
        #expect(groups[0].isVaried == (wordings > 3) && groups[0].finding.message == "It says 0." && groups[0].finding.row == 2)
        if wordings > 3 { #expect(groups[0].rows == Array(2...11)) }
    }

    @Test func aFloodOfPlacesIsBounded() {
        let count = FindingGroups.mostGroups * 5
        let groups = Self.groups((0..<count).map { Self.finding($0 + 2, "CAT-0\($0 % 2)", "Wrong \($0).", element: "Element\($0)") })
        #expect(groups.count <= FindingGroups.mostGroups + 2)
    }
}
