import Foundation
import TestSupport
import Testing

/// Outboxes on file systems of their own, mounted where the spool has its own folder.
@Suite struct MountedOutboxTests {
    private func publish(_ house: House) async throws {
        try await house.start()
        try house.drop(Export.file(1...3), as: "file.csv")
        #expect(try await house.report(of: "file.csv").outcome == "published")
        #expect(house.bundles() == (1...3).map(Export.bundle) && house.leftovers().isEmpty)
        #expect(try house.status().destinations.first?.problem == nil)
        try FileManager.default.removeItem(atPath: "\(house.outbox)/\(Export.bundle(2))")
        #expect(try await house.ecocctl("rescan").status == 0)
        try await house.eventually("it is on record as collected") {
            try house.reader.history(vin: Export.vin(2)).contains { $0.record?.kind == "collected" }
        }
        try await house.end()
    }

    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func anotherFileSystem() async throws {
        try await House.empty { house in
            try FileManager.default.createDirectory(atPath: house.outbox, withIntermediateDirectories: true)
            guard mount("tmpfs", house.outbox, "tmpfs", 0, "size=8m") == 0 else { throw Disappointment(what: "no tmpfs: \(errno)") }
            defer { umount2(house.outbox, Int32(MNT_DETACH)) }
            try await publish(house)
        }
    }

    @Test(.enabled(if: FuseMount.obstacle == nil, Comment(rawValue: FuseMount.obstacle ?? ""))) func behindFUSE() async throws {
        try await House.empty { house in
            let lower = try TemporaryFolder()
            try FileManager.default.createDirectory(atPath: house.outbox, withIntermediateDirectories: true)
            try FuseMount.mount(lower.path, at: house.outbox)
            defer { FuseMount.unmount(house.outbox) }
            try await publish(house)
            #expect(lower.names().contains(Export.bundle(1)))
        }
    }

    /// A file system that takes nothing doesn't prevent the start; status says why nothing is published there.
    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func aReadOnlyFileSystem() async throws {
        try await House.empty { house in
            try FileManager.default.createDirectory(atPath: house.outbox, withIntermediateDirectories: true)
            guard mount("tmpfs", house.outbox, "tmpfs", UInt(MS_RDONLY), "size=1m") == 0 else { throw Disappointment(what: "no tmpfs") }
            defer { umount2(house.outbox, Int32(MNT_DETACH)) }
            try await house.start()
            try await house.eventually("status names the file system") {
                try house.status().destinations.first?.problem?.contains("Read-only file system") == true
            }
        }
    }

    /// `check` does in an outbox what publication does there.
    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func checkTriesPublication() async throws {
        try await House.empty { house in
            try FileManager.default.createDirectory(atPath: house.outbox, withIntermediateDirectories: true)
            guard mount("tmpfs", house.outbox, "tmpfs", 0, "size=1m,nr_inodes=2") == 0 else { throw Disappointment(what: "no tmpfs") }
            defer { umount2(house.outbox, Int32(MNT_DETACH)) }
            let full = try await house.ecocctl("check")
            let words = "ecocd starts, but the outbox \(house.outbox) can't have a file"
            #expect(full.status == 1 && full.text.contains(words), "\(full.everything)")
            guard mount("tmpfs", house.outbox, "tmpfs", UInt(MS_REMOUNT), "nr_inodes=100") == 0 else {
                throw Disappointment(what: "no remount: \(errno)")
            }
            let good = try await house.ecocctl("check")
            #expect(good.status == 0, "\(good.everything)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: house.outbox).isEmpty)
        }
    }
}
