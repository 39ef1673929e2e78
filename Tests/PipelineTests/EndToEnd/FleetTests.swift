import Foundation
import Testing

/// One vehicle of each category and powertrain, from a CSV row and its reference record to the sealed message.
@Suite struct FleetTests {
    private static let fleet = "\(Programs.packageRoot)/Samples/fleet"

    @Test func everyKindOfVehicleIsSealed() async throws {
        try await House.empty { house in
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(Self.fleet)/reference") {
                try FileManager.default.copyItem(atPath: "\(Self.fleet)/reference/\(name)", toPath: "\(house.spool)/reference/\(name)")
            }
            try await house.start()
            try house.drop(Array(try Data(contentsOf: URL(filePath: "\(Self.fleet)/vehicles.csv"))), as: "fleet.csv")
            let report = try await house.report(of: "fleet.csv")
            #expect(report.outcome == "published" && report.rules.isEmpty, "\(report.records.flatMap(\.findings).map(\.message))")
            #expect(report.counts.published == 60 && house.bundles().count == 60)
            // The completed vehicles are stage 2 of the VINs of the incomplete ones.
            #expect(house.bundles().count { $0.contains("-2-v1") } == 2)
            try await Self.judge(report, house)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// Every bundle by `ecocctl`; the messages by the official schema and by xmlsec1, where they are here.
    private static func judge(_ report: Report, _ house: House) async throws {
        var messages: [String] = []
        for record in report.records {
            let (vin, bundle) = (try #require(record.vin), try #require(record.bundle))
            let verified = try await house.ecocctl("verify", "\(house.outbox)/\(bundle)")
            #expect(verified.status == 0, "\(bundle): \(verified.everything)")
            if Programs.haveStockTools { messages.append("\(try await house.unpack(bundle))/\(vin).xml") }
        }
        guard SharedMaterial.isPresent, let xmllint = Programs.stock("xmllint"), let xmlsec = Programs.stock("xmlsec1") else { return }
        let valid = try await Programs.run(xmllint, ["--noout", "--nonet", "--schema", SharedMaterial.schema] + messages)
        #expect(messages.count == 60 && valid.status == 0, "\(valid.everything)")
        for message in messages {
            let signed = try await Programs.run(
                xmlsec, ["--verify", "--trusted-pem", house.trusted, "--enabled-key-data", "x509", message])
            #expect(signed.status == 0, "\(message): \(signed.everything)")
        }
    }
}
