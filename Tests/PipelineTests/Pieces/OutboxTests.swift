import Foundation
import Glibc
import Hashing
import Linux
import TestSupport
import Testing

@testable import Pipeline

/// Files on their way into an outbox, in every state that a crash, a collector or a cleaner can leave.
@Suite struct OutboxTests {
    private static let owner = "20261123T140512.123Z-k7q2mzr4"

    private struct Fixture {
        let folder: TemporaryFolder
        /// Where the files are kept.
        let archive: TemporaryFolder
        let outbox: Outbox
        let files: [OutgoingFile]

        init(_ count: Int = 3) throws {
            (folder, archive) = (try TemporaryFolder(), try TemporaryFolder())
            outbox = Outbox(destination: "nap", path: folder.path)
            files = (0..<count).map { number in
                let bytes = Array("bundle \(number)".utf8)
                return OutgoingFile(name: "V\(number)-1-v1.asice", bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
            }
            for file in files { try Data(file.bytes).write(to: URL(filePath: archive[file.name])) }
        }

        func lay() throws {
            try outbox.lay(files, of: owner, sharing: archive.directory())
            try outbox.sync()
        }

        func release() throws { try outbox.release(files, of: owner) { _ in } }

        func find() throws -> Outbox.Found { try outbox.find(files.map { ($0.name, $0.sha256) }, of: owner) }

        func resume(_ found: Outbox.Found) throws {
            let again = files.filter { found.waiting.contains($0.name) || found.doubtful.contains($0.name) }
            try outbox.resume(again, found: found, of: owner) { _ in }
        }

        func shown() -> [String] { folder.names().filter { !$0.hasPrefix(".") } }
        func hidden() -> [String] { folder.names(".ecocd").filter { $0 != "README" } }
        func staged(_ number: Int) -> String { folder[".ecocd/\(files[number].name)"] }
        func list() throws -> String { folder[".ecocd/\(try #require(hidden().first { $0.hasPrefix("list,") }))"] }
        func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }
    }

    @Test func nothingIsSeenBeforeTheRelease() throws {
        let fixture = try Fixture()
        try fixture.lay()
        #expect(fixture.shown().isEmpty && fixture.hidden().count == 4)
        #expect(try FileStatus.mode(of: fixture.folder[".ecocd"]) & 0o777 == 0o700)
        try fixture.release()
        #expect(fixture.shown() == fixture.files.map(\.name))
        for file in fixture.files {
            #expect(fixture.folder.read(file.name).map { Array($0.utf8) } == file.bytes)
            #expect(try FileStatus.mode(of: fixture.folder[file.name]) == 0o440)
        }
        fixture.outbox.forget(Self.owner)
        #expect(fixture.hidden().isEmpty)
    }

    @Test func whatIsRemovedOnItsWayIsLaidOutAgain() throws {
        for gone in [[0], [1], [0, 1, 2]] {
            let fixture = try Fixture()
            try fixture.lay()
            for number in gone { try fixture.remove(fixture.staged(number)) }
            var notes: [String] = []
            try fixture.outbox.release(fixture.files, of: Self.owner) { notes.append($0) }
            #expect(notes.count == 1 && notes.first?.contains("\(gone.count) files") == true)
            #expect(fixture.shown() == fixture.files.map(\.name))
        }
    }

    @Test func theWholeFolderMayGo() throws {
        let fixture = try Fixture()
        try fixture.lay()
        try fixture.remove(fixture.folder[".ecocd"])
        try fixture.release()
        #expect(fixture.shown() == fixture.files.map(\.name))
    }

    // MARK: After a stop in the middle

    /// Every number of renames that a stop may come after, with and without a collector who took what had appeared.
    @Test(arguments: 0...3, [false, true]) func eachAppearsOnce(_ renamed: Int, _ isCollected: Bool) throws {
        let fixture = try Fixture()
        try fixture.lay()
        for file in fixture.files.prefix(renamed) {
            let target = isCollected ? "/dev/null" : fixture.folder[file.name]
            if isCollected {
                try fixture.remove(fixture.folder[".ecocd/\(file.name)"])
            } else {
                try FileManager.default.moveItem(atPath: fixture.folder[".ecocd/\(file.name)"], toPath: target)
            }
        }
        let found = try fixture.find()
        #expect(found.released == fixture.files.map(\.name) && found.doubtful.isEmpty && found.waiting.isEmpty)
        try fixture.resume(found)
        #expect(fixture.shown() == fixture.files.dropFirst(isCollected ? renamed : 0).map(\.name))
    }

