import Audit
import Control
import Foundation
import Testing

/// A submission's directory that is gone is noticed, told, and either put back or declared lost.
@Suite struct LossTests {
    private var files: FileManager { .default }
    private static let sources = ["erp": House.csv + "release = \"hold\"\n"]

    private func hold(_ house: House, _ text: String, as name: String) async throws -> String {
        try house.drop(text, as: name)
        try await house.eventually("'\(name)' is held") { try house.reports(of: name).count == 1 && house.status().working.isEmpty }
        let path = "\(house.spool)/returns/erp/\(house.reports(of: name)[0])"
        let report = try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(filePath: path)))
        #expect(report.outcome == "held")
        return report.submission
    }

    private func incidents(_ house: House) -> [String] { ((try? house.status())?.incidents ?? []).map(\.submission) }

    /// With the daemon stopped or beside it, what was taken away is told; put back, it goes on.
    @Test(arguments: [true, false]) func heldSubmissionComesBack(_ isStopped: Bool) async throws {
        try await House.run(Self.sources, rescanSeconds: 1) { house in
            let held = try await hold(house, Export.file([1, 2]), as: "first.csv")
            if isStopped { try await house.end() }
            try files.moveItem(atPath: "\(house.spool)/hold/\(held)", toPath: "\(house.root)/elsewhere")
            if isStopped { try await house.start() }
            try await house.eventually("it is missed") { incidents(house) == [held] }

            let status = try house.status()
            #expect(!status.idle)
            #expect(status.incidents[0].remedy.contains("doctor --declare-lost \(held)"))
            let doctor = try await house.ecocctl("doctor")
            #expect(doctor.status == 1 && doctor.text.contains(held))
            let release = try await house.ecocctl("release", held)
            #expect(release.status == 1 && release.everything.contains("The directory of \(held) is missing"))
            #expect(try await house.ecocctl("list").text.contains("hold (MISSING)"))
            // Nobody else waits for it.
            let other = try await hold(house, Export.file([3]), as: "other.csv")
            #expect(try await house.ecocctl("release", other).status == 0)
            #expect(try await house.report(of: "other.csv", number: 2).outcome == "published")

            try files.moveItem(atPath: "\(house.root)/elsewhere", toPath: "\(house.spool)/hold/\(held)")
            try await house.eventually("it is found again") { incidents(house).isEmpty }
            #expect(try await house.ecocctl("release", held).status == 0)
            #expect(try await house.report(of: "first.csv", number: 2).outcome == "published")
            let kinds = try house.reader.history(submission: held).compactMap(\.record?.kind)
            #expect(kinds.filter { $0 == "incident" }.count == 1 && kinds.filter { $0 == "recovered" }.count == 1)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// What is declared lost sets its vehicles free, at once and over kills.
    @Test func declaredLostSetsVehiclesFree() async throws {
        try await House.run(Self.sources, rescanSeconds: 1) { house in
            let held = try await hold(house, Export.file([1, 2]), as: "first.csv")
            #expect(try await house.ecocctl("doctor", "--declare-lost", held, "--reason", "gone").everything.contains("isn't lost"))
            try files.removeItem(atPath: "\(house.spool)/hold/\(held)")
            try await house.eventually("it is missed") { incidents(house) == [held] }
            // Until then its vehicles are taken: other values of them have nothing certain to compare with.
            try house.drop(Export.file([1], mass: "671"), as: "early.csv")
            #expect(try await house.report(of: "early.csv").rules.contains("ID-08"))

            #expect(try await house.ecocctl("doctor", "--declare-lost", held).status != 0)
            let declared = try await house.ecocctl("doctor", "--declare-lost", held, "--reason", "The disk failed.")
            #expect(declared.status == 0 && declared.text.contains("2 certificates are given up"))
            try await house.end(with: SIGKILL)
            try await house.start()
            #expect(incidents(house).isEmpty)
            let record = try #require(try house.reader.history(submission: held).compactMap(\.record).last { $0.kind == "declared-lost" })
            #expect(record.text("reason") == "The disk failed." && record.text("from") == "hold" && record.actor.hasPrefix("\(getuid()):"))
            #expect(try await house.ecocctl("list", "--stage", "lost").text.contains(held))
            #expect(try await house.ecocctl("release", held).everything.contains("was declared lost"))
            #expect(try await house.ecocctl("show", held).text.contains("declared lost: The disk failed."))
            #expect(try await house.ecocctl("doctor", "--declare-lost", held, "--reason", "again").everything.contains("lost before"))

            // The same file again, and other values of the other vehicle.
            let again = try await hold(house, Export.file([1, 2]), as: "first-again.csv")
            #expect(try await house.ecocctl("release", again).status == 0)
            #expect(try await house.report(of: "first-again.csv", number: 2).bundles == [Export.bundle(1), Export.bundle(2)])
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// A submission that was lost while it was published: what had left stays, what was sealed keeps its number, the rest is free.
    @Test func whatWasPublishedStays() async throws {
        try await House.run(rescanSeconds: 1) { house in
            let interrupted = try await house.interrupt(in: "publish", after: 64, with: SIGKILL, count: 400)
            let lost = try #require(try files.contentsOfDirectory(atPath: "\(house.spool)/publish").first)
            let published = Set(house.bundles())
            try files.removeItem(atPath: "\(house.spool)/publish/\(lost)")
            try await house.start()
            try await house.eventually("it is missed") { incidents(house) == [lost] }
            #expect(try await house.ecocctl("doctor", "--declare-lost", lost, "--reason", "gone").status == 0)
            try house.drop(Export.file(interrupted.vehicles), as: "again.csv")
            let report = try await house.report(of: "again.csv")
            #expect(report.counts.duplicates == published.count && report.counts.published == 400 - published.count)
            // Sealed once, so never again under that number.
            #expect(report.bundles.allSatisfy { $0.hasSuffix("-1-v2.asice") && !published.contains($0) })
            #expect(Set(house.bundles()).count == 400)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// A whole stage that is empty, as under a file system that isn't mounted.
    @Test func emptyStageIsNoticed() async throws {
        try await House.run(Self.sources, rescanSeconds: 1) { house in
            var held: [String] = []
            for number in 1...3 { held.append(try await hold(house, Export.file([number]), as: "file-\(number).csv")) }
            try await house.end()
            try files.moveItem(atPath: "\(house.spool)/hold", toPath: "\(house.root)/hold")
            try await house.start()
            try await house.eventually("all are missed") { incidents(house) == held.sorted() }
            try await house.end(with: SIGKILL)
            try files.removeItem(atPath: "\(house.spool)/hold")
            try files.moveItem(atPath: "\(house.root)/hold", toPath: "\(house.spool)/hold")
            try await house.start()
            #expect(incidents(house).isEmpty)
            #expect(try await house.ecocctl("release", held[0]).status == 0)
        }
    }
}
