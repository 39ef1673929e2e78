import Testing

/// Ready messages bring their own header, and a reference id is good for one message only.
@Suite(.enabled(if: SharedMaterial.isPresent, "the official examples aren't beside the project (ECOCD_SHARED)"))
struct ReadyMessageTests {
    @Test func reusedReferenceIdIsRefused() async throws {
        try await House.run(["ready": House.ready]) { house in
            try house.drop(try SharedMaterial.example("M1-01-electric"), as: "first.xml", in: "ready")
            let first = try await house.report(of: "first.xml", in: "ready")
            #expect(first.outcome == "published", "\(first.rules)")
            try house.drop(try SharedMaterial.example("M1-04-plugin"), as: "second.xml", in: "ready")
            let second = try await house.report(of: "second.xml", in: "ready")
            #expect(second.outcome == "rejected")
            let finding = try #require(second.records.first?.findings.first { $0.severity == "error" })
            #expect(finding.rule == "ID-06" && finding.element == "IviReferenceId" || finding.element == "Header.IviReferenceId")
            #expect(finding.value == "6a2957d3-4a32-41a6-a2d0-50681e0bf5e1" && finding.message.contains(first.submission))
            #expect(house.bundles().count == 1)
        }
    }

    @Test func sameMessageAgainIsADuplicate() async throws {
        try await House.run(["ready": House.ready, "other": House.ready]) { house in
            try house.drop(try SharedMaterial.example("L1e"), as: "first.xml", in: "ready")
            #expect(try await house.report(of: "first.xml", in: "ready").outcome == "published")
            try house.drop(try SharedMaterial.example("L1e"), as: "again.xml", in: "other")
            let again = try await house.report(of: "again.xml", in: "other")
            #expect(again.outcome == "duplicate" && again.records.first?.rules.contains("ID-02") == true)
        }
    }

    @Test func twoMessagesWithOneReferenceIdAtOnce() async throws {
        try await House.run(["ready": House.ready]) { house in
            for name in ["M1-01-electric", "M1-04-plugin", "M1-06-electric"] {
                try house.drop(try SharedMaterial.example(name), as: "\(name).xml", in: "ready")
            }
            var outcomes: [String] = []
            for name in ["M1-01-electric", "M1-04-plugin", "M1-06-electric"] {
                outcomes.append(try await house.report(of: "\(name).xml", in: "ready").outcome)
            }
            #expect(outcomes.sorted() == ["published", "rejected", "rejected"])
        }
    }

    @Test func laterVersionWithoutAFirstIsRefused() async throws {
        try await House.run(["ready": House.ready]) { house in
            let text = try SharedMaterial.example("L1e").replacing(
                "<IviVersionNumber>1</IviVersionNumber>", with: "<IviVersionNumber>2</IviVersionNumber>")
            try house.drop(text, as: "second.xml", in: "ready")
            let report = try await house.report(of: "second.xml", in: "ready")
            #expect(report.outcome == "rejected" && report.rules.contains("ID-04"))
        }
    }
}
