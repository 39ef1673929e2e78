import Control
import Foundation
import Linux
import Testing

/// The control socket: who may ask what, and what nonsense does to it.
@Suite struct ControlTests {
    private func serve(_ body: (String) async throws -> Void) async throws {
        let socket = "/tmp/ecocd-control-\(UUID().uuidString.prefix(8)).sock"
        let server = try ControlServer(path: socket, groups: .init()) { request, peer in
            ControlAnswer(.done, message: "\(request.command.rawValue) \(peer.isAdministrator)")
        }
        try server.start { Issue.record("\($0)") }
        defer {
            server.stop()
            #expect(!FileManager.default.fileExists(atPath: socket))
        }
        try await body(socket)
    }

    private func expectAlive(_ socket: String) throws {
        #expect(try ControlClient.ask(ControlRequest(.rescan), at: socket).message == "rescan true")
    }

    @Test func ownUserIsAnAdministrator() async throws {
        try await serve { socket in
            for command in ControlRequest.Command.allCases {
                let message = try ControlClient.ask(ControlRequest(command), at: socket).message
                #expect(message == "\(command.rawValue) true")
            }
        }
    }

    @Test func unknownCommandIsRefused() async throws {
        try await serve { socket in
            for question in [#"{"command":"format-disk"}"#, "{}", "nonsense", "", #"{"command":7}"#] {
                let connection = try UnixConnection(connectingTo: socket)
                try connection.send(line: Array(question.utf8), milliseconds: 1000)
                let line = try #require(try connection.receiveLine(limit: 4096, milliseconds: 2000))
                #expect(try JSONDecoder().decode(ControlAnswer.self, from: Data(line)).outcome == .refused, "\(question)")
            }
            try expectAlive(socket)
        }
    }

    @Test func overlongLineIsCutOff() async throws {
        try await serve { socket in
            let connection = try UnixConnection(connectingTo: socket)
            // The server may close before all of it is sent.
            try? connection.send(line: Array(repeating: UInt8(ascii: " "), count: 1 << 20), milliseconds: 1000)
            let answer = try? connection.receiveLine(limit: 4096, milliseconds: 2000)
            #expect((answer ?? nil) == nil)
            try expectAlive(socket)
        }
    }

    @Test func whoSaysNothingHoldsNobodyUp() async throws {
        try await serve { socket in
            let silent = try UnixConnection(connectingTo: socket)
            // Closed at once.
            _ = try UnixConnection(connectingTo: socket)
            try expectAlive(socket)
            // It is cut off in its time, and until then nobody waits for it.
            #expect(try silent.receiveLine(limit: 10, milliseconds: 60_000) == nil)
        }
    }

    @Test func nobodyListens() {
        let failure = #expect(throws: ControlFailure.self) { try ControlClient.ask(ControlRequest(.status), at: "/tmp/ecocd-nobody.sock") }
        #expect(failure?.description.contains("/tmp/ecocd-nobody.sock") == true)
    }

    static let canBeAnotherUser = geteuid() == 0 && Programs.stock("setpriv") != nil && Programs.stock("python3") != nil

    @Test(.enabled(if: canBeAnotherUser, "only root can ask as another user"))
    func otherUsersMayLookButNotOrder() async throws {
        try await House.run { house in
            for (command, outcome) in [
                ("status", "done"), ("rescan", "notAllowed"), ("retry", "notAllowed"), ("acknowledge", "notAllowed"),
                ("activate-reference", "notAllowed"), ("retire-reference", "notAllowed"), ("backup-state", "notAllowed"),
            ] {
                let answer = try await Self.ask(command, house)
                #expect(answer.contains("\"outcome\":\"\(outcome)\""), "\(command): \(answer)")
            }
        }
    }

    /// Asks as the user 65534, with stock tools.
    static func ask(_ command: String, _ house: House) async throws -> String {
        let script = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            s.sendall(b'{"command":"%s"}\\n' % sys.argv[2].encode())
            print(s.makefile().readline())
            """
        let done = try await Programs.run(
            "/usr/bin/setpriv",
            ["--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", "-c", script, house.socket, command])
        #expect(done.status == 0, "\(done.everything)")
        return done.text
    }
}
