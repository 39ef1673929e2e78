import Testing

/// Findings as the ERP team gets them.
@Suite struct FindingTests {
    /// A cell that can't be converted is told once, by the rule that is nearer the cause.
    @Test func failedConversionIsToldOnce() async throws {
        let settings =
            House.csv + """
                [[column]]
                name = "VIN"
                path = "VehicleIdentificationNumber"
                [[column]]
                name = "Mass"
                path = "ActualMass"
                decimal-comma = true
                [[column]]
                name = "Made"
                path = "DateManufactureVehicle"
                date = "dd.MM.yyyy"

                """
        try await House.run(["erp": settings]) { house in
            try house.drop("VIN,Mass,Made\n\(Export.vin(1)),about 600,31.02.2026\n", as: "file.csv")
            let report = try await house.report(of: "file.csv")
            let findings = try #require(report.records.first).findings
            #expect(findings.filter { $0.column == "Mass" }.map(\.rule) == ["CONV-01"], "\(findings)")
            #expect(findings.filter { $0.column == "Made" }.map(\.rule) == ["CONV-03"], "\(findings)")
        }
    }

    /// Every finding can be looked up.
    @Test func everyRuleOfAReportIsExplained() async throws {
        try await House.run { house in
            try house.drop(Export.file([Export.row(1), Export.row(2, mass: "heavy"), Export.row(1)]), as: "file.csv")
            let rules = Set(try await house.report(of: "file.csv").rules)
            #expect(rules.isSuperset(of: ["ID-01", "CAT-01"]), "\(rules)")
            for rule in rules { #expect(try await house.ecocctl("rules", "explain", rule).status == 0, "\(rule)") }
        }
    }

    /// A message of IVI 1.x is told what it is, and nothing of it is published.
    @Test(arguments: [
        ("http://eu.ereg.initialvehicleinformation.v1", "1.11"), ("http://eu.ereg.initialvehicleinformation.v2", "1.11"), ("", "1.4b"),
    ])
    func oldMessageIsRecognised(namespace: String, version: String) async throws {
        try await House.run(["ready": House.ready]) { house in
            let message = """
                <?xml version="1.0" encoding="UTF-8"?>
                <InitialVehicleInformation xmlns="\(namespace)"><Header><IviVersionNumberXsd>\(version)</IviVersionNumberXsd></Header>
                <Body><Colour>1</Colour></Body></InitialVehicleInformation>
                """
            try house.drop(message, as: "old.xml", in: "ready")
            let report = try await house.report(of: "old.xml", in: "ready")
            #expect(report.outcome == "rejected" && report.rules == ["XML-07"], "\(report.rules)")
            let finding = try #require(report.findings.first)
            #expect(finding.message.contains("IVI 1.x") && finding.message.contains("'\(version)'"))
            #expect(finding.remedy.contains("send the vehicle as an IVI 2.0 message") && finding.remedy.contains("corrected in 1.x"))
            #expect(try house.rejections(of: report.submission) == ["XML-07"] && house.bundles().isEmpty)
        }
    }

    /// Certificates of other makers than the source's own aren't sealed.
    @Test func otherManufacturersAreRejected() async throws {
        let own = House.csv + "manufacturers = [\"Aurora Mobility GmbH\"]\n"
        let other = House.csv + "manufacturers = [\"Other Motors\", \"Other Benelux\"]\n"
        try await House.run(["own": own, "other": other]) { house in
            for source in ["own", "other"] { try house.drop(Export.file([source == "own" ? 1 : 2]), as: "file.csv", in: source) }
            #expect(try await house.report(of: "file.csv", in: "own").outcome == "published")
            let report = try await house.report(of: "file.csv", in: "other")
            #expect(report.outcome == "rejected" && report.rules == ["SIG-01"], "\(report.rules)")
            #expect(report.records.first?.findings.first?.message == "This source isn't sealed for 'Aurora Mobility GmbH'.")
        }
    }
}

extension FindingTests {
    /// What the ERP sent is what its people look for, whatever the mapping made of it.
    @Test func valuesAreReportedAsReceived() async throws {
        let settings =
            House.csv
            + ([
                "VehicleIdentificationNumber", "TypeApprovalNumber", "Type", "Variant", "Version", "CommercialName",
                "DateManufactureVehicle",
                "SignatureDate", "IntendedCountryRegistration",
            ]
            .map { "[[column]]\nname = \"\($0 == "IntendedCountryRegistration" ? "Header.\($0)" : $0)\"\npath = \"\($0)\"\n" }.joined())
            + "[[column]]\nname = \"ActualMass\"\npath = \"ActualMass\"\ndecimal-comma = true\nfactor = \"1000\"\n"
        try await House.run(["erp": settings]) { house in
            try house.drop(Export.file([Export.row(1, mass: "\"99,341\"")]), as: "file.csv")
            let findings = try #require(try await house.report(of: "file.csv").records.first).findings
            let finding = try #require(findings.first { $0.rule == "MAS-02" }, "\(findings)")
            #expect(finding.value == "99,341" && finding.message.contains("99341 kg"), "\(finding)")
        }
    }

    /// A value against the approval warns, unless the source says that it may differ; both are published.
    @Test func whatTheApprovalFixesIsCompared() async throws {
        let header = Export.header + ",MassInRunningOrder\n"
        try await House.run(["erp": House.csv, "other": House.csv + "overrides = [\"MassInRunningOrder\"]\n"]) { house in
            for (source, number) in [("erp", 1), ("other", 2)] {
                try house.drop(header + Export.row(number) + ",661\n", as: "file.csv", in: source)
            }
            let report = try await house.report(of: "file.csv", in: "erp")
            let finding = try #require(report.records.first?.findings.first { $0.rule == "REF-07" }, "\(report)")
            #expect(report.outcome == "published" && finding.severity == "warning" && finding.column == "MassInRunningOrder")
            let other = try await house.report(of: "file.csv", in: "other")
            #expect(other.outcome == "published" && !other.rules.contains("REF-07"))
        }
    }

    /// A hidden character and a letter of another script are named with their place.
    @Test func charactersThatNobodySeesAreNamed() async throws {
        let rows = [Export.row(1).replacing("HAUL 18", with: "HA\u{200B}UL 18"), Export.row(2).replacing("WZA", with: "WZ\u{410}")]
        try await House.run { house in
            try house.drop(Export.file(rows), as: "file.csv")
            let report = try await house.report(of: "file.csv")
            #expect(report.outcome == "rejected")
            let hidden = try #require(report.records.first?.findings)
            #expect(hidden.map(\.rule) == ["ROW-03"] && hidden.first?.column == "CommercialName", "\(hidden)")
            #expect(hidden.first?.message == "The value holds U+200B (a zero-width space) at position 3.")
            let foreign = try #require(report.records.last?.findings.first { $0.rule == "CAT-07" })
            #expect(foreign.message.contains("the Cyrillic letter А (U+0410) at position 3, which looks like the Latin A"), "\(foreign)")
        }
    }
}
