import Certificate
import Linux
import Spool

/// The rules that an entry of an inbox must keep to be taken. Breaking one refuses the whole entry.
public enum IntakeRule: String, Sendable, CaseIterable {
    case nameEncoding = "FILE-01"
    case nameCharacters = "FILE-02"
    case nameLength = "FILE-03"
    case symbolicLink = "FILE-04"
    case directory = "FILE-05"
    case specialFile = "FILE-06"
    case hardLink = "FILE-07"
    case size = "FILE-08"
    case incomplete = "FILE-09"
    case checksum = "FILE-10"
    case owner = "FILE-11"
    case sharedWriting = "FILE-12"
    case late = "FILE-13"

    /// Reports are named after the file, with an id and an ending behind it, and 255 bytes is all that a name may have.
    public static let maximumNameBytes = 200

    /// What the rule asks, in one sentence.
    public var title: String {
        switch self {
        case .nameEncoding: "The file's name is UTF-8."
        case .nameCharacters: "The file's name has no control characters."
        case .nameLength: "The file's name has at most \(Self.maximumNameBytes) bytes."
        case .symbolicLink: "An entry of an inbox is a file, not a symbolic link."
        case .directory: "An entry of an inbox is a file, not a directory."
        case .specialFile: "An entry of an inbox is a regular file."
        case .hardLink: "A file in an inbox has one name only."
        case .size: "The file is not larger than the source's limit."
        case .incomplete: "The file ends as its format asks, at the latest when the source's longest wait is over."
        case .checksum: "The file has the SHA-256 that its marker names."
        case .owner: "The file belongs to a user who may deliver for the source."
        case .late: "Nobody writes to a file after it was taken."
        case .sharedWriting: "Where it counts whose a file is, only its owner may write to it."
        }
    }

    public var remedy: String {
        switch self {
        case .nameEncoding, .nameCharacters: "Deliver it again under a name of printable UTF-8 characters."
        case .nameLength: "Deliver it again under a shorter name."
        case .symbolicLink: "Deliver the file itself; ecocd never follows links out of an inbox."
        case .directory: "Deliver the files themselves, directly into the inbox."
        case .specialFile: "Deliver a regular file."
        case .hardLink: "Deliver a copy, or remove the other names before the file settles."
        case .size: "Split it into smaller files, or raise maximum-file-bytes for this source."
        case .incomplete: "Look why the export or the transfer broke off, and deliver the whole file again."
        case .checksum: "Deliver the file and its marker again."
        case .owner: "Deliver it as one of the source's users, or add the user to the source's owners."
        case .late:
            "Deliver the whole file again: what was published of it is recognised. Let transfers end with a rename or a marker, or raise settle-seconds."
        case .sharedWriting: "Deliver it again with umask 0027, or after 'chmod g-w,o-w'; ecocd needs the group's right to read only."
        }
    }

    /// The finding for an entry; `message` is a whole sentence.
    func finding(_ message: String, value: String? = nil) -> Finding {
        Finding(rule: rawValue, severity: .error, value: value, message: message, remedy: remedy)
    }
}

extension IntakeRule {
    /// What is wrong with a name, or nil.
    static func finding(forName name: FileName) -> Finding? {
        guard let text = name.text else {
            return nameEncoding.finding("The file's name isn't UTF-8.", value: name.description)
        }
        if text.unicodeScalars.contains(where: isControl) {
            return nameCharacters.finding("The file's name has control characters in it.", value: name.description)
        }
        if name.bytes.count > maximumNameBytes {
            return nameLength.finding("The file's name has \(name.bytes.count) bytes; \(maximumNameBytes) are allowed.", value: text)
        }
        return nil
    }

    /// What is wrong with the entry itself, or nil. Content isn't looked at.
    static func finding(for status: FileStatus, _ settings: InboxSettings) -> Finding? {
        switch status.kind {
        case .regular: break
        case .symbolicLink: return symbolicLink.finding("The entry is a symbolic link.")
        case .directory: return directory.finding("The entry is a directory.")
        default: return specialFile.finding("The entry is a \(status.kind.rawValue).")
        }
        if status.links > 1 { return hardLink.finding("The file has \(status.links) names; a file in an inbox may have one only.") }
        if status.size > settings.maximumBytes {
            return size.finding(
                "The file has \(status.size) bytes; the source's limit is \(settings.maximumBytes).", value: "\(status.size)")
        }
        return nil
    }

    /// What is wrong with a file of a user who may not deliver.
    static func finding(forOwner user: UInt32) -> Finding {
        // A user who is gone, or a name service that doesn't answer, leaves the number.
        let name = ((try? UserDatabase.name(of: user)) ?? nil).map { " (\($0))" } ?? ""
        return owner.finding("The file belongs to user \(user)\(name), who may not deliver for this source.", value: "\(user)")
    }

    /// What is wrong with a file that others than its owner may write to, where the source asks whose a file is. With an access control list the
    /// group's bits are the most that anybody named in it may do.
    static func finding(forWritersOf status: FileStatus, _ settings: InboxSettings) -> Finding? {
        guard settings.refusesSharedWriting, status.mode & 0o022 != 0 else { return nil }
        let digits = String(status.mode & 0o777, radix: 8)
        let mode = String(repeating: "0", count: 4 - digits.count) + digits
        let others = status.mode & 0o002 != 0 ? "everybody" : "its group"
        return sharedWriting.finding(
            "The file's mode \(mode) lets \(others) write to it, so its content need not be its owner's.", value: mode)
    }

    /// What is wrong with a file that grew or was written over when its copy was long in work.
    static func finding(forLate status: FileStatus, of submission: Submission) -> Finding {
        late.finding(
            "The file was written to after it was taken as submission \(submission.id): \(submission.origin.size) bytes were taken, now it has \(status.size).",
            value: "\(status.size)")
    }

    /// Line and paragraph separators, and marks that turn the direction of writing around, deceive whoever reads a list.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
