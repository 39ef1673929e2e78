import Foundation
import Glibc
import Testing

/// What shouldn't be dropped is turned away or waits, and a good file beside it is published without delay.
@Suite struct HostileFileTests {
    @Test func tables() async throws { try await check(HostileFile.tables) }

    @Test func structuredFiles() async throws { try await check(HostileFile.structured) }

    @Test func entriesThatAreNoFiles() async throws { try await check(HostileFile.entries) }

    @Test func messages() async throws { try await check(HostileFile.messages) }

    @Test(.enabled(if: SharedMaterial.isPresent, "the official examples aren't beside the project (ECOCD_SHARED)"))
    func signedMessage() async throws {
        let example = try SharedMaterial.example("M1-06-electric")
        try await check([HostileFile("signed.xml", in: "ready", .rejected("FILE-31"), text: example)])
    }

    private func check(_ files: [HostileFile]) async throws {
        try await House.run(HostileFile.sources) { house in
            for (number, file) in files.enumerated() {
                try file.put(house, "\(house.inbox(file.source))/\(file.name)")
                try house.drop(Export.file([number + 1]), as: "good-\(number).csv")
                let good = try await house.report(of: "good-\(number).csv", seconds: 300)
                #expect(good.outcome == "published", "the good file beside \(file.name): \(good.rules)")
                try await expectFate(file, house)
            }
            #expect(house.isRunning)
            #expect(try house.status().incidents.isEmpty)
            #expect(try await house.verifyLedger() == 0)
            #expect(house.bundles() == files.indices.map { Export.bundle($0 + 1) })
        }
    }

    private func expectFate(_ file: HostileFile, _ house: House) async throws {
        switch file.fate {
        case .waits(let words):
            try await house.eventually("status shows that \(file.name) waits", seconds: 120) {
                try house.status().waiting.contains { $0.name == file.name && $0.source == file.source && $0.reason.contains(words) }
            }
        case .rejected(let rule):
            let report = try await house.report(of: file.name, in: file.source, seconds: 300)
            #expect(report.outcome == "rejected" && report.rules.contains(rule), "\(file.name): \(report.outcome) by \(report.rules)")
            #expect(report.bundles.isEmpty)
            for finding in report.findings { #expect(finding.message.hasSuffix(".") && !finding.remedy.isEmpty, "\(finding)") }
            #expect(house.end(of: report.submission) == "rejected")
            #expect(try house.rejections(of: report.submission).contains { $0.contains(rule) }, "\(file.name) in the ledger")
            let kept = "\(house.folder(of: report.submission))/original"
            #expect(try FileManager.default.contentsOfDirectory(atPath: kept).count == 1, "\(file.name) is kept")
            #expect(!FileManager.default.fileExists(atPath: "\(house.inbox(file.source))/\(file.name)"))
        }
    }

    // MARK: Names

    @Test(arguments: [("two\nlines.csv", "FILE-02"), ("right\u{202E}vsc.csv", "FILE-02"), (String(repeating: "n", count: 240), "FILE-03")])
    func nameThatDeceives(name: String, rule: String) async throws {
        try await expectRefusedName(Array(name.utf8), rule)
    }

    @Test func nameThatIsNotUTF8() async throws {
        try await expectRefusedName([0x6D, 0xFC, 0x6C, 0x6C, 0x2E, 0x63, 0x73, 0x76], "FILE-01")
    }

    /// A name that Foundation can't carry: everything is told from the one report of the house.
    private func expectRefusedName(_ name: [UInt8], _ rule: String) async throws {
        try await House.run { house in
            let content = Export.file([1])
            let path = Array("\(house.inbox())/".utf8) + name
            let descriptor = path.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { path in
                open(Array(path + [0]), O_CREAT | O_WRONLY | O_EXCL, 0o644)
            }
            #expect(descriptor >= 0)
            #expect(write(descriptor, content, content.utf8.count) == content.utf8.count)
            close(descriptor)
            try house.drop(Export.file([2]), as: "good.csv")
            #expect(try await house.report(of: "good.csv").outcome == "published")
            let folder = "\(house.spool)/returns/erp"
            try await house.eventually("the refusal is reported") {
                try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".report.json") }.count == 2
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".report.json") }
            let reports = try names.map { try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
            let refused = try #require(reports.first { $0.outcome == "rejected" })
            #expect(refused.rules == [rule])
            #expect(house.original(of: refused.submission) == Array(content.utf8))
            #expect(try house.rejections(of: refused.submission) == [rule])
            #expect(house.bundles() == [Export.bundle(2)])
        }
    }

    // MARK: Waiting

    @Test func fileStillBeingWrittenWaits() async throws {
        try await House.run { house in
            let path = "\(house.inbox())/growing.csv"
            let writer = open(path, O_CREAT | O_WRONLY, 0o644)
            let content = Export.file([1])
            #expect(write(writer, content, content.utf8.count) == content.utf8.count)
            try house.drop(Export.file([2]), as: "good.csv")
            #expect(try await house.report(of: "good.csv").outcome == "published")
            try await house.eventually("status shows that it waits") { try house.status().waiting.contains { $0.name == "growing.csv" } }
            let rest = "\(Export.row(3))\n"
            #expect(write(writer, rest, rest.utf8.count) == rest.utf8.count)
            close(writer)
            let report = try await house.report(of: "growing.csv")
            #expect(report.outcome == "published" && report.records.count == 2)
        }
    }

    @Test func folderWithoutASourceIsShown() async throws {
        try await House.run { house in
            try FileManager.default.createDirectory(atPath: "\(house.spool)/inbox/nobody", withIntermediateDirectories: false)
            try house.write(Export.file([1]), to: "\(house.spool)/inbox/nobody/file.csv")
            try house.drop(Export.file([2]), as: "good.csv")
            #expect(try await house.report(of: "good.csv").outcome == "published")
            #expect(try await house.ecocctl("rescan").status == 0)
            try await house.eventually("status shows the stranger") {
                try house.status().waiting.contains { $0.source == "nobody" && $0.name == "file.csv" }
            }
            #expect(house.bundles() == [Export.bundle(2)])
        }
    }
}
