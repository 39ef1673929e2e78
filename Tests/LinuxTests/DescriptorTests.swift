import TestSupport
import Glibc
import Linux
import Testing

@Suite struct DescriptorTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func whatIsWrittenIsRead() throws {
        let content = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0 * 7) })
        let file = try folder.directory().create("a")
        try file.writeAll(content)
        try file.sync()
        try file.close()
        #expect(try Descriptor.open(folder["a"]).readAll(limit: content.count) == content)
        #expect(try Descriptor.open(folder["a"]).status().size == content.count)
    }

    @Test(arguments: [0, 1, 4095, 4096, 4097]) func theLimitOfReadAllIsExact(size: Int) throws {
        try folder.directory().writeFile("a", [UInt8](repeating: 1, count: size))
        #expect(try Descriptor.open(folder["a"]).readAll(limit: size).count == size)
        if size > 0 {
            #expect(throws: SystemError(code: EFBIG, operation: "read", path: folder["a"])) {
                try Descriptor.open(folder["a"]).readAll(limit: size - 1)
            }
        }
    }

    @Test func readAllOfAFileThatTellsNoSize() throws {
        let text = String(decoding: try Descriptor.open("/proc/self/status").readAll(limit: 1 << 20), as: UTF8.self)
        #expect(text.hasPrefix("Name:"))
    }

    @Test(arguments: [0, 1, 100_000]) func copies(size: Int) throws {
        let content = [UInt8](repeating: 0x61, count: size)
        let directory = try folder.directory()
        try directory.writeFile("from", content)
        let from = try directory.open("from")
        let to = try directory.create("to")
        #expect(try from.copy(to: to) == size)
        #expect(try directory.readFile("to", limit: size) == content)
    }

    @Test func copyNoticesALongerFile() throws {
        let directory = try folder.directory()
        try directory.writeFile("from", [UInt8](repeating: 0x61, count: 5000))
        let from = try directory.open("from")
        let to = try directory.create("to")
        let error = #expect(throws: SystemError.self) { _ = try from.copy(to: to, limit: 4999) }
        #expect(error?.code == EFBIG)
    }

    @Test func copyFromWhereTheKernelCannotCopy() throws {
        let from = try Descriptor.open("/proc/self/cmdline")
        let to = try folder.directory().create("to")
        #expect(try from.copy(to: to) > 0)
    }

    @Test func anErrorReadsAsASentence() throws {
        let error = #expect(throws: SystemError.self) { _ = try Descriptor.open("/nowhere/x") }
        #expect(error?.description == "can't open '/nowhere/x': No such file or directory")
        #expect(error?.isNotFound == true)
    }

    @Test func neverFollowsALinkNorBlocksOnAPipe() throws {
        symlink("/etc/passwd", folder["link"])
        mkfifo(folder["pipe"], 0o600)
        let directory = try folder.directory()
        let error = #expect(throws: SystemError.self) { _ = try directory.open("link") }
        #expect(error?.isSymbolicLink == true)
        #expect(try directory.open("pipe").status().kind == .pipe)
    }

    @Test(arguments: ["..", ".", "", "a/b", "a\0b", "/etc"]) func aNameThatIsNoneIsRefused(name: String) throws {
        let directory = try folder.directory()
        let error = #expect(throws: SystemError.self) { _ = try directory.open(name) }
        #expect(error?.code == EINVAL)
    }

    @Test func openBeneathStaysBeneath() throws {
        let directory = try folder.directory()
        try directory.makeDirectory("inner")
        symlink("..", folder["inner/up"])
        for path in ["inner/../../x", "inner/up/inner", "/etc/passwd"] {
            #expect(throws: SystemError.self) { _ = try directory.descriptor.openBeneath(path) }
        }
        try directory.openDirectory("inner").writeFile("file", [1])
        #expect(try directory.descriptor.openBeneath("inner/file").readAll(limit: 1) == [1])
    }

    @Test func aWriterIsNoticed() throws {
        let directory = try folder.directory()
        try directory.writeFile("a", [1])
        let reader = try directory.open("a")
        #expect(try reader.writers() == .none)
        let writer = try directory.open("a", .readWrite)
        #expect(try reader.writers() == .some)
        try writer.close()
        #expect(try reader.writers() == .none)
    }

    @Test func aFullDiskIsSaidToBeFull() throws {
        let file = try Descriptor.open("/dev/full", .append(mode: 0))
        let error = #expect(throws: SystemError.self) { try file.writeAll([1]) }
        #expect(error?.isDiskFull == true)
    }
}
