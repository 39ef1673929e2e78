public import Audit
public import Linux

/// One dropped file as it was received: what `submission.json` in its directory says. Written once, never changed.
public struct Submission: Sendable, Equatable {
    public let id: SubmissionID
    public let source: String
    /// The file's name for people. The original lies under this name, too.
    public let name: String
    public let receivedAt: String
    public let origin: Origin
    /// SHA-256 of the original in lower-case hexadecimal digits; empty for an entry that was refused without being read.
    public let sha256: String

    /// The producer's file: enough to know it again, and to tell it from a later delivery of the same name.
    public struct Origin: Sendable, Equatable {
        public let device: UInt64
        public let inode: UInt64
        /// Bytes.
        public let size: Int
        public let modified: FileStatus.Time
        public let changed: FileStatus.Time
        /// The user id of the file's owner.
        public let owner: UInt32

        public init(_ status: FileStatus) {
            (device, inode, owner) = (status.device, status.inode, status.owner)
            size = Self.recordable(status.size)
            (modified, changed) = (status.modified, status.changed)
        }

        /// Whether the status is that of the file as it was, but for what a rename changes.
        /// - Parameter isRenamed: the file has another name by now, which some file systems count as a change of the inode.
        public func agrees(with status: FileStatus, isRenamed: Bool) -> Bool {
            Self.recordable(status.size) == size && status.modified == modified && (isRenamed || status.changed == changed)
        }

        /// Whether the status speaks of the same inode on the same device. Devices are numbered anew when disks come in another order, and
        /// some file systems number inodes anew: no for an answer means nothing.
        public func isSameInode(in status: FileStatus) -> Bool { status.device == device && status.inode == inode }

        /// A sparse file may claim more bytes than a record can name.
        private static func recordable(_ size: Int) -> Int { min(size, 1 << 53 - 1) }

        fileprivate init(
            device: UInt64, inode: UInt64, size: Int, modified: FileStatus.Time, changed: FileStatus.Time, owner: UInt32
        ) {
            (self.device, self.inode, self.size, self.owner) = (device, inode, size, owner)
            (self.modified, self.changed) = (modified, changed)
        }
    }

    public init(id: SubmissionID, source: String, name: String, receivedAt: Timestamp, origin: Origin, sha256: String) {
        (self.id, self.source, self.name, self.sha256) = (id, source, name, sha256)
        (self.receivedAt, self.origin) = (receivedAt.text, origin)
    }

    /// The file's name in the submission's directory.
    public static let fileName = "submission.json"
    /// The folder of the original in the submission's directory.
    public static let originalFolder = "original"
    /// A `submission.json` is far smaller; more is damage.
    static let maximumSize = 1 << 16

    /// The event that says it was received.
    public var received: Event {
        Event(
            .received, submission: id.text,
            [
                "source": .text(source), "name": .text(name), "size": .number(origin.size), "sha256": .text(sha256),
                "owner": .number(Int(origin.owner)), "device": .text(String(origin.device)), "inode": .text(String(origin.inode)),
            ])
    }

    /// The event that says that the producer's file is gone from the inbox.
    public var claimed: Event { Event(.claimed, submission: id.text, ["source": .text(source), "name": .text(name)]) }

    // MARK: submission.json

    /// The canonical bytes of `submission.json`.
    public var bytes: [UInt8] {
        FlatObject([
            "v": 1, "id": .text(id.text), "source": .text(source), "name": .text(name), "received-at": .text(receivedAt),
            "sha256": .text(sha256), "size": .number(origin.size), "owner": .number(Int(origin.owner)),
            "device": .text(String(origin.device)), "inode": .text(String(origin.inode)),
            "modified": .text(Self.write(origin.modified)), "changed": .text(Self.write(origin.changed)),
        ]).bytes
    }

    /// Why a `submission.json` can't be used.
    public struct Unreadable: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    /// Reads canonical bytes with exactly the fields that `bytes` writes.
    public init(reading bytes: [UInt8]) throws(Unreadable) {
        let fields: Fields
        do { fields = Fields(try FlatObject(reading: bytes)) } catch { throw Unreadable(description: error.description) }
        guard try fields.number("v") == 1 else { throw Unreadable(description: "its version isn't 1: a newer ecocd wrote it") }
        id = try fields.parse("id") { SubmissionID($0) }
        source = try fields.text("source")
        name = try fields.text("name")
        receivedAt = try fields.text("received-at")
        sha256 = try fields.text("sha256")
        origin = Origin(
            device: try fields.parse("device") { UInt64($0) }, inode: try fields.parse("inode") { UInt64($0) },
            size: try fields.number("size"), modified: try fields.parse("modified", Self.readTime),
            changed: try fields.parse("changed", Self.readTime), owner: try fields.parse(number: "owner") { UInt32(exactly: $0) })
        guard self.bytes == bytes else { throw Unreadable(description: "it has other fields than a submission has") }
    }

    private static func write(_ time: FileStatus.Time) -> String { "\(time.seconds) \(time.nanoseconds)" }

    private static func readTime(_ text: String) -> FileStatus.Time? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let seconds = Int(parts[0]), let nanoseconds = Int(parts[1]) else { return nil }
        return FileStatus.Time(seconds: seconds, nanoseconds: nanoseconds)
    }

    private struct Fields {
        private let fields: [String: Event.Scalar]

        init(_ object: FlatObject) { fields = object.fields }

        func text(_ key: String) throws(Unreadable) -> String {
            guard case .text(let text)? = fields[key] else { throw Unreadable(description: "it has no text '\(key)'") }
            return text
        }

        func number(_ key: String) throws(Unreadable) -> Int {
            guard case .number(let number)? = fields[key] else { throw Unreadable(description: "it has no number '\(key)'") }
            return number
        }

        func parse<Value>(_ key: String, _ parse: (String) -> Value?) throws(Unreadable) -> Value {
            guard let value = parse(try text(key)) else { throw Unreadable(description: "its '\(key)' can't be understood") }
            return value
        }

        func parse<Value>(number key: String, _ parse: (Int) -> Value?) throws(Unreadable) -> Value {
            guard let value = parse(try number(key)) else { throw Unreadable(description: "its '\(key)' is out of range") }
            return value
        }
    }
}
