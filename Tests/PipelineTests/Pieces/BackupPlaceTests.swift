import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite struct BackupPlaceTests {
    private func place(_ folder: TemporaryFolder, mounts: String = "") throws -> BackupPlace {
        for name in ["spool/reference", "outbox", "free"] {
            try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
        }
        return BackupPlace(
            forbidden: [("\(folder.path)/spool", "the spool"), ("\(folder.path)/outbox", "the outbox of 'nap'")], mounts: mounts)
    }

    @Test func aFolderAndANewFileInItWillDo() throws {
        let folder = try TemporaryFolder()
        let place = try place(folder)
        #expect(place.objection(to: "\(folder.path)/free") == nil)
        #expect(place.objection(to: "\(folder.path)/free/copy.db") == nil)
        #expect(place.objection(to: folder.path) == nil, "what contains the spool isn't in it")
    }

    @Test(arguments: ["spool", "spool/copy.db", "spool/reference", "spool/reference/copy.db"])
    func whereOthersReadIsRefused(_ name: String) throws {
        let folder = try TemporaryFolder()
        let objection = try #require(try place(folder).objection(to: "\(folder.path)/\(name)"))
        #expect(objection.contains("lies in the spool") && objection.contains("/var/backups/ecocd"), "\(objection)")
    }

    /// Not the name counts but where it leads.
    @Test func anotherNameOfTheOutboxIsRefused() throws {
        let folder = try TemporaryFolder()
        let place = try place(folder)
        let link = "\(folder.path)/free/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(folder.path)/outbox")
        for path in [link, "\(link)/copy.db", "\(folder.path)/free/../outbox", "\(folder.path)/free/../outbox/copy.db"] {
            #expect(place.objection(to: path)?.contains("the outbox of 'nap'") == true, "\(path)")
        }
    }

    @Test func whatIsThereAlreadyIsNotOverwritten() throws {
        let folder = try TemporaryFolder()
        let place = try place(folder)
        try Data().write(to: URL(filePath: "\(folder.path)/free/old.db"))
        #expect(place.objection(to: "\(folder.path)/free/old.db")?.contains("There is something at") == true)
        let missing = try #require(place.objection(to: "\(folder.path)/nowhere/new.db"))
        #expect(missing.contains("nowhere") && missing.contains("No such file"), "\(missing)")
    }

    /// As systemd mounts it for PrivateTmp=; the newest mount of a point counts.
    @Test func theServicesOwnTemporaryFolderIsRefused() throws {
        let folder = try TemporaryFolder()
        let own = "37 30 8:1 /tmp/systemd-private-0123-ecocd.service-abc/tmp \(folder.path)/free rw - ext4 /dev/sda1 rw\n"
        let above = "30 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        let refused = try #require(try place(folder, mounts: above + own).objection(to: "\(folder.path)/free/copy.db"))
        #expect(refused.contains("a folder of its own") && refused.contains("PrivateTmp="), "\(refused)")
        #expect(try place(folder, mounts: own + above).objection(to: "\(folder.path)/outbox/x") != nil)
        let covered = "41 37 8:2 / \(folder.path)/free rw - ext4 /dev/sdb1 rw\n"
        #expect(try place(folder, mounts: above + own + covered).objection(to: "\(folder.path)/free") == nil)
    }
}
