import Audit
import Linux

/// The folder that one downstream tool collects from.
struct Outbox: Sendable {
    let destination: String
    let path: String

    /// Writes the copies under names that collectors leave alone. Not yet on disk.
    func stage(_ bundles: [PackedBundle]) throws(SystemError) {
        let directory = try Directory(path)
        for bundle in bundles {
            let part = Self.part(bundle.file)
            if try directory.statusIfPresent(part) != nil { try directory.unlink(part) }
            let file = try directory.create(part, mode: 0o440)
            try file.writeAll(bundle.bytes)
            // The umask keeps the group out, but the group is who collects.
            try file.setMode(0o440)
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
        guard try directory.statusIfPresent(part) != nil else { return }
        guard try directory.statusIfPresent(file) != nil else {
            return try directory.renameNoReplace(part, to: directory, as: file)
        }
        let present = try directory.readFile(file, limit: 64 << 20)
        guard SHA256.hexadecimal(of: present) == sha256 else {
            throw SubmissionFault(
                what: "\(path)/\(file) is there already with other content",
                remedy: "Find out who wrote it, move it away, and let ecocd go on")
        }
        try directory.unlink(part)
    }

    private static func part(_ file: String) -> String { ".\(file).part" }
}
