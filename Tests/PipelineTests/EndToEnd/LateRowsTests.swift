import Foundation
import Glibc
import TestSupport
import Testing

/// A writer that pauses for longer than the settle time, where no lease tells of it.
@Suite struct LateRowsTests {
    private static func settings(_ inbox: String) -> String {
        "format = \"csv\"\nsettle-seconds = 1\nlinger-seconds = 6\nnetwork = true\ninbox = \"\(inbox)\"\ndestinations = [\"nap\"]\n"
    }

    @Test(.enabled(if: FuseMount.obstacle == nil, "a FUSE mount can't be made here")) func rowsThatComeLateAreToldAndKept() async throws {
        try await House.empty(rescanSeconds: 1) { house in
            let (behind, seen) = ("\(house.root)/behind", "\(house.root)/seen")
            for folder in [behind, seen] { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false) }
            try house.configure("erp", Self.settings(seen))
            try await FuseMount.run(behind, at: seen) {
                #expect(try await house.ecocctl("check").text.contains("note:") == false)
                try house.configure("erp", Self.settings(seen).replacing("network = true\n", with: ""))
                let check = try await house.ecocctl("check")
                #expect(check.status == 0 && check.text.contains("is a FUSE mount"), "\(check.everything)")
                try await house.start()
                try await house.eventually("status says so") {
                    try house.status().sources.first?.notes?.first?.contains("set network = true") == true
                }
                try await house.end()
                try house.configure("erp", Self.settings(seen))
                try await house.start()
                #expect(FileManager.default.createFile(atPath: "\(behind)/a.csv", contents: nil))
                let writer = try #require(FileHandle(forWritingAtPath: "\(behind)/a.csv"))
                let (early, late) = (Export.file([1, 2, 3]), [4, 5, 6].map { "\(Export.row($0))\n" }.joined())
                try writer.write(contentsOf: Data(early.utf8))
                #expect(try await house.report(of: "a.csv").outcome == "published")
                try writer.write(contentsOf: Data(late.utf8))
                try writer.close()
                let report = try await house.report(of: "a.csv", number: 2)
                #expect(report.outcome == "rejected" && report.rules == ["FILE-13"])
                #expect(house.original(of: report.submission) == Array((early + late).utf8))
                let incidents = try house.status().incidents
                #expect(incidents.count == 1 && incidents.first?.what.contains("'a.csv' of source 'erp' was written to") == true)
                try await house.eventually("nothing is left in the inbox") {
                    try FileManager.default.contentsOfDirectory(atPath: behind).isEmpty
                }
                // Delivered again as the report asks, the rest is published.
                #expect(try await house.ecocctl("doctor", "--acknowledge").status == 0)
                try (early + late + "\n").write(toFile: "\(behind)/again.csv", atomically: true, encoding: .utf8)
                #expect(try await house.report(of: "again.csv").outcome == "partly-published")
                #expect(house.bundles() == (1...6).map(Export.bundle))
                #expect(try await house.verifyLedger() == 0)
                try await house.end()
            }
        }
    }
}
