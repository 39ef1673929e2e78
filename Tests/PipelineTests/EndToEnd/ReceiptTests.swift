import Audit
import Foundation
import Glibc
import Hashing
import Testing

/// What authorities put into `receipts`, through the real programs.
@Suite struct ReceiptTests {
    private static func name(_ number: Int, _ ending: String) -> String { Export.bundle(number).replacing(".asice", with: ".\(ending)") }

    private static func put(_ text: String, as name: String, _ house: House) throws {
        let receipts = "\(house.outbox)/receipts"
        try house.write(text, to: "\(receipts)/.on-its-way")
        try FileManager.default.moveItem(atPath: "\(receipts)/.on-its-way", toPath: "\(receipts)/\(name)")
    }

    private static func left(_ house: House) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(house.outbox)/receipts").filter { $0 != ".ecocd-outbox" }.sorted()
    }

    private func answers(_ house: House, _ number: Int) throws -> [Record] {
        try house.reader.history(vin: Export.vin(number)).compactMap(\.record).filter { $0.kind == "acknowledged" }
    }

    @Test func areKeptAndRecorded() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...3), as: "file.csv")
            let report = try await house.report(of: "file.csv")
            let said =
                "{\"bundle\": \"\(Export.bundle(1))\", \"outcome\": \"accepted\", \"reference\": \"KBA 7\", \"message\": \"fine\", \"more\": [1]}"
            try Self.put(said, as: Self.name(1, "json"), house)
            try Self.put("<no/>", as: Self.name(2, "7.rejected"), house)
            try Self.put("<ack/>", as: Self.name(3, "ack.xml"), house)
            try await house.eventually("all three are on record") { try (1...3).allSatisfy { try answers(house, $0).count == 1 } }
            try await house.eventually("all three are gone from the outbox") { try Self.left(house).isEmpty }
            #expect(try (1...3).map { try answers(house, $0).first?.text("outcome") } == ["accepted", "rejected", "unknown"])
            let answer = try #require(try answers(house, 1).first)
            #expect(answer.text("reference") == "KBA 7" && answer.text("message") == "fine" && answer.submission == report.submission)
            for (number, text) in [(1, said), (2, "<no/>"), (3, "<ack/>")] {
                let record = try #require(try answers(house, number).first)
                let kept = "\(house.folder(of: report.submission))/\(record.text("file") ?? "")"
                #expect(try String(contentsOfFile: kept, encoding: .utf8) == text)
                #expect(record.text("sha256") == SHA256.hexadecimal(of: Array(text.utf8)))
                #expect(try FileManager.default.attributesOfItem(atPath: kept)[.posixPermissions] as? Int == 0o440)
            }
            // The same again, and another word on it.
            try Self.put(said, as: Self.name(1, "again.json"), house)
            try Self.put("late", as: Self.name(1, "rejected"), house)
            try await house.eventually("the later word is on record") { try answers(house, 1).count == 2 }
            try await house.eventually("nothing is left") { try Self.left(house).isEmpty }
            #expect(try answers(house, 1).map { $0.text("outcome") } == ["accepted", "rejected"])
            #expect(try await house.verifyLedger() == 0)
        }
    }

    private static let hostile: [(name: String, rule: String, put: @Sendable (House, String) throws -> Void)] = [
        ("link.json", "FILE-04", { try FileManager.default.createSymbolicLink(atPath: $1, withDestinationPath: "/etc/passwd") }),
        (name(1, "folder"), "FILE-05", { try FileManager.default.createDirectory(atPath: $1, withIntermediateDirectories: false) }),
        (name(1, "pipe"), "FILE-06", { _, path in guard mkfifo(path, 0o644) == 0 else { throw Disappointment(what: "no pipe") } }),
        (
            name(1, "hard"), "FILE-07",
            { house, path in
                try house.write("secret", to: "\(house.root)/other-name")
                try FileManager.default.linkItem(atPath: "\(house.root)/other-name", toPath: path)
            }
        ), (name(1, "huge"), "FILE-08", { try Data(count: 2 << 20).write(to: URL(filePath: $1)) }),
        ("two\nlines.json", "FILE-02", { try $0.write("x", to: $1) }), ("answer.json", "RCPT-01", { try $0.write("x", to: $1) }),
        (name(9, "json"), "RCPT-02", { try $0.write("x", to: $1) }),
        (
            name(1, "other"), "RCPT-03", { try $0.write("{\"bundle\": \"\(Export.bundle(2))\", \"outcome\": \"accepted\"}", to: $1) }
        ), (name(1, "odd"), "RCPT-04", { try $0.write("{\"bundle\": \"\(Export.bundle(1))\", \"outcome\": \"perhaps\"}", to: $1) }),
    ]

    @Test func hostileOnesArePutAside() async throws {
        try await House.run { house in
            try house.drop(Export.file([1, 2]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            for file in Self.hostile { try file.put(house, "\(house.outbox)/receipts/\(file.name)") }
            try house.write("x", to: "\(house.outbox)/receipts/\(Self.name(1, "json.part"))")
            try await house.eventually("all of them are put aside") { try Self.left(house) == [Self.name(1, "json.part")] }
            let aside = "\(house.spool)/rejected/receipts"
            var refusals: [String: String] = [:]
            for id in try FileManager.default.contentsOfDirectory(atPath: aside) {
                let refusal = try FlatObject(reading: Array(Data(contentsOf: URL(filePath: "\(aside)/\(id)/refusal.json"))))
                guard case .text(let rule)? = refusal.fields["rule"] else { continue }
                let names = try FileManager.default.contentsOfDirectory(atPath: "\(aside)/\(id)/original")
                #expect(names.count == 1)
                refusals[names.first ?? ""] = rule
            }
            #expect(refusals == Dictionary(uniqueKeysWithValues: Self.hostile.map { ($0.name, $0.rule) }))
            #expect(try answers(house, 1).isEmpty && answers(house, 2).isEmpty)
            #expect(house.isRunning)
            #expect(try house.status().waiting.contains { $0.source == "nap/receipts" && $0.name == Self.name(1, "json.part") })
            for file in Self.hostile.filter({ $0.rule.hasPrefix("RCPT") }) {
                #expect(house.logText().contains(file.rule))
                let explained = try await house.ecocctl("rules", "explain", file.rule)
                #expect(explained.status == 0 && explained.text.contains("an authority's receipts"), "\(explained.everything)")
            }
            try Self.put("yes", as: Self.name(1, "accepted"), house)
            try await house.eventually("a good one is taken all the same") { try answers(house, 1).count == 1 }
            #expect(try await house.verifyLedger() == 0)
        }
    }
}
