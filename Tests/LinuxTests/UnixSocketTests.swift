import TestSupport
import Glibc
import Linux
import Testing

@Suite struct UnixSocketTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Both ends of a conversation.
    private func pair() throws -> (client: UnixConnection, server: UnixConnection) {
        let listener = try UnixListener(path: folder["socket"])
        let client = try UnixConnection(connectingTo: folder["socket"])
        return (client, try #require(try listener.accept(milliseconds: 1000)))
    }

    @Test func linesArriveAsSent() throws {
        let (client, server) = try pair()
        try client.send(line: Array("first".utf8), milliseconds: 1000)
        try client.send(line: [], milliseconds: 1000)
        try client.send(line: [UInt8](repeating: 0x61, count: 50_000), milliseconds: 1000)
        #expect(try server.receiveLine(limit: 100, milliseconds: 1000) == Array("first".utf8))
        #expect(try server.receiveLine(limit: 100, milliseconds: 1000) == [])
        #expect(try server.receiveLine(limit: 50_000, milliseconds: 1000)?.count == 50_000)
    }

    @Test func thePeerIsKnown() throws {
        let (client, server) = try pair()
        let peer = try server.peer()
        #expect(peer.process == getpid() && peer.user == geteuid() && peer.group == getegid())
        #expect(try client.peer().user == geteuid())
    }

    @Test func aLongLineIsRefused() throws {
        let (client, server) = try pair()
        try client.send(line: [UInt8](repeating: 0x61, count: 101), milliseconds: 1000)
        let error = #expect(throws: SystemError.self) { _ = try server.receiveLine(limit: 100, milliseconds: 1000) }
        #expect(error?.code == EMSGSIZE)
    }

    @Test func silenceEndsWithTheTime() throws {
        let (client, server) = try pair()
        let error = #expect(throws: SystemError.self) { _ = try server.receiveLine(limit: 100, milliseconds: 20) }
        #expect(error?.code == ETIMEDOUT)
        _ = client
    }

    @Test func aPeerThatDoesNotReadEndsWithTheTime() throws {
        let (client, server) = try pair()
        let error = #expect(throws: SystemError.self) {
            try client.send(line: [UInt8](repeating: 0x61, count: 16 << 20), milliseconds: 50)
        }
        #expect(error?.code == ETIMEDOUT)
        _ = server
    }

    @Test func aClosedPeerIsTheEnd() throws {
        let listener = try UnixListener(path: folder["socket"])
        var client: UnixConnection? = try UnixConnection(connectingTo: folder["socket"])
        let server = try #require(try listener.accept(milliseconds: 1000))
        try client?.send(line: [0x61], milliseconds: 1000)
        client = nil
        #expect(try server.receiveLine(limit: 10, milliseconds: 1000) == [0x61])
        #expect(try server.receiveLine(limit: 10, milliseconds: 1000) == nil)
        // No SIGPIPE: an error.
        #expect(throws: SystemError.self) { try server.send(line: [0x61], milliseconds: 1000) }
    }

    @Test func aDeadSocketIsReplacedALiveOneIsNot() throws {
        var first: UnixListener? = try UnixListener(path: folder["socket"])
        #expect(throws: SystemError.self) { _ = try UnixListener(path: folder["socket"]) }
        _ = first
        first = nil
        #expect(folder.exists("socket"))
        let second = try UnixListener(path: folder["socket"])
        #expect(try second.accept(milliseconds: 0) == nil)
        try second.removePath()
        #expect(!folder.exists("socket"))
    }

    @Test func aFileInTheWayIsLeft() throws {
        try folder.write("mine", to: "socket")
        #expect(throws: SystemError.self) { _ = try UnixListener(path: folder["socket"]) }
        #expect(folder.read("socket") == "mine")
    }

    @Test func aPathTooLongIsSaidSo() throws {
        let error = #expect(throws: SystemError.self) { _ = try UnixConnection(connectingTo: "/" + String(repeating: "x", count: 107)) }
        #expect(error?.code == ENAMETOOLONG)
    }

    @Test func usersAndGroupsAreFound() throws {
        #expect(try UserDatabase.name(of: 0) == "root")
        #expect(try UserDatabase.user(named: "root") == 0)
        #expect(try UserDatabase.groups(of: 0).contains(0))
        #expect(try UserDatabase.group(named: "root") == 0)
        #expect(try UserDatabase.name(of: 4_000_000_000) == nil)
        #expect(try UserDatabase.user(named: "no such user") == nil)
        #expect(try UserDatabase.groups(of: 4_000_000_000).isEmpty)
    }
}
