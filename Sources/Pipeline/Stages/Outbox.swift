import Audit
import Linux
import Hashing

/// The folder that one downstream tool collects from.
struct Outbox: Sendable {
    let destination: String
    let path: String

    /// The group of who collects.
    func group() throws(SystemError) -> UInt32 { try Directory(path).descriptor.status().group }

    /// Puts the bundles here under names that collectors leave alone: the archived file itself by a second name, or a copy where the outbox
    /// is another file system or another group's. Not yet on disk.
    func stage(_ packed: [PackedBundle], from bundles: borrowing Directory) throws(SystemError) {
        let directory = try Directory(path)
        // The bundles of one batch were made alike.
        guard let first = packed.first else { return }
        let (own, archived) = (try directory.descriptor.status(), try bundles.status(first.file))
        let isShared = archived.device == own.device && archived.group == own.group
        for bundle in packed {
            let part = Self.part(bundle.file)
            try directory.replacing(part) { () throws(SystemError) in
                if isShared { return try bundles.link(bundle.file, to: directory, as: part) }
                let copy = try directory.create(part, mode: 0o440)
                try copy.writeAll(bundle.bytes)
                try copy.setMode(0o440)
            }
        }
    }

    /// A batch shares the spool's syncfs; an outbox on another file system needs its own.
    func syncIfElsewhere(than spool: borrowing Directory) throws(SystemError) {
        let directory = try Directory(path)
        guard try directory.descriptor.status().device != spool.descriptor.status().device else { return }
        try directory.syncFileSystem()
    }

    /// Lets staged copies appear under their names. One without a staged copy was released before.
    func release(_ bundles: [(file: String, sha256: String)]) throws {
        let directory = try Directory(path)
        for (file, sha256) in bundles { try release(file, sha256, in: directory) }
        try directory.sync()
    }

    private func release(_ file: String, _ sha256: String, in directory: borrowing Directory) throws {
        let part = Self.part(file)
        do { return try directory.renameNoReplace(part, to: directory, as: file) } catch {
            if error.isNotFound { return }
            guard error.isAlreadyThere else { throw error }
        }
        let present = try directory.readFile(file, limit: 64 << 20)
        guard SHA256.hexadecimal(of: present) == sha256 else {
            throw SubmissionFault(
                what: "\(path)/\(file) is there already with other content",
                remedy: "Find out who wrote it, move it away, and let ecocd go on.")
        }
        try directory.unlink(part)
    }

    private static func part(_ file: String) -> String { ".\(file).part" }
}
