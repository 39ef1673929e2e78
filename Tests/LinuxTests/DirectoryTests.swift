import TestSupport
import Glibc
import Linux
import Testing

@Suite struct DirectoryTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func entriesHaveTheirRawNames() throws {
        let raw = FileName(bytes: [0x66, 0xFF, 0x0A])!  // any bytes but / and NUL are a name
        let directory = try folder.directory()
        try directory.writeFile(raw, [])
        try directory.writeFile("ä", [])
        #expect(Set(try directory.entries()) == [raw, FileName("ä")!])  // as above
        #expect(raw.text == nil)
        #expect(raw.description == "f\\xff\\x0a")
        // Reading again starts at the beginning.
        #expect(try directory.entries().count == 2)
    }

    @Test func renameNoReplaceReplacesNothing() throws {
        let directory = try folder.directory()
        try directory.writeFile("a", [1])
        try directory.writeFile("b", [2])
        let error = #expect(throws: SystemError.self) { try directory.renameNoReplace("a", to: directory, as: "b") }
        #expect(error?.isAlreadyThere == true)
        #expect(try directory.readFile("b", limit: 1) == [2])
        try directory.rename("a", to: directory, as: "b")
        #expect(try directory.readFile("b", limit: 1) == [1])
    }

    @Test func createIsExclusive() throws {
        let directory = try folder.directory()
        _ = try directory.create("a")
        let error = #expect(throws: SystemError.self) { _ = try directory.create("a") }
        #expect(error?.isAlreadyThere == true)
    }

    @Test func statusIsOfTheLinkItself() throws {
        symlink("/etc/passwd", folder["link"])
        #expect(try folder.directory().status("link").kind == .symbolicLink)
        #expect(try folder.directory().statusIfPresent("none") == nil)
    }

    @Test func aSecondNameCounts() throws {
        let directory = try folder.directory()
        try directory.writeFile("a", [1])
        try directory.link("a", to: directory, as: "b")
        #expect(try directory.status("a").links == 2)
        try directory.unlink("b")
        #expect(try directory.status("a").links == 1)
    }

    @Test func removeTreeFollowsNoLink() throws {
        let directory = try folder.directory()
        try directory.makeDirectory("kept")
        try folder.write("x", to: "kept/file")
        try directory.makeDirectory("tree")
        try directory.openDirectory("tree").makeDirectory("inner")
        try folder.write("x", to: "tree/inner/file")
        symlink(folder["kept"], folder["tree/inner/link"])
        try directory.removeTree("tree")
        #expect(folder.names() == ["kept"])
        #expect(folder.read("kept/file") == "x")
    }

    @Test func aFailedWriteLeavesNothing() throws {
        let directory = try folder.directory()
        try directory.writeFile("a", [1])
        #expect(throws: SystemError.self) { try directory.writeFile("a", [2]) }
        #expect(folder.read("a") == "\u{1}" || !folder.exists("a"))
    }

    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func aFullFileSystemLeavesNoPartOfAFile() throws {
        try SmallFileSystem.run(options: "size=64k") { path in
            let directory = try Directory(path)
            let error = #expect(throws: SystemError.self) { try directory.writeFile("big", [UInt8](repeating: 1, count: 1 << 20)) }
            #expect(error?.isDiskFull == true)
            #expect(try directory.entries().isEmpty)
        }
    }
}
