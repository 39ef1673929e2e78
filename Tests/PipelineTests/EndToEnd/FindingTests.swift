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
