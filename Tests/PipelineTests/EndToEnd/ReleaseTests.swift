import Audit
import Control
import Foundation
import Glibc
import Testing

/// What people decide: held submissions, corrections, withdrawals (docs/release.md).
@Suite struct ReleaseTests {
    /// A correction waits with its difference; a release makes it the next version.
    @Test func correctionIsHeldAndReleased() async throws {
        try await House.run { house in
            try house.drop(Export.file([1, 2]), as: "first.csv")
            let first = try await house.report(of: "first.csv")
            let held = try await hold(house, Export.file([Export.row(1, mass: "671"), Export.row(3), Export.row(2, mass: "heavy")]))
            #expect(house.bundles() == [Export.bundle(1), Export.bundle(2)])

            let shown = try JSONDecoder().decode(HeldReport.self, from: await json(["held", held], house))
            #expect(shown.certificates == 2 && shown.corrections == 1 && shown.rejected == 1 && shown.findings["ID-03"] == 1)
            let difference = try #require(shown.differences.first)
            #expect(shown.differences.count == 1 && difference.row == 2 && difference.vin == Export.vin(1))
            #expect(difference.version == 2 && difference.replaces == 1 && difference.earlier == first.submission)
            #expect(
                difference.changes == [.init(element: "CocDataGroup.MassGroup.ActualMass", item: "13.2", before: "670", after: "671")])

            // A restart changes nothing.
            try await house.end(with: SIGKILL)
            try await house.start()
            #expect(try house.status().stages["hold"] == 1)
            #expect(try await house.ecocctl("release", held, "--reason", "Weighed again.").status == 0)
            let report = try await house.report(of: "second.csv", number: 2)
            #expect(report.outcome == "partly-published" && report.counts.published == 2)
            #expect(report.bundles == ["\(Export.vin(1))-1-v2.asice", Export.bundle(3)])
            let message = try await house.unpack("\(Export.vin(1))-1-v2.asice") + "/\(Export.vin(1)).xml"
            let text = try String(contentsOfFile: message, encoding: .utf8)
            #expect(text.contains("<IviVersionNumber>2</IviVersionNumber>") && text.contains("<ActualMass>671</ActualMass>"))

            let history = try house.reader.history(submission: held).compactMap(\.record)
            #expect(history.map(\.kind).filter { ["corrected", "held", "released"].contains($0) } == ["corrected", "held", "released"])
            let released = try #require(history.first { $0.kind == "released" })
            #expect(released.actor.hasPrefix("\(getuid()):") && released.text("reason") == "Weighed again.")
            #expect(try await house.verifyLedger() == 0)
            #expect(try await house.ecocctl("release", held).status == 1)
        }
    }

    /// What a person rejects frees the version, and the same file may come again.
    @Test func rejectedCorrectionMayComeAgain() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            let correction = Export.file([1], mass: "671")
            let held = try await hold(house, correction)
            #expect(try await house.ecocctl("reject", held).status == 2)
            #expect(try await house.ecocctl("reject", held, "--reason", "The scale was broken.").status == 0)
            let report = try await house.report(of: "second.csv", number: 2)
            #expect(report.outcome == "rejected" && report.rules.contains("REL-01") && report.records.map(\.status) == ["not-published"])
            #expect(report.findings[0].message.contains("The scale was broken."))
            #expect(house.bundles() == [Export.bundle(1)] && house.end(of: held) == "rejected")

            let again = try await hold(house, correction, as: "third.csv")
            #expect(again != held)
            #expect(try await house.ecocctl("release", again).status == 0)
            #expect(try await house.report(of: "third.csv", number: 2).bundles == ["\(Export.vin(1))-1-v2.asice"])
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// While one correction is held, another one of the same vehicle has nothing certain to compare with.
    @Test func oneCorrectionAtATime() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            _ = try await hold(house, Export.file([1], mass: "671"))
            try house.drop(Export.file([1], mass: "672"), as: "third.csv")
            #expect(try await house.report(of: "third.csv").records.map(\.rules) == [["ID-08"]])
            try house.drop(Export.file([1], mass: "671") + "\n", as: "fourth.csv")
            #expect(try await house.report(of: "fourth.csv").outcome == "duplicate")
        }
    }

    @Test func correctionsGoOnByThemselvesWhereTheSourceSaysSo() async throws {
        try await House.run(["erp": House.csv + "corrections = \"auto\"\n"]) { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            try house.drop(Export.file([1], mass: "671"), as: "second.csv")
            let second = try await house.report(of: "second.csv")
            #expect(second.bundles == ["\(Export.vin(1))-1-v2.asice"] && second.records[0].rules == ["ID-03"])
            try house.drop(Export.file([1]), as: "third.csv")
            #expect(try await house.report(of: "third.csv").outcome == "duplicate", "the same bytes came before")
            let kinds = try house.reader.history(submission: second.submission).compactMap(\.record?.kind)
            #expect(kinds.contains("corrected") && !kinds.contains("held"))
        }
    }

    /// Under four-eyes not even root may release what root dropped.
    @Test func submitterMayNotRelease() async throws {
        try await House.run(["erp": House.csv + "release = \"four-eyes\"\n"]) { house in
            let held = try await hold(house, Export.file([1]))
            let refused = try await house.ecocctl("release", held)
            #expect(refused.status == 3 && refused.errors.contains("second person"))
            #expect(try house.status().stages["hold"] == 1 && house.bundles().isEmpty)
            #expect(try await house.ecocctl("reject", held, "--reason", "Not mine to release.").status == 0)
        }
    }

    @Test(.enabled(if: getuid() == 0, "only root can drop a file as somebody else")) func anotherPersonMayRelease() async throws {
        try await House.run(["erp": House.csv + "release = \"four-eyes\"\n"]) { house in
            let part = "\(house.inbox())/.second.csv.part"
            try house.write(Export.file([1]), to: part)
            #expect(chown(part, 65534, 65534) == 0 && rename(part, "\(house.inbox())/second.csv") == 0)
            let held = try await heldSubmission(house)
            #expect(try await house.ecocctl("release", held).status == 0)
            #expect(try await house.report(of: "second.csv", number: 2).bundles == [Export.bundle(1)])
        }
    }

    /// Whoever lost the answer asks again under the order's id, after a restart, too, and nothing is done twice.
    @Test func orderIsKnownAfterARestart() async throws {
        try await House.run(["erp": House.csv + "release = \"hold\"\n"]) { house in
            let held = try await hold(house, Export.file([1]))
            let orders = ["1c0de3f2-0000-4000-8000-00000000000a", "1c0de3f2-0000-4000-8000-00000000000b"]
            #expect(try await house.ecocctl("release", held, "--order", orders[0]).text.contains("Released"))
            _ = try await house.report(of: "second.csv", number: 2)
            #expect(try await house.ecocctl("withdraw", Export.vin(1), "--reason", "r", "--order", orders[1]).text.contains("Withdrawn"))
            let size = try house.reader.size()
            // From memory first, and then from the ledger.
            for restarts in [false, true] {
                if restarts {
                    try await house.end(with: SIGKILL)
                    try await house.start()
                }
                let released = try await house.ecocctl("release", held, "--order", orders[0])
                let known = restarts ? "It was carried out at" : "Released"
                #expect(released.status == 0 && released.text.contains(known), "\(released.everything)")
                let withdrawn = try await house.ecocctl("withdraw", Export.vin(1), "--reason", "r", "--order", orders[1])
                #expect(withdrawn.status == 0 && withdrawn.text.contains(restarts ? "It was carried out at" : "Withdrawn"))
                // Under another id it is another order.
                #expect(try await house.ecocctl("withdraw", Export.vin(1), "--reason", "r").status == 1)
            }
            let kinds = try house.reader.entries(size..<size + 100).compactMap(\.record?.kind)
            #expect(!kinds.contains("withdrawn") && !kinds.contains("released"), "\(kinds)")
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// A withdrawal is a sealed notice in the outbox, and the vehicle's next message a correction.
    @Test(.enabled(if: Programs.haveStockTools)) func withdrawal() async throws {
        try await House.run(["erp": House.csv + "corrections = \"auto\"\n"]) { house in
            try house.drop(Export.file([1]), as: "first.csv")
            let first = try await house.report(of: "first.csv")
            #expect(try await house.ecocctl("withdraw", Export.vin(2), "--reason", "no such vehicle").status == 1)
            #expect(try await house.ecocctl("withdraw", Export.vin(1), "--reason", "Written off before registration.").status == 0)
            #expect(try await house.ecocctl("withdraw", Export.vin(1), "--reason", "again").status == 1)

            let name = "\(Export.vin(1))-1-v1.withdrawn.asice"
            let folder = try await house.unpack(name)
            let notice = try Data(contentsOf: URL(filePath: "\(folder)/withdrawal.json"))
            let fields = try #require(try JSONSerialization.jsonObject(with: notice) as? [String: Any])
            #expect(fields["vin"] as? String == Export.vin(1) && fields["reason"] as? String == "Written off before registration.")
            let verified = try await Programs.run(
                try #require(Programs.stock("openssl")),
                [
                    "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "\(folder)/META-INF/signature001.p7s", "-content",
                    "\(folder)/META-INF/ASiCManifest001.xml", "-CAfile", house.trusted, "-out", "/dev/null",
                ])
            #expect(verified.status == 0, "\(verified.everything)")
            #expect(FileManager.default.fileExists(atPath: "\(house.folder(of: first.submission))/withdrawals/\(name)"))

            try house.drop(Export.file([1]) + "\n", as: "again.csv")
            let again = try await house.report(of: "again.csv")
            #expect(again.bundles == ["\(Export.vin(1))-1-v2.asice"])
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// A crash between record and outbox: the notice appears at the next start; one without record goes.
    @Test func interruptedWithdrawalIsFinished() async throws {
        try await House.run { house in
            try house.drop(Export.file([1, 2]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            #expect(try await house.ecocctl("withdraw", Export.vin(1), "--reason", "Scrapped.").status == 0)
            try await house.end()
            let name = "\(Export.vin(1))-1-v1.withdrawn.asice"
            try FileManager.default.moveItem(atPath: "\(house.outbox)/\(name)", toPath: "\(house.outbox)/.\(name).part")
            try house.write("never recorded", to: "\(house.outbox)/.\(Export.vin(2))-1-v1.withdrawn.asice.part")
            try await house.start()
            #expect(house.bundles() == [Export.bundle(1), name, Export.bundle(2)] && house.leftovers().isEmpty)
        }
    }

    @Test func refusesWhatIsNotHeld() async throws {
        try await House.run { house in
            for command in ["held", "release", "retry"] {
                let nonsense = try await house.ecocctl(command, "nonsense")
                let unknown = try await house.ecocctl(command, "20261123T140512.123Z-k7q2mzr4")
                #expect(nonsense.status == 1 && unknown.status == 1, "\(command)")
            }
        }
    }

    // MARK: Pieces

    /// Drops a file that must be held.
    /// - Returns: the submission's id.
    private func hold(_ house: House, _ text: String, as name: String = "second.csv") async throws -> String {
        try house.drop(text, as: name)
        return try await heldSubmission(house, name)
    }

    private func heldSubmission(_ house: House, _ name: String = "second.csv") async throws -> String {
        try await house.eventually("'\(name)' is held") {
            try house.reports(of: name).count == 1 && house.status().stages["hold"] == 1
        }
        let path = "\(house.spool)/returns/erp/\(house.reports(of: name)[0])"
        let report = try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(filePath: path)))
        #expect(report.outcome == "held" && report.counts.published == 0 && report.records.contains { $0.status == "held" })
        return report.submission
    }

    private func json(_ arguments: [String], _ house: House) async throws -> Data {
        let output = try await Programs.run(Programs.ecocctl, arguments + ["--json", "--config", house.config])
        #expect(output.status == 0, "\(output.everything)")
        return Data(output.text.utf8)
    }
}
