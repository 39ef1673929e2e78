import Certificate
import Testing

@testable import Validate

/// What a source decides about rules.
@Suite struct RuleChangeTests {
    private func change(_ rule: String, _ severity: Finding.Severity) -> RuleChange {
        RuleChange(rule: rule, severity: severity, reason: "The plant's own bodies", decidedBy: "Jane Roe")
    }

    private func findings(_ changes: RuleChange...) -> [Finding] {
        let values = ExampleVehicle.petrolCar.values.changed(["CodeForBodywork BB", "NumberOfAxles 3"])
        return RuleSet.current.changed(by: changes).check(values, context: .test)
    }

    @Test func changesTheSeverityAndSaysSo() throws {
        let found = findings(change("AXL-01", .warning), change("CATG-03", .waived))
        #expect(found.map(\.severity) == [.waived, .warning] && found.map(\.rule) == ["CATG-03", "AXL-01"])
        let waived = try #require(found.first)
        #expect(waived.change == Finding.Change(from: .warning, reason: "The plant's own bodies", decidedBy: "Jane Roe"))
        #expect(
            waived.messageWithChange.hasSuffix(
                " By decision of Jane Roe, this is waived for this source, not a warning: The plant's own bodies."))
    }

    @Test func whatIsLoweredNoLongerKeepsTheCertificateBack() {
        let record = ExampleVehicle.petrolCar.values.changed(["NumberOfAxles 3"])
        func isAcceptable(_ rules: RuleSet) -> Bool {
            RecordValidation.validate(
                record: record, constants: FieldValues(), library: ReferenceLibrary(), ruleSet: rules, context: .test
            ).isAcceptable
        }
        #expect(!isAcceptable(.current))
        #expect(isAcceptable(RuleSet.current.changed(by: [change("AXL-01", .waived)])))
        #expect(!isAcceptable(RuleSet.current.changed(by: [change("CATG-03", .error), change("AXL-01", .error)])))
    }

    @Test func whatIsRaisedKeepsItBack() {
        #expect(findings(change("CATG-03", .error)).map(\.severity) == [.error, .error])
    }

    /// The last rule about reference data is decided while merging, not by a check.
    @Test func rulesOfTheMergeChangeToo() throws {
        let other = ExampleVehicle.petrolCar.values.changed(["Variant V9"])
        let key = ReferenceKey(approval: "a", type: "b", variant: "c", version: "d")
        let library = ReferenceLibrary([ReferenceRecord(key: key, values: FieldValues(), sha256: "", name: "", bytes: [])])
        let rules = RuleSet.current.changed(by: [change("REF-02", .error)])
        let draft = RecordValidation.validate(record: other, constants: FieldValues(), library: library, ruleSet: rules, context: .test)
        #expect(draft.findings.map(\.rule) == ["REF-02"] && !draft.isAcceptable && draft.findings[0].change?.from == .information)
    }

    @Test func someRulesAreFixed() {
        for rule in ["CAT-01", "CAT-02", "CAT-03", "REF-01", "REF-03", "VIN-01", "STG-05"] {
            guard case .fixed = change(rule, .waived).problem() else {
                Issue.record("\(rule) can be waived")
                continue
            }
        }
        #expect(change("XML-01", .warning).problem() == .unknown && change("AXL-01", .error).problem() == .nothingChanges)
        #expect(change("AXL-01", .waived).problem() == nil)
        // Where the configuration isn't asked, a change that can't be made changes nothing.
        #expect(RuleSet.current.changed(by: [change("CAT-01", .waived)]).version == RuleSet.current.version)
    }

    @Test func versionTellsTheSeverities() {
        let changed = RuleSet.current.changed(by: [change("AXL-01", .waived)])
        #expect(changed.version != RuleSet.current.version)
        #expect(changed.version == RuleSet.current.changed(by: [change("AXL-01", .waived)]).version)
        #expect(RuleSet.current.version.wholeMatch(of: /20[0-9]{2}\.[0-9]+\+[0-9a-f]{12}/) != nil)
    }
}
