import Audit
import Foundation
import Glibc
import Hashing
import Testing

/// Reference data from the inbox to the vehicles that get it (docs/reference-data.md).
@Suite struct ReferenceTests {
    /// One line of `reference list --json`.
    private struct Line: Decodable {
        var id, sha256, state, file, submission, version: String
        var validFrom, validTo: String?
    }

    /// A house without reference data, where a person activates.
    private func run(_ body: (House) async throws -> Void) async throws {
        try await House.empty { house in
            let settings = try String(contentsOfFile: house.config, encoding: .utf8)
            try house.write(settings.replacing("activation = \"auto\"", with: "activation = \"person\""), to: house.config)
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(house.spool)/reference") {
                try FileManager.default.removeItem(atPath: "\(house.spool)/reference/\(name)")
            }
            try await house.start()
            try await body(house)
        }
    }

    private func list(_ house: House, _ more: String...) async throws -> [Line] {
        let output = try await Programs.run(
            Programs.ecocctl, ["reference", "list", "--json", "--config", house.config] + more)
        #expect(output.status == 0, "\(output.everything)")
        return try JSONDecoder().decode([Line].self, from: Data(output.text.utf8))
    }

    private func records(_ house: House, _ kind: String) throws -> [Record] {
        try house.reader.entries(0..<house.reader.size()).compactMap(\.record).filter { $0.kind == kind }
    }

    private func message(_ house: House, _ number: Int) async throws -> String {
        try await String(contentsOfFile: house.unpack(Export.bundle(number)) + "/\(Export.vin(number)).xml", encoding: .utf8)
    }

    // MARK: The way in

    @Test func waitsUntilAPersonActivatesIt() async throws {
        try await run { house in
            let file = try house.reference("haul-trailer.xml")
            let report = try await house.dropReference(file, as: "haul-trailer.xml")
            #expect(report.outcome == "stored" && report.rules == ["REF-06"] && house.end(of: report.submission) == "archive")
            let line = try #require(try await list(house).first)
            #expect(
                line.sha256 == SHA256.hexadecimal(of: Array(file.utf8)) && line.state == "received" && line.submission == report.submission)
            #expect(try Data(contentsOf: URL(filePath: "\(house.state)/reference/\(line.sha256).xml")) == Data(file.utf8))

            try house.drop(Export.file([1]), as: "early.csv")
            let early = try await house.report(of: "early.csv")
            #expect(early.records[0].rules == ["REF-01"] && early.records[0].findings[0].message.contains("\(line.id) was received for it"))

            #expect(try await house.ecocctl("reference", "activate", "ffffffffffff").status == 1)
            #expect(try await house.ecocctl("reference", "activate", line.id, "--valid-from", "yesterday").status == 1)
            let activated = try await house.ecocctl(
                "reference", "activate", String(line.id.prefix(6)), "--reason", "Checked against the certificate.")
            #expect(activated.status == 0, "\(activated.everything)")
            #expect(try await house.ecocctl("reference", "activate", line.id).status == 1)
            try house.drop(Export.file([1]), as: "early.csv")
            #expect(try await house.report(of: "early.csv", number: 2).outcome == "published")

            // A restart tells nothing anew.
            try await house.end()
            try await house.start()
            #expect(try house.status().reference == .init(inForce: 1, received: 0))
            try house.drop(Export.file([2]), as: "later.csv")
            #expect(try await house.report(of: "later.csv").outcome == "published")
            let activations = try records(house, "reference-activated")
            #expect(activations.count == 1 && activations[0].actor.hasPrefix("\(getuid()):"))
            #expect(activations[0].text("reason") == "Checked against the certificate.")
            #expect(try records(house, "validated").map { $0.text("reference-sha256") } == [line.sha256, line.sha256])
            #expect(try await house.verifyLedger() == 0)

            let shown = try await house.ecocctl("reference", "show", line.id)
            #expect(shown.status == 0 && shown.text.contains("reference-activated") && shown.text.contains("T5K18(2)"))
            #expect(try await house.ecocctl("reference", "show", line.id, "--xml").text == file)
            #expect(try await house.ecocctl("reference", "show", "nothing").status == 1)
        }
    }

    /// What is in force stays so when the ledger goes on in another volume.
    @Test func aClosedVolumeIsStillAsked() async throws {
        try await House.run { house in
            let before = try await list(house).map(\.sha256)
            let rolled = try await LedgerVolumesTests.roll(house)
            #expect(rolled.status == 0, "\(rolled.everything)")
            try await house.end()
            try await house.start()
            #expect(try await list(house).map(\.sha256) == before && before.count >= 6)
            try house.drop(Export.file([1]), as: "after.csv")
            #expect(try await house.report(of: "after.csv").outcome == "published")
            #expect(try await house.ecocctl("reference", "retire", before[0], "--reason", "Ended.").status == 0)
            #expect(try await list(house).count == before.count - 1)
        }
    }

    @Test func retiredDataIsForNoVehicle() async throws {
        try await run { house in
            _ = try await house.dropReference(house.reference("haul-trailer.xml"), as: "haul-trailer.xml")
            let id = try #require(try await list(house).first?.id)
            #expect(try await house.ecocctl("reference", "activate", id).status == 0)
            #expect(try await house.ecocctl("reference", "retire", id).status == 2)
            #expect(try await house.ecocctl("reference", "retire", id, "--reason", "Wrong tyres.").status == 0)
            #expect(try await list(house).isEmpty)
            #expect(try await list(house, "--all").map(\.state) == ["retired"])
            try house.drop(Export.file([1]), as: "late.csv")
            #expect(try await house.report(of: "late.csv").records[0].rules == ["REF-01"])
            // It comes back when somebody says so; dropping it again isn't enough.
            let again = try await house.dropReference(house.reference("haul-trailer.xml"), as: "again.xml")
            #expect(again.outcome == "duplicate" && again.findings[0].message.contains("it is retired"))
            #expect(try await house.ecocctl("reference", "activate", id).status == 0)
            #expect(try await list(house).map(\.state) == ["active"])
        }
    }

    /// Vehicles made before and after get the right one, whichever is dropped first.
    @Test func theDayOfManufactureDecides() async throws {
        try await run { house in
            let file = try house.reference("haul-trailer.xml")
            let later = file.replacing("Aurora Mobility GmbH", with: "Aurora Mobility SE")
            #expect(later != file)
            _ = try await house.dropReference(file, as: "first.xml")
            let first = try #require(try await list(house).first?.id)
            #expect(try await house.ecocctl("reference", "activate", first).status == 0)
            _ = try await house.dropReference(later, as: "second.xml")
            let second = try #require(try await list(house).first { $0.state == "received" }?.id)

            let overlapping = try await house.ecocctl("reference", "activate", second)
            #expect(overlapping.status == 1 && overlapping.errors.contains("\(first) is in force for all vehicles"))
            #expect(try await house.ecocctl("reference", "activate", second, "--valid-from", "2026-08-28").status == 0)
            let lines = try await list(house)
            #expect(lines.map(\.state) == ["superseded", "active"] && lines.map(\.validFrom) == [nil, "2026-08-28"])
            #expect(lines.map(\.validTo) == ["2026-08-27", nil])

            try house.drop(
                Export.file([Export.row(1).replacing("2026-08-28", with: "2026-08-27"), Export.row(2)]), as: "both.csv")
            #expect(try await house.report(of: "both.csv").outcome == "published")
            let (before, after) = (try await message(house, 1), try await message(house, 2))
            #expect(before.contains("Aurora Mobility GmbH") && !before.contains("Aurora Mobility SE"))
            #expect(after.contains("Aurora Mobility SE") && !after.contains("Aurora Mobility GmbH"))
            #expect(try records(house, "validated").map { String(($0.text("reference-sha256") ?? "").prefix(12)) } == [first, second])

            let difference = try await house.ecocctl("reference", "diff", first, second, "--json")
            #expect(
                difference.status == 1 && difference.text.contains("ManufacturerName") && difference.text.contains("Aurora Mobility SE"))
            #expect(try await house.ecocctl("reference", "diff", first, first).status == 0)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    // MARK: Sheets

    private func sample() throws -> String {
        try String(contentsOfFile: "\(Programs.packageRoot)/Samples/reference/lumen-electric-heat-pump.csv", encoding: .utf8)
    }

    @Test func sheetBringsItsVersions() async throws {
        try await run { house in
            let report = try await house.dropReference(sample(), as: "lumen.csv")
            #expect(report.outcome == "stored" && report.findings.map(\.column) == ["extension 02", "extension 03"], "\(report)")
            let lines = try await list(house)
            #expect(lines.map(\.file) == ["lumen.csv, extension 02", "lumen.csv, extension 03"])
            #expect(lines.map(\.validFrom) == [nil, "2026-09-01"] && lines.allSatisfy { $0.state == "received" })
            let activated = try await house.ecocctl("reference", "activate", lines[0].id, lines[1].id)
            #expect(activated.status == 0 && activated.text.contains("vehicles made from 2026-09-01 on"), "\(activated.everything)")
            #expect(try await house.dropReference(sample() + "\r\n", as: "again.csv").outcome == "duplicate")
            #expect(try house.status().reference == .init(inForce: 2, received: 0))
        }
    }

    @Test func wrongSheetIsRejectedWithItsPlaces() async throws {
        try await run { house in
            let lines = try sample().split(separator: "\r\n").map(String.init)
            let category = try #require(lines.firstIndex { $0.hasPrefix("VehicleCategory;") })
            var wrong = lines
            wrong[category] = "VehicleCategory;0.4;M1;M9"
            wrong.append("VehicleIdentificationNumber;;WZAAE1S2ZTB000001;")
            let text = wrong.joined(separator: "\r\n") + "\r\n"
            let report = try await house.dropReference(text, as: "lumen.csv")
            #expect(report.outcome == "rejected" && report.rules.sorted() == ["CAT-01", "REF-03"])
            let value = try #require(report.findings.first { $0.rule == "CAT-01" })
            #expect(value.row == category + 1 && value.column == "extension 03" && value.value == "M9")
            let vin = try #require(report.findings.first { $0.rule == "REF-03" })
            #expect(vin.row == wrong.count && vin.column == "extension 02")
            #expect(try await list(house, "--all").isEmpty)
            #expect(house.original(of: report.submission) == Array(text.utf8))
            #expect(try house.rejections(of: report.submission).count == 1)
        }
    }

    // MARK: What must not disturb it

    /// Whatever comes, it is answered and kept, and a good file beside it is stored.
    @Test func hostileFilesAreTurnedAway() async throws {
        try await run { house in
            let inbox = "\(house.spool)/reference"
            let good = try house.reference("haul-trailer.xml")
            let files: [(name: String, text: String, rule: String)] = [
                ("book.xlsx", "PK\u{3}\u{4}", "REF-03"), ("empty-row.csv", "Type;Variant\n", "FILE-24"),
                ("other.xml", "<other></other><InitialVehicleInformation></InitialVehicleInformation>", "XML-05"),
                ("bomb.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]>" + good.drop { $0 != "\n" }, "XML-02"),
                ("wide.csv", "Type" + String(repeating: ";", count: 5000) + "\n", "FILE-33"),
                (
                    "vin.xml",
                    good.replacing("<Type>", with: "<VehicleIdentificationNumber>WZAAT5K1ZTB000001</VehicleIdentificationNumber><Type>"),
                    "REF-03"
                ),
                (
                    "days.xml",
                    good.replacing(
                        "?>\n<Initial", with: "?>\n<?ecocd-reference valid-from=\"2026-09-02\" valid-to=\"2026-09-01\"?>\n<Initial"),
                    "REF-05"
                ),
            ]
            for file in files {
                let report = try await house.dropReference(file.text, as: file.name)
                #expect(report.outcome == "rejected" && report.rules.contains(file.rule), "\(file.name): \(report.rules)")
                #expect(house.original(of: report.submission) == Array(file.text.utf8), "\(file.name)")
            }
            try FileManager.default.createSymbolicLink(atPath: "\(inbox)/link.xml", withDestinationPath: "/etc/passwd")
            try FileManager.default.createDirectory(atPath: "\(inbox)/folder.xml", withIntermediateDirectories: false)
            mkfifo("\(inbox)/pipe.xml", 0o644)
            for (name, rule) in [("link.xml", "FILE-04"), ("folder.xml", "FILE-05"), ("pipe.xml", "FILE-06")] {
                #expect(try await house.report(of: name, in: "reference").rules == [rule])
            }
            // Half a file stays, until it is whole.
            try house.write(String(good.prefix(2000)), to: "\(inbox)/half.xml")
            try await house.eventually("the half file waits") { try house.status().waiting.contains { $0.name == "half.xml" } }
            #expect(try await house.dropReference(good, as: "good.xml").outcome == "stored")
            let status = try house.status()
            #expect(status.incidents.isEmpty && status.reference.received == 1)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// Killed around the moment in which the ledger hears of it: stored once, recorded once.
    @Test func aStopOnTheWayChangesNothing() async throws {
        try await run { house in
            let good = try house.reference("haul-trailer.xml")
            for attempt in 0..<4 {
                let name = "data-\(attempt).xml"
                let text = good.replacing("T5K18(2)", with: "T5K18(\(attempt))")
                try house.write(text, to: "\(house.spool)/reference/\(name)")
                let digest = SHA256.hexadecimal(of: Array(text.utf8))
                let moments: [@Sendable () -> Bool] = [
                    { !FileManager.default.fileExists(atPath: "\(house.spool)/reference/\(name)") },
                    { FileManager.default.fileExists(atPath: "\(house.state)/reference/\(digest).xml") },
                    { !house.reports(of: name, in: "reference").isEmpty },
                    { ((try? FileManager.default.contentsOfDirectory(atPath: "\(house.spool)/archive").count) ?? 0) > attempt },
                ]
                _ = try await house.end(with: SIGKILL, asSoonAs: moments[attempt], unless: { false })
                try await house.start()
                try await house.eventually("\(name) is on record") {
                    try LedgerHistory(path: house.ledger).referenceVersions().contains { $0.sha256 == digest } && house.status().idle
                }
                #expect(try await house.report(of: name, in: "reference").outcome == "stored")
            }
            #expect(try records(house, "reference-received").count == 4)
            let ids = try await list(house).map(\.id)
            for (number, id) in ids.enumerated() {
                #expect(try await house.ecocctl("reference", "activate", id).status == 0, "\(number)")
            }
            #expect(try house.status().reference == .init(inForce: 4, received: 0))
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// A version in force whose file is gone would turn good vehicles away: somebody must look first.
    @Test func missingFileIsAnIncident() async throws {
        try await House.run { house in
            let version = try #require(try LedgerHistory(path: house.ledger).referenceVersions().first { $0.version == "T5K18(2)" })
            try await house.end()
            let path = "\(house.state)/reference/\(version.sha256).xml"
            try FileManager.default.moveItem(atPath: path, toPath: "\(house.root)/kept.xml")
            try house.launch()
            try await house.eventually("the incident is shown") { (try? house.status())?.incidents.isEmpty == false }
            let status = try house.status()
            #expect(!status.ready && status.incidents[0].what.contains(version.id))
            #expect(try await house.ecocctl("reference", "retire", version.id, "--reason", "Gone.").status == 1)
            try await house.end()
            try FileManager.default.moveItem(atPath: "\(house.root)/kept.xml", toPath: path)
            try await house.start()
            try house.drop(Export.file([1]), as: "one.csv")
            #expect(try await house.report(of: "one.csv").outcome == "published")
        }
    }

    // MARK: Out of a certificate

    /// The imported reference data and row make the same certificate again: the ledger knows its content.
    @Test func importedDataMakesTheSameCertificate() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            let (xml, row) = ("\(house.root)/imported.xml", "\(house.root)/row.csv")
            let imported = try await house.ecocctl(
                "reference", "import", Export.vin(1), "--output", xml, "--row", row, "--vehicle", "CommercialName", "--valid-from",
                "2026-08-01")
            #expect(imported.status == 0 && imported.text.contains("ActualMass"), "\(imported.everything)")
            let text = try String(contentsOfFile: xml, encoding: .utf8)
            #expect(!text.contains(Export.vin(1)) && !text.contains("<ActualMass>") && text.contains("valid-from=\"2026-08-01\""))
            #expect(
                try await house.ecocctl("reference", "import", "\(house.outbox)/\(Export.bundle(1))").text.contains("<TypeApprovalNumber>"))

            let taken = try await house.dropReference(text, as: "imported.xml")
            #expect(taken.outcome == "stored" && taken.findings[0].message.contains("in force for vehicles made from 2026-08-01 on"))
            try house.drop(String(contentsOfFile: row, encoding: .utf8), as: "row.csv")
            let again = try await house.report(of: "row.csv")
            #expect(again.records.map(\.status) == ["duplicate"] && again.records[0].rules == ["ID-02"], "\(again.records)")

            #expect(try await house.ecocctl("reference", "import", Export.vin(9)).status == 1)
            #expect(try await house.ecocctl("reference", "import", "nothing").status == 2)
            #expect(try await house.ecocctl("reference", "import", Export.vin(1), "--vehicle", "Nothing").status == 2)
        }
    }

    @Test func importMayHandItsDataIn() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            let before = try LedgerHistory(path: house.ledger).referenceVersions().count
            #expect(try await house.ecocctl("reference", "import", Export.vin(1), "--drop").status == 0)
            try await house.eventually("the imported data is on record") {
                try LedgerHistory(path: house.ledger).referenceVersions().count == before + 1
            }
        }
    }

    /// Without the daemon, reading goes on and deciding says that it isn't reachable.
    @Test func readsWithoutTheDaemon() async throws {
        try await House.run { house in
            let id = try #require(try await list(house).first?.id)
            try await house.end()
            #expect(try await house.ecocctl("reference", "show", id).status == 0)
            #expect(try await house.ecocctl("reference", "retire", id, "--reason", "x").status == 4)
        }
    }
}
