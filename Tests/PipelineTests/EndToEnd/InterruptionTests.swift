import Audit
import Foundation
import Glibc
import Testing

/// Stops in the middle of a large file, politely and not: every vehicle is published exactly once.
@Suite struct InterruptionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        /// In which the signal comes.
        let stage: String
        let signal: Int32
        /// Vehicles in the file.
        let count: Int

        var testDescription: String { "\(count) vehicles, signal \(signal) in \(stage)" }
    }

    @Test(arguments: [
        Case(stage: "validate", signal: SIGTERM, count: 1000), Case(stage: "sign", signal: SIGTERM, count: 2000),
        Case(stage: "generate", signal: SIGKILL, count: 1000), Case(stage: "publish", signal: SIGKILL, count: 2000),
    ])
    func nothingIsLostOrDoubled(_ interruption: Case) async throws {
        let (signal, count) = (interruption.signal, interruption.count)
        try await House.run { house in
            let (name, vehicles, ending) = try await house.interrupt(in: interruption.stage, with: signal, count: count)
            if signal == SIGTERM {
                #expect(ending.status == 0 && ending.seconds < 10, "it took \(ending.seconds) s and ended with \(ending.status)")
            }
            try await house.start()
            let report = try await house.report(of: name, seconds: 300)
            #expect(report.outcome == "published" && report.counts.published == count && report.counts.records == count)
            #expect(house.bundles() == (1...vehicles.upperBound).map(Export.bundle))
            #expect(house.leftovers().isEmpty)
            try expectEachOnce(count, report, house)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// One event of each kind a certificate; `publishing` may be said again after a crash, `published` never of other bytes.
    private func expectEachOnce(_ count: Int, _ report: Report, _ house: House) throws {
        var seen: [String: Int] = [:]
        for entry in try house.reader.history(submission: report.submission) {
            guard let record = entry.record, let vin = record.text("vin") else { continue }
            if record.kind == "validated" || record.kind == "sealed" { seen["\(record.kind) \(vin)", default: 0] += 1 }
        }
        #expect(seen.count == count * 2 && seen.values.allSatisfy { $0 == 1 })
    }

    /// A collector that takes bundles away at once must never meet one twice.
    @Test func collectedBundleDoesNotComeBack() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...300), as: "file.csv")
            try #require(try await house.end(with: SIGKILL, asSoonAs: { !house.bundles().isEmpty }, unless: { false }) != nil)
            var collected: [String] = []
            for bundle in house.bundles() {
                try FileManager.default.removeItem(atPath: "\(house.outbox)/\(bundle)")
                collected.append(bundle)
            }
            try await house.start()
            _ = try await house.report(of: "file.csv")
            #expect((collected + house.bundles()).sorted() == (1...300).map(Export.bundle))
        }
    }
}