    /// Not in the order of the list, without a list, or the whole folder: no collector did that.
    @Test func whatNothingExplainsIsDoubtful() throws {
        let removals: [(Fixture) throws -> Void] = [
            { try $0.remove($0.staged(1)) },
            {
                try $0.remove($0.staged(0)); try $0.remove($0.list())
            },
            { try $0.remove($0.folder[".ecocd"]) },
        ]
        for (removal, doubtful) in zip(removals, [[1], [0], [0, 1, 2]]) {
            let fixture = try Fixture()
            try fixture.lay()
            try removal(fixture)
            let found = try fixture.find()
            #expect(found.doubtful == doubtful.map { fixture.files[$0].name })
            try fixture.resume(found)
            #expect(fixture.shown() == fixture.files.map(\.name))
            #expect(try fixture.find().doubtful.isEmpty, "it is known by now what became of them")
        }
    }

    /// After a fault that stopped the release, not the process: what was collected isn't laid out again.
    @Test func whatLeftAfterItWasLaidOutAgainIsKnown() throws {
        let fixture = try Fixture()
        try fixture.lay()
        try fixture.remove(fixture.staged(1))
        try fixture.release()
        for file in fixture.files { try fixture.remove(fixture.folder[file.name]) }
        let found = try fixture.find()
        #expect(found.released == fixture.files.map(\.name))
        try fixture.resume(found)
        #expect(fixture.shown().isEmpty)
    }

    private static let canMakeXFS =
        geteuid() == 0 && access("/dev/loop-control", F_OK) == 0
        && ["mkfs.xfs", "filefrag"].allSatisfy { access("/usr/sbin/\($0)", X_OK) == 0 || access("/sbin/\($0)", X_OK) == 0 }

