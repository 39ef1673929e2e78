import Linux

/// Tries in a folder what publication does there: a folder of our own, a file in it on disk, and the rename out of it. Nothing is left behind,
/// and nothing appears that a collector would take. Any user may try; what he may do there is what is learnt.
public enum OutboxTrial {
    /// Why nothing can be published into a folder.
    public struct Failure: Error, CustomStringConvertible {
        /// A clause without full stop.
        public let what: String
        /// Whole sentences.
        public let remedy: String
        public var description: String { "\(what). \(remedy)" }
    }

    /// How the folder of a trial begins; one that a stop left is removed at the next start.
    static let prefix = "\(StagingFolder.name)-trial-"

    public static func run(in path: String) throws(Failure) {
        let name = "\(prefix)\(String(UInt64.random(in: .min ... .max), radix: 36))"
        var tried = "be opened"
        do throws(SystemError) {
            let outbox = try Directory(path)
            tried = "have a folder made in it"
            try outbox.makeDirectory(name, mode: 0o700)
            let outcome = Result { () throws(SystemError) in try move(name, in: outbox, &tried) }
            try? outbox.removeTree(name)
            try outcome.get()
        } catch {
            throw Failure(what: "the outbox \(path) can't \(tried): \(error)", remedy: remedy(error))
        }
    }

    private static func move(_ name: String, in outbox: borrowing Directory, _ tried: inout String) throws(SystemError) {
        let folder = try outbox.openDirectory(name)
        let moved = "\(name).moved"
        tried = "have a file written in it"
        try folder.writeFile("trial", Array("trial\n".utf8), mode: 0o440)
        tried = "have a file moved within it, which is how a bundle appears there"
        try folder.renameToOwnName("trial", to: outbox, as: moved)
        tried = "have a file removed from it"
        try outbox.unlink(moved)
        tried = "be synced"
        try outbox.sync()
    }

    private static func remedy(_ error: SystemError) -> String {
        if error.isNotAllowed {
            return "Let ecocd's user write there: the folder's owner, group and mode, and how its file system is mounted."
        }
        if error.isNotFound { return "Make the folder, or mount its file system." }
        if error.isDiskFull { return "Make room on its file system." }
        return "Put the outbox on a file system that has directories and renames, or mount it otherwise."
    }
}
