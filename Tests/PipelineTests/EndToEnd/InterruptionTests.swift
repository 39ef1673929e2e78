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
            let name = try await interrupt(house, interruption)
            try await house.start()
            let report = try await house.report(of: name, seconds: 300)
            #expect(report.outcome == "published" && report.counts.published == count && report.counts.records == count)
            let all = (1...house.bundles().count)
            #expect(all.count.isMultiple(of: count) && house.bundles() == all.map(Export.bundle))
            #expect(house.leftovers().isEmpty)
            try expectEachOnce(count, report, house)
            #expect(try await house.verifyLedger() == 0, "after signal \(signal)")
        }
    }

    /// Drops files until one is met in the middle of the stage.
    /// - Returns: the name of that file.
    private func interrupt(_ house: House, _ interruption: Case) async throws -> String {
        let (stage, signal, count) = (interruption.stage, interruption.signal, interruption.count)
        for attempt in 0..<5 {
            let name = "large-\(attempt).csv"
            try house.drop(Export.file(attempt * count + 1...(attempt + 1) * count), as: name)
            let ending = try await house.end(
                with: signal,
                asSoonAs: { (try? house.status())?.working.contains { $0.stage == stage && $0.done > 0 } ?? false },
                unless: { !house.reports(of: name).isEmpty })
            guard let ending else { continue }
            if signal == SIGTERM {
                #expect(ending.status == 0 && ending.seconds < 10, "it took \(ending.seconds) s and ended with \(ending.status)")
            }
            if house.reports(of: name).isEmpty { return name }
            try await house.start()
        }
        throw Disappointment(what: "five files were done before the signal came")
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