    /// Archive and outbox on one file system that can: no room is taken twice, and what is done to one doesn't reach the other.
    @Test(.enabled(if: canMakeXFS, "asks for root, loop devices, xfsprogs and filefrag")) func blocksAreShared() async throws {
        let place = try TemporaryFolder()
        try await shell("truncate -s 400M disk && mkfs.xfs -q -m reflink=1 disk && mkdir mount && mount -o loop disk mount", in: place)
        defer { umount2(place["mount"], Int32(MNT_DETACH)) }
        try await shell("mkdir mount/archive mount/outbox && head -c 20000 /dev/urandom > mount/archive/a.asice", in: place)
        let bytes = Array(try Data(contentsOf: URL(filePath: place["mount/archive/a.asice"])))
        let file = OutgoingFile(name: "a.asice", bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
        let outbox = Outbox(destination: "nap", path: place["mount/outbox"])
        try outbox.lay([file], of: Self.owner, sharing: Directory(place["mount/archive"]))
        try outbox.sync()
        try outbox.release([file], of: Self.owner) { _ in }
        try await shell("filefrag -v mount/outbox/a.asice | grep -q shared && cmp mount/outbox/a.asice mount/archive/a.asice", in: place)
        try await shell("stat -c %a mount/outbox/a.asice | grep -qx 440 && truncate -s 0 mount/outbox/a.asice", in: place)
        #expect(try Data(contentsOf: URL(filePath: place["mount/archive/a.asice"])) == Data(bytes))
    }

    private func shell(_ script: String, in folder: TemporaryFolder) async throws {
        let done = try await Programs.run("/bin/sh", ["-c", "PATH=$PATH:/usr/sbin:/sbin; cd \(folder.path) && \(script)"])
        try #require(done.status == 0, "\(script): \(done.everything)")
    }

    @Test func sameFileThereAlready() throws {
        let fixture = try Fixture(1)
        try fixture.lay()
        try fixture.folder.write("bundle 0", to: fixture.files[0].name)
        try fixture.release()
        #expect(fixture.shown() == [fixture.files[0].name] && fixture.hidden().allSatisfy { $0.hasPrefix("list,") })
    }

    @Test func strangerOfThatNameIsNeverReplaced() throws {
        let fixture = try Fixture(1)
        try fixture.lay()
        try fixture.folder.write("something else", to: fixture.files[0].name)
        let fault = #expect(throws: SubmissionFault.self) { try fixture.release() }
        #expect(fault?.description.contains(fixture.folder[fixture.files[0].name]) == true)
        #expect(fixture.folder.read(fixture.files[0].name) == "something else" && fixture.folder.exists(".ecocd/\(fixture.files[0].name)"))
    }

    /// What an earlier version left: a second name of the archive's file, which must not stay one.
    @Test func formerPartsAreReplacedByCopies() throws {
        let fixture = try Fixture(2)
        try fixture.folder.write("bundle 0", to: "archived")
        try FileManager.default.linkItem(atPath: fixture.folder["archived"], toPath: fixture.folder[".\(fixture.files[0].name).part"])
        try fixture.folder.write("bundle 1", to: fixture.files[1].name)
        let found = try fixture.find()
        #expect(found.waiting == [fixture.files[0].name] && found.released == [fixture.files[1].name])
        try fixture.resume(found)
        #expect(fixture.folder.names() == [".ecocd"] + fixture.files.map(\.name) + ["archived"])
        #expect(try Directory(fixture.folder.path).status(fixture.files[0].name).links == 1)
    }

    // MARK: The folder of our own

    @Test(.enabled(if: geteuid() == 0, "giving folders away asks for root")) func anothersFolderIsRefused() throws {
        let fixture = try Fixture()
        try FileManager.default.createDirectory(atPath: fixture.folder[".ecocd"], withIntermediateDirectories: false)
        try FileManager.default.setAttributes([.ownerAccountID: 65534], ofItemAtPath: fixture.folder[".ecocd"])
        let fault = #expect(throws: SubmissionFault.self) { try fixture.lay() }
        #expect(fault?.what.contains("user 65534") == true)
        #expect(fixture.folder.names() == [".ecocd"])
    }

    /// All that a member of the collectors' group can do to the folder: give it another name in the same outbox.
    @Test func theFolderIsFoundUnderAnotherName() throws {
        let fixture = try Fixture()
        try fixture.lay()
        try FileManager.default.createDirectory(
            atPath: fixture.folder["another"], withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        try FileManager.default.moveItem(atPath: fixture.folder[".ecocd"], toPath: fixture.folder["old"])
        try fixture.release()
        #expect(fixture.shown() == fixture.files.map(\.name) + ["another"])
        try FileManager.default.moveItem(atPath: fixture.folder[".ecocd"], toPath: fixture.folder[".old"])
        for file in fixture.files { try fixture.remove(fixture.folder[file.name]) }
        #expect(try fixture.find().released == fixture.files.map(\.name))
    }

    @Test func aFolderThatOthersMayEnterIsClosed() throws {
        let fixture = try Fixture()
        try FileManager.default.createDirectory(
            atPath: fixture.folder[".ecocd"], withIntermediateDirectories: false, attributes: [.posixPermissions: 0o777])
        try fixture.lay()
        #expect(try FileStatus.mode(of: fixture.folder[".ecocd"]) & 0o777 == 0o700)
    }

    @Test func aLinkInItsPlaceIsNotFollowed() throws {
        let fixture = try Fixture()
        let elsewhere = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(atPath: fixture.folder[".ecocd"], withDestinationPath: elsewhere.path)
        #expect(throws: (any Error).self) { try fixture.lay() }
        #expect(elsewhere.names().isEmpty)
    }

    // MARK: Behind FUSE

    @Test(.enabled(if: FuseMount.obstacle == nil, Comment(rawValue: FuseMount.obstacle ?? ""))) func behindFUSE() throws {
        let (lower, fixture) = (try TemporaryFolder(), try Fixture())
        try FuseMount.mount(lower.path, at: fixture.folder.path)
        defer { FuseMount.unmount(fixture.folder.path) }
        #expect(try Directory(fixture.folder.path).isServedByProgram() && !Directory(lower.path).isServedByProgram())
        let (one, other) = ("one", "other")
        for name in [one, other] { try fixture.folder.write(name, to: name) }
        let plain = #expect(throws: SystemError.self) {
            let folder = try Directory(fixture.folder.path)
            try folder.renameNoReplace(one, to: folder, as: "free")
        }
        #expect(plain?.isNotSupported == true, "this test is about file systems without it")
        let taken = #expect(throws: SystemError.self) {
            let folder = try Directory(fixture.folder.path)
            try folder.renameToOwnName(one, to: folder, as: other)
        }
        #expect(taken?.isAlreadyThere == true && fixture.folder.read(other) == other)
        for name in [one, other] { try fixture.remove(fixture.folder[name]) }

        try OutboxTrial.run(in: fixture.folder.path)
        try fixture.lay()
        try fixture.remove(fixture.staged(1))
        try fixture.release()
        #expect(lower.names().filter { !$0.hasPrefix(".") } == fixture.files.map(\.name))
        try fixture.remove(fixture.folder[fixture.files[0].name])
        #expect(try fixture.find().released == fixture.files.map(\.name))
    }

    // MARK: The trial

    @Test func aTrialLeavesNothing() throws {
        let folder = try TemporaryFolder()
        try OutboxTrial.run(in: folder.path)
        #expect(folder.names().isEmpty)
        let failure = #expect(throws: OutboxTrial.Failure.self) { try OutboxTrial.run(in: folder["missing"]) }
        #expect(failure?.description.contains("can't be opened") == true)
    }

    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func aTrialSaysWhatIsWrong() throws {
        try SmallFileSystem.run(options: "size=64k,nr_inodes=2") { path in
            let failure = #expect(throws: OutboxTrial.Failure.self) { try OutboxTrial.run(in: path) }
            #expect(failure?.remedy == "Make room on its file system.")
            #expect((try? FileManager.default.contentsOfDirectory(atPath: path)) == [])
        }
    }
}

extension FileStatus {
    fileprivate static func mode(of path: String) throws -> UInt32 {
        let parts = path.split(separator: "/")
        return try Directory("/" + parts.dropLast().joined(separator: "/")).status(String(parts[parts.count - 1])).mode
    }
}
