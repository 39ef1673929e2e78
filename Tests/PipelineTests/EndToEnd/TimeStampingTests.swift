import Audit
import Foundation
import Glibc
import Testing

/// `ecocctl ledger anchor` with a time-stamping authority on this machine: what is good is recorded and verified, and nothing else.
@Suite(.enabled(if: OutsideServer.isPossible, "needs openssl, python3 and sqlite3")) struct TimeStampingTests {
    /// A house with one certificate and an authority; the daemon is ready. `settings` go into `[anchor]`.
    private func withAuthority(_ settings: String = "", _ body: (House, _ url: (String) -> String) async throws -> Void) async throws {
        try await House.empty { house in
            let server = try await Self.authority(house)
            let url = { (fault: String) in "http://127.0.0.1:\(server.ports[0])/\(fault)" }
            try Self.configure(house, url("good"), settings)
            try await house.start()
            try house.drop(Export.file([1]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            try await body(house, url)
            withExtendedLifetime(server) {}
        }
    }

    /// Makes an authority and lets it answer for as long as the result lives.
    static func authority(_ house: House) async throws -> OutsideServer {
        let folder = "\(house.root)/authority"
        let script = "\(Programs.packageRoot)/Tests/scripts/time-stamp-authority"
        let made = try await Programs.run("/usr/bin/python3", [script, "make", folder])
        #expect(made.status == 0, "\(made.everything)")
        return try await OutsideServer("time-stamp-authority", ["serve", folder, "\(house.root)/ports"], house: house)
    }

    static func configure(_ house: House, _ url: String, _ settings: String = "") throws {
        let text = try String(contentsOfFile: house.config, encoding: .utf8)
        let end = text.range(of: "\n[anchor]")?.lowerBound ?? text.endIndex
        let anchor = "\n[anchor]\ntimestamp-url = \"\(url)\"\ntimestamp-trusted = \"\(house.root)/authority/ca.pem\"\n\(settings)"
        try house.write(text[..<end] + anchor, to: house.config)
    }

    private func anchors(_ house: House) throws -> [StoredAnchor] { try house.reader.anchors() }

    @Test func goodTokenIsRecordedAndVerified() async throws {
        try await withAuthority { house, _ in
            let size = try house.reader.size()
            let done = try await house.ecocctl("ledger", "anchor", "--json")
            #expect(done.status == 0 && done.text.contains("\"recorded\""), "\(done.everything)")
            let anchor = try #require(try anchors(house).first)
            #expect(
                anchor.kind == "rfc3161" && anchor.size >= size && anchor.authority == "CN=Stamps tsa,O=Test"
                    && anchor.position >= anchor.size)
            #expect(try house.reader.entries(anchor.position..<anchor.position + 1).first?.record?.kind == "anchored")
            let shown = try #require(try house.status().ledger.anchored)
            #expect(shown.size == anchor.size && shown.authority == anchor.authority && shown.time == anchor.time)
            // Stock tools verify what was kept, as docs/ledger.md says.
            let query =
                "SELECT writefile('token.tst', evidence), writefile('note', note) FROM anchor JOIN checkpoint USING(size) "
                + "WHERE position = \(anchor.position)"
            let taken = try await Programs.run(
                #require(Programs.stock("sqlite3")), ["-readonly", house.ledger, query], in: house.root)
            #expect(taken.status == 0, "\(taken.everything)")
            let stock = try await Programs.run(
                #require(Programs.stock("openssl")),
                ["ts", "-verify", "-token_in", "-in", "token.tst", "-data", "note", "-CAfile", "authority/ca.pem"], in: house.root)
            #expect(stock.status == 0, "\(stock.everything)")
            // Its own entry is no reason for another anchor.
            let again = try await house.ecocctl("ledger", "anchor")
            #expect(again.status == 0 && again.text.contains("nothing-new"), "\(again.everything)")
            #expect(try await house.ecocctl("ledger", "anchor", "--force").status == 0)
            #expect(try anchors(house).count == 2)
            let verified = try await house.ecocctl("ledger", "verify", "--require-anchor")
            #expect(verified.status == 0 && verified.text.contains("2 of 2 anchors hold"), "\(verified.everything)")
            try await house.end()
            #expect(try await house.ecocctl("ledger", "anchor").status == 4)
            #expect(try await house.ecocctl("ledger", "verify", "--require-anchor", "--json").status == 0)
        }
    }

    @Test func whateverIsWrongNothingIsRecorded() async throws {
        try await withAuthority { house, url in
            let faults = [
                ("nonce", "nonce"), ("imprint", "stamps something else"), ("no-usage", "for time-stamps alone"),
                ("not-critical", "for time-stamps alone"), ("more-usages", "for time-stamps alone"),
                ("untrusted", "doesn't lead to a trusted one"),
                ("expired", "isn't valid at"), ("sha1", "SHA-256"), ("rejected", "rejection (not today)"), ("broken", "doesn't verify"),
                ("garbage", "isn't a time-stamp response"), ("large", "more than 65536 bytes"), ("error", "HTTP status 503"),
                ("redirect", "HTTP status 302"), ("hang", "gave no answer"),
            ]
            for (fault, words) in faults {
                try Self.configure(house, url(fault))
                let arguments = fault == "hang" ? ["--timeout", "1"] : []
                let done = try await Programs.run(Programs.ecocctl, ["ledger", "anchor", "--config", house.config] + arguments)
                #expect(done.status == 1 && done.text.hasPrefix("failed"), "\(fault): \(done.everything)")
                #expect(done.text.contains(words), "\(fault): \(done.text)")
            }
            #expect(try anchors(house).isEmpty)
            // Nobody listens; a certificate that nobody trusts; another scheme.
            let ports = try String(contentsOfFile: "\(house.root)/ports", encoding: .utf8).split(separator: "\n")
            for (address, status, words) in [
                ("http://127.0.0.1:1/", 1, "gave no answer"), ("https://127.0.0.1:\(ports[1])/good", 1, "gave no answer: SSL"),
                ("file:///etc/passwd", 2, "https:// or http://"),
            ] {
                try Self.configure(house, address)
                let done = try await house.ecocctl("ledger", "anchor")
                #expect(done.status == status && done.everything.contains(words), "\(address): \(done.everything)")
            }
            #expect(try anchors(house).isEmpty)
            #expect(try await house.verifyLedger() == 2, "the settings name another scheme")
            try Self.configure(house, url("good"))
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// The daemon believes nothing that it can check: a client that doesn't look gets nowhere.
    @Test func daemonChecksAgain() async throws {
        try await withAuthority { house, _ in
            #expect(try await house.ecocctl("ledger", "anchor").status == 0)
            let anchor = try #require(try anchors(house).first)
            let (note, token) = (try #require(anchor.note), anchor.evidence)
            let newer = try house.reader.head()
            for (kind, note, evidence) in [
                ("rfc3161", newer, Data(token)), ("rfc3161", "nonsense", Data(token)), ("rfc3161", note, Data("nonsense".utf8)),
                ("cosignature", note, Data(token)), ("word-of-honour", note, Data(token)), ("rfc3161", note, Data(count: 40_000)),
            ] {
                let question = ["kind": kind, "note": note, "evidence": evidence.base64EncodedString()]
                let answer = try await ask(["command": "record-anchor", "anchor": question], house)
                #expect(answer.contains("\"refused\""), "\(kind): \(answer)")
            }
            #expect(try await ask(["command": "record-anchor"], house).contains("\"refused\""))
            #expect(try anchors(house).count == 1)
            let same = ["kind": "rfc3161", "note": note, "evidence": Data(token).base64EncodedString()]
            #expect(try await ask(["command": "record-anchor", "anchor": same], house).contains("\"done\""))
            #expect(try anchors(house).count == 1)
        }
    }

    private func ask(_ question: [String: Any], _ house: House, as user: [String] = []) async throws -> String {
        let file = "\(house.root)/question"
        try (JSONSerialization.data(withJSONObject: question) + Data("\n".utf8)).write(to: URL(filePath: file))
        let script = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            s.sendall(open(sys.argv[2], 'rb').read())
            print(s.makefile().readline())
            """
        let command = user + ["/usr/bin/python3", "-c", script, house.socket, file]
        let done = try await Programs.run(command[0], Array(command.dropFirst()))
        return done.everything
    }

    static let canBeAnotherUser = geteuid() == 0 && Programs.stock("setpriv") != nil

    @Test(.enabled(if: canBeAnotherUser, "only root can ask as another user")) func onlyTheAnchorGroupMayBringAnchors() async throws {
        try await withAuthority("group = \"nogroup\"\n") { house, _ in
            let question: [String: Any] = ["command": "record-anchor", "anchor": ["kind": "rfc3161", "note": "x", "evidence": "eA=="]]
            let nobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            let daemon = ["/usr/bin/setpriv", "--reuid=1", "--regid=1", "--clear-groups"]
            chmod(house.root, 0o755)
            // The user nobody is of the group by the user database, and gets as far as the check of what he brings.
            for (question, user, outcome) in [
                (question, nobody, "refused"), (question, daemon, "notAllowed"),
                (["command": "accept-restore", "reason": "x"], nobody, "notAllowed"),
            ] {
                let answer = try await ask(question, house, as: user)
                #expect(answer.contains("\"\(outcome)\""), "\(answer)")
            }
        }
    }

    @Test func verificationJudgesAnchors() async throws {
        try await withAuthority { house, _ in
            // Young entries need no anchor yet, unless one is asked for.
            #expect(try await house.ecocctl("ledger", "verify").status == 0)
            let demanded = try await house.ecocctl("ledger", "verify", "--require-anchor")
            #expect(demanded.status == 3 && demanded.text.contains("UNANCHORED"), "\(demanded.everything)")
            #expect(try await house.ecocctl("ledger", "anchor").status == 0)
            try await house.end()
            #expect(try await house.ecocctl("ledger", "verify", "--require-anchor").status == 0)
            // An auditor elsewhere: knows nobody, the right ones, or others.
            let copy = ["ledger", "verify", "--require-anchor", "--database", house.ledger, "--config", "/nowhere.toml"]
            for (options, status, words) in [
                ([], 3, "1 of 1 anchors weren't checked"),
                (["--timestamp-trusted", "\(house.root)/authority/ca.pem"], 0, "1 of 1 anchors hold"),
                (["--timestamp-trusted", "\(house.root)/authority/other.pem"], 3, "by nobody who is trusted here"),
                (["--timestamp-trusted", "/nowhere.pem"], 2, "/nowhere.pem"),
            ] {
                let done = try await Programs.run(Programs.ecocctl, copy + options)
                #expect(done.status == status && done.everything.contains(words), "\(options): \(done.everything)")
            }
            try await expectForgeryFound(house)
        }
    }

    /// Somebody with the ledger's key writes everything anew, the entry that speaks of the anchor as well; the token is of the old head.
    private func expectForgeryFound(_ house: House) async throws {
        let old = try #require(try anchors(house).first)
        let forged = "\(house.root)/forged.db"
        let key = try CheckpointKey.load(from: "\(house.state)/checkpoint.key")
        let ledger = try Ledger(path: forged, origin: "house.example/ecoc/1", key: key)
        try ledger.commit((0..<old.size).map { Event(.started, ["version": "forged", "pid": .number($0)]) })
        let note = try LedgerReader(path: forged).head()
        _ = try ledger.record(
            Anchor(kind: .timestamp, note: note, authority: old.authority, time: .now(), evidence: old.evidence), by: .daemon)
        ledger.close()
        let done = try await house.ecocctl(
            "ledger", "verify", "--database", forged, "--verifier-key", key.verifierKey(origin: "house.example/ecoc/1"))
        #expect(done.status == 1 && done.text.contains("TAMPERED  anchor"), "\(done.everything)")
    }
}
