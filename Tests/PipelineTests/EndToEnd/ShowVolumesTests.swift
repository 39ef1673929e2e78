import Audit
import Foundation
import Testing

/// `ecocctl show VIN` where the answers stand in several volumes.
@Suite struct ShowVolumesTests {
    private typealias JSON = [String: Any]

    private func show(_ house: House, _ number: Int) async throws -> JSON {
        let done = try await house.ecocctl("show", Export.vin(number), "--json", "--html", "\(house.root)/page-\(number).html")
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(done.text.utf8)) as? JSON, "\(done.everything)")
        return try #require(answer["certificate"] as? JSON, "\(done.everything)")
    }

    /// One of its two bundles was collected and answered after its volume was closed.
    private func expectSubmission(_ id: String, _ house: House) async throws {
        func show(_ arguments: String...) async throws -> Any {
            let done = try await Programs.run(Programs.ecocctl, ["show", id, "--json", "--config", house.config] + arguments)
            return try JSONSerialization.jsonObject(with: Data(done.text.utf8))
        }
        let counts = try #require((try await show() as? JSON)?["destinations"] as? [JSON])
        #expect(counts.count == 1 && counts[0]["published"] as? Int == 2 && counts[0]["collected"] as? Int == 1, "\(counts)")
        #expect(counts.first?["answers"] as? [String: Int] == ["accepted": 1])
        let history = try #require(try await show("--history") as? [JSON])
        let later = history.filter { $0["volume"] as? String == "house.example/ecoc/2" }.compactMap { $0["kind"] as? String }
        #expect(later == ["carried", "carried-delivery", "collected", "acknowledged"], "\(history)")
    }

    /// The entry stands in that volume at that place, is of that kind, and says when and by whom.
    private func expect(_ entry: Any?, _ kind: String, in volume: Int, _ house: House) throws {
        let entry = try #require(entry as? JSON, "\(kind)")
        let newest = try house.reader.head().hasPrefix("house.example/ecoc/\(volume)\n")
        #expect(entry["volume"] as? String == (newest ? nil : "house.example/ecoc/\(volume)"), "\(kind): \(entry)")
        let reader = try LedgerReader(path: newest ? house.ledger : "\(house.state)/ledger-\(volume).db")
        let place = try #require(entry["position"] as? Int)
        let record = try #require(try reader.entries(place..<place + 1).first?.record, "\(kind)")
        #expect(record.kind == kind && record.time == entry["at"] as? String && record.actor == entry["by"] as? String, "\(entry)")
    }

    @Test func whatWasInForceIsFoundInOlderVolumes() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            #expect(try await LedgerVolumesTests.roll(house).status == 0)
            try house.drop(Export.file([2]), as: "b.csv")
            _ = try await house.report(of: "b.csv")

            let certificate = try await show(house, 2)
            let reference = try #require(certificate["reference"] as? JSON)
            try expect(reference["activated"], "reference-activated", in: 1, house)
            #expect((reference["name"] as? String)?.hasSuffix(".xml") == true && (reference["approval"] as? String)?.isEmpty == false)
            let checks = try #require(certificate["checks"] as? JSON)
            try expect(checks["validated"], "validated", in: 2, house)
            #expect(checks["program"] as? String == "0.1.0" && (checks["ruleSet"] as? String)?.isEmpty == false)
            let release = try #require(certificate["release"] as? JSON)
            try expect(release["configured"], "configured", in: 1, house)
            let seal = try #require(certificate["seal"] as? JSON)
            try expect(seal["keyUsed"], "key-used", in: 1, house)
            try expect(seal["sealed"], "sealed", in: 2, house)
            let text = try await house.ecocctl("show", Export.vin(2)).text
            let place = try #require((reference["activated"] as? JSON)?["position"] as? Int)
            #expect(text.contains("[\(place) of house.example/ecoc/1]"), "\(text)")
            #expect(try String(contentsOfFile: "\(house.root)/page-2.html", encoding: .utf8).contains("[\(place) of house.example/ecoc/1]"))
        }
    }

    /// A vehicle of the closed volume, whose bundle was collected and answered in the open one: nothing of its story is left out.
    @Test func aVehicleThatWasTakenOverKeepsItsStory() async throws {
        try await House.run { house in
            try house.drop(Export.file([1, 3]), as: "a.csv")
            let report = try await house.report(of: "a.csv")
            #expect(try await LedgerVolumesTests.roll(house).status == 0)
            // Another activation of the same data, in the open volume: it isn't the one that was in force for the vehicle.
            let reference = try #require(try await show(house, 1)["reference"] as? JSON)
            let sha256 = try #require(reference["sha256"] as? String)
            let file = try house.reference(try #require(reference["name"] as? String))
            _ = try await house.dropReference(file + "\n", as: try #require(reference["name"] as? String))
            try FileManager.default.removeItem(atPath: "\(house.outbox)/\(Export.bundle(1))")
            try await house.eventually("it is collected") { try house.reader.deliveries(vin: Export.vin(1)).first?.collected != nil }
            let answer = "\(house.outbox)/receipts/\(Export.bundle(1).replacing("asice", with: "accepted"))"
            try house.write("yes", to: answer)
            try await house.eventually("it is answered") {
                try house.reader.deliveries(vin: Export.vin(1)).first?.acknowledgements.count == 1
            }

            let certificate = try await show(house, 1)
            let origin = try #require(certificate["origin"] as? JSON)
            #expect(origin["submission"] as? String == report.submission && origin["file"] as? String == "a.csv")
            try expect(origin["received"], "received", in: 1, house)
            try expect((certificate["checks"] as? JSON)?["validated"], "validated", in: 1, house)
            try expect((certificate["seal"] as? JSON)?["sealed"], "sealed", in: 1, house)
            let kept = try #require(certificate["reference"] as? JSON)
            #expect(kept["sha256"] as? String == sha256)
            try expect(kept["activated"], "reference-activated", in: 1, house)
            let delivery = try #require((certificate["deliveries"] as? [JSON])?.first)
            try expect(delivery["published"], "published", in: 1, house)
            try expect(delivery["collected"], "collected", in: 2, house)
            try expect((delivery["answers"] as? [JSON])?.first?["acknowledged"], "acknowledged", in: 2, house)
            let kinds = try #require(certificate["entries"] as? [JSON]).compactMap { $0["kind"] as? String }
            #expect(
                kinds == [
                    "validated", "generated", "sealed", "publishing", "published", "carried", "carried-delivery", "collected",
                    "acknowledged",
                ])
            try await expectSubmission(report.submission, house)
            #expect(try await house.verifyLedger() == 0)
        }
    }
}
