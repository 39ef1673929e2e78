import Foundation
import Testing

/// What a record must agree with when ecocd published something of its vehicle before.
@Suite struct EarlierCertificateTests {
    /// The approval's date of issue changes with an extension only.
    @Test func approvalDateStays() async throws {
        try await House.run(["erp": House.csv + "corrections = \"auto\"\n"]) { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            try house.drop("\(Export.header),TypeApprovalIssueDate\n\(Export.row(1)),2026-01-09\n", as: "second.csv")
            let second = try await house.report(of: "second.csv")
            // The reference data has another date, too.
            #expect(second.records.map(\.rules) == [["REF-07", "ID-11"]])
            #expect(second.records[0].findings.allSatisfy { $0.element?.hasSuffix("IssueDate") == true })
        }
    }

    /// A ready correction is issued later than what it corrects.
    @Test func readyCorrectionIsLater() async throws {
        try await House.run(["erp": House.csv, "ready": House.ready + "corrections = \"auto\"\n"]) { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            let sealed = try await String(contentsOfFile: house.unpack(Export.bundle(1)) + "/\(Export.vin(1)).xml", encoding: .utf8)
            let issued = try #require(sealed.firstMatch(of: /<IviVersionDateTime>([^<]+)</)?.1)
            for (number, time, rules) in [
                (1, String(issued), ["ID-10"]), (2, "2020-01-01T00:00:00Z", ["ID-10"]), (3, "2099-01-01T00:00:00Z", []),
            ] {
                let correction = sealed.replacing("<IviVersionNumber>1<", with: "<IviVersionNumber>2<")
                    .replacing(/<IviReferenceId>[^<]+/, with: "<IviReferenceId>\(UUID().uuidString.lowercased())")
                    .replacing("<ActualMass>670<", with: "<ActualMass>671<").replacing(issued, with: time)
                try house.drop(correction, as: "ready-\(number).xml", in: "ready")
                let report = try await house.report(of: "ready-\(number).xml", in: "ready")
                #expect(report.records[0].rules.filter { $0.hasPrefix("ID-1") } == rules, "\(time): \(report.records[0].findings)")
            }
        }
    }

    /// Stage 2 names the stage before as it was published.
    @Test func laterStageNamesTheOneBefore() async throws {
        // The reference data here is still that of the first stage.
        let settings = House.csv + "overrides = [\"StageOfCompletion\", \"ManufacturerStageNumber\"]\n"
        try await House.run(["erp": settings]) { house in
            let reference = try house.reference("haul-trailer.xml")
            _ = try await house.dropReference(reference.replacing("T5K18(2)", with: "T5K18(9)"), as: "haul-completed.xml")
            try house.drop(Export.file([1, 2]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            let header =
                Export.header + ",StageOfCompletion,ManufacturerStageNumber,PreviousStageTypeApprovalNumber,PreviousStageType,"
                + "PreviousStageVariant,PreviousStageVersion\n"
            func row(_ number: Int, before: String) -> String {
                Export.row(number).replacing("T5K18(2)", with: "T5K18(9)") + ",V,2,e1*2018/858*00886*03,AT5,T5K,\(before)\n"
            }
            // Of vehicle 3 nothing is known: nobody can say that the name is wrong.
            try house.drop(header + row(1, before: "T5K18(2)") + row(2, before: "T5K18(3)") + row(3, before: "T5K18(3)"), as: "stage-2.csv")
            let report = try await house.report(of: "stage-2.csv")
            #expect(report.records.map(\.rules) == [[], ["ID-12"], []], "\(report.records)")
            #expect(report.bundles == ["\(Export.vin(1))-2-v1.asice", "\(Export.vin(3))-2-v1.asice"])
            #expect(report.records[1].findings[0].message.contains("T5K18(2)"))
        }
    }
}
