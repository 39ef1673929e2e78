import Foundation
import Testing

/// A collector who fills `receipts/` with what can't be taken: the daemon works through it turn by turn, and shows life between them.
@Suite struct ReceiptFloodTests {
    /// The watchdog's time here; the unit's is two minutes. One turn over this flood took longer.
    private static let watchdog = 15.0

    @Test func thousandsOfLinksAndStrayFiles() async throws {
        try await House.empty { house in
            try await house.start()
            try await house.end()
            let receipts = "\(house.outbox)/receipts"
            for number in 0..<12_000 { symlink("/etc/hostname", "\(receipts)/\(Export.vin(number % 99))-1-v1.\(number)") }
            for number in 0..<2_000 { try house.write("x", to: "\(receipts)/\(Export.vin(number % 99))-1-v1.file-\(number)") }
            let manager = try ServiceManager(path: "\(house.root)/notify.sock")
            try house.launch(["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "\(Int(Self.watchdog * 1_000_000))"])
            try await house.eventually("it is ready") { manager.heard("READY=1") }
            var (signs, last, longest) = (0, Date(), 0.0)
            try await house.eventually("all is put aside", seconds: 900) {
                let now = manager.assignments.count { $0 == "WATCHDOG=1" }
                if now > signs { (signs, last) = (now, Date()) }
                longest = max(longest, Date().timeIntervalSince(last))
                return try FileManager.default.contentsOfDirectory(atPath: receipts).allSatisfy { $0.hasPrefix(".") }
            }
            #expect(longest < Self.watchdog, "no sign of life for \(longest) seconds")
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(house.spool)/rejected/receipts").count == 14_000)
        }
    }
}
