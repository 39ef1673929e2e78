import Certificate

/// SIG: for whom a certificate may be sealed.
enum SealRules {
    static let all = [manufacturer]

    static let manufacturer = Rule(
        "SIG-01", "The certificate is of a manufacturer for whom this source is sealed", .error,
        appliesTo: "records of sources that name their manufacturers", source: "RULES 25; MODEL R-SG1; SM p6",
        explanation: """
            Only the manufacturer or its representative in the EU, as the approval names them, may sign. ManufacturerName of this stage or \
            EURepresentativeName is one of the source's `manufacturers`, letter by letter.
            """,
        remedy: "Correct the name in the ERP or the reference data; a name that may be sealed here belongs into the source's settings.",
        scope: .values
    ) { check in
        let allowed = check.record.manufacturers
        guard !allowed.isEmpty, let (group, _) = check.currentStage, let name = check.text(.manufacturerName, [group]) else { return }
        let names = [name, check.text(.euRepresentativeName)].compactMap(\.self)
        guard !names.contains(where: { allowed.contains($0) }) else { return }
        check.report(.manufacturerName, at: [group], "This source isn't sealed for \(names.map { "'\($0)'" }.listed).")
    }
}
