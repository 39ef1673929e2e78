import Audit
import Linux
import Spool
import Hashing

/// A submission's directory in `tmp`, while it is put together. Nothing is on record yet: until the move it may go without a trace.
struct Arrival: ~Copyable {
    let id: SubmissionID
    private let stage: Directory
    private let directory: Directory
    private let original: Directory

    /// Makes an empty one, under a new id unless there is one on record.
    init(in spool: Spool, as knownID: SubmissionID? = nil) throws(SystemError) {
        let stage = try Directory(spool.path(.tmp))
        let id = try Self.makeDirectory(knownID, in: stage)
        do throws(SystemError) {
            let directory = try stage.openDirectory(id.text)
            try directory.makeDirectory(Submission.originalFolder)
            let original = try directory.openDirectory(Submission.originalFolder)
            self.init(id: id, stage: stage, directory: directory, original: original)
        } catch {
            try? Directory(spool.path(.tmp)).removeTree(id.text)
            throw error
        }
    }

    private init(id: SubmissionID, stage: consuming Directory, directory: consuming Directory, original: consuming Directory) {
        self.id = id
        self.stage = stage
        self.directory = directory
        self.original = original
    }

    private static func makeDirectory(_ knownID: SubmissionID?, in stage: borrowing Directory) throws(SystemError) -> SubmissionID {
        while true {
            let id = knownID ?? SubmissionID.make()
            do {
                try stage.makeDirectory(id.text)
                return id
            } catch { if !error.isAlreadyThere || knownID != nil { throw error } }
        }
    }

    /// Copies the rest of a file to `original/<name>`, hashing what is written, and puts the copy on disk.
    /// - Returns: the SHA-256 in lower-case hexadecimal digits, and the bytes copied; it stops beyond `limit` bytes.
    func copyOriginal(
        _ file: borrowing Descriptor, as name: String, limit: Int
    ) throws(SystemError) -> (sha256: String, size: Int) {
        let copy = try original.create(name, mode: 0o440)
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var size = 0
        while size <= limit {
            let count = try file.read(into: &buffer)
            if count == 0 { break }
            let part = count == buffer.count ? buffer : Array(buffer[..<count])
            hash.update(part)
            try copy.writeAll(part)
            size += count
        }
        try copy.sync()
        try copy.close()
        return (hash.finish().hexadecimal, size)
    }

    /// Writes a file beside the original, and puts its content on disk.
    func write(_ name: String, _ content: [UInt8]) throws(SystemError) { try directory.writeFile(name, content, mode: 0o440) }

    /// Puts all names on disk, from the inside out.
    func sync() throws(SystemError) {
        try original.sync()
        try directory.sync()
        try stage.sync()
    }

    /// Takes it away. What can't be removed now is removed by the next recovery.
    consuming func discard() { try? stage.removeTree(id.text) }
}
