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
}
