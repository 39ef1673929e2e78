import Audit
import Foundation
import Testing

/// `ecocctl ledger anchor` with witnesses on this machine, each of another temper.
@Suite(.enabled(if: OutsideServer.isPossible, "needs openssl, python3 and sqlite3")) struct WitnessTests {
    private func withWitness(_ body: (House, _ ask: (String) async throws -> Programs.Output) async throws -> Void) async throws {
        try await House.run { house in
            let folder = "\(house.root)/witness"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: "\(house.state)/ledger.vkey", toPath: "\(folder)/log.vkey")
            let server = try await OutsideServer("test-witness", [folder, "\(house.root)/port"], house: house)
            try house.drop(Export.file([1]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            let plain = try String(contentsOfFile: house.config, encoding: .utf8)
            let key = try String(contentsOfFile: "\(folder)/witness.vkey", encoding: .utf8).split(separator: "\n")[0]
            try await body(house) { who in
                let url = "http://127.0.0.1:\(server.ports[0])/\(who)"
                try house.write("\(plain)\n[[witness]]\nurl = \"\(url)\"\nkey = \"\(key)\"\n", to: house.config)
                // The daemon checks by its own settings.
                let before = reloads(house)
                house.reload()
                try await house.eventually("the daemon has the witness") { reloads(house) > before }
                return try await house.ecocctl("ledger", "anchor", "--force")
            }
            withExtendedLifetime(server) {}
        }
    }

    private func reloads(_ house: House) -> Int { house.logText().components(separatedBy: "The configuration was read again").count }

    private func questions(_ house: House) -> [String] {
        ((try? String(contentsOfFile: "\(house.root)/witness/questions", encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }

    @Test func headIsCosignedAndFollowedUp() async throws {
        try await withWitness { house, ask in
            let first = try await ask("w")
            #expect(first.status == 0 && first.text.hasPrefix("recorded"), "\(first.everything)")
            let size = try #require(try house.reader.anchors().first?.size)
            // More entries: the next question brings a proof from where the witness was, which it checks by itself.
            for number in 2..<5 {
                try house.drop(Export.file([number]), as: "\(number).csv")
                _ = try await house.report(of: "\(number).csv")
            }
            let second = try await ask("w")
            #expect(second.status == 0 && second.text.hasPrefix("recorded"), "\(second.everything)")
            #expect(questions(house) == ["w old 0", "w old \(size)"])
            let anchors = try house.reader.anchors()
            #expect(anchors.map(\.kind) == ["cosignature", "cosignature"] && anchors.allSatisfy { $0.authority == "witness.example/w" })
            let verified = try await house.ecocctl("ledger", "verify", "--require-anchor")
            #expect(verified.status == 0 && verified.text.contains("2 of 2 anchors hold"), "\(verified.everything)")
        }
    }

    @Test func witnessThatKnowsBetterIsAskedOnceMore() async throws {
        try await withWitness { house, ask in
            #expect(try await ask("w").status == 0)
            let seen = try #require(try house.reader.anchors().first?.size)
            // Another witness of the same key has seen nothing.
            let other = try await ask("x")
            #expect(other.status == 0, "\(other.everything)")
            let newest = try #require(try house.reader.anchors().last?.size)
            // The first has seen less than the ledger knows of.
            #expect(try await ask("w").status == 0)
            #expect(questions(house) == ["w old 0", "x old \(seen)", "x old 0", "w old \(newest)", "w old \(seen)"])
            let stubborn = try await ask("stubborn")
            #expect(stubborn.status == 1 && questions(house).filter { $0.hasPrefix("stubborn") }.count == 2, "\(stubborn.everything)")
        }
    }

    @Test func whateverTheWitnessSaysNothingElseIsRecorded() async throws {
        try await withWitness { house, ask in
            for (who, words) in [
                ("unknown", "doesn't know the log 'house.example/ecoc/1'"), ("stranger", "doesn't know the key"),
                ("forked", "doesn't begin with the entries that it has seen"), ("ahead", "it was cut or put back"),
                ("confused", "doesn't understand the question"), ("liar", "without a cosignature of witness.example/w that holds"),
                ("mute", "without a cosignature"), ("past", "seconds from now"),
            ] {
                let done = try await ask(who)
                #expect(done.status == 1 && done.text.hasPrefix("failed") && done.text.contains(words), "\(who): \(done.everything)")
            }
            #expect(try house.reader.anchors().isEmpty)
            #expect(try await house.verifyLedger() == 0)
        }
    }
}
