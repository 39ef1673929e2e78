import Audit
import Configuration
import Glibc
import Hashing
import Linux
import Spool
import Validate

extension Configuration {
    /// SHA-256 over name and content of every file, in order.
    var digest: String { Self.digest(of: files) }

    static func digest(of files: [(name: String, bytes: [UInt8])]) -> String {
        var bytes: [UInt8] = []
        for (name, content) in files { bytes += Array("\(name)\0\(content.count)\0".utf8) + content }
        return SHA256.hexadecimal(of: bytes)
    }

    /// What the spool's lock says of a daemon that works by it.
    var holder: SpoolLock.Holder {
        .init(pid: getpid(), host: Machine.name, since: Timestamp.now().text, configuration: path, settingsSHA256: digest)
    }

    /// What the ledger says of it: the digest, the version of the rules that come with this program, and of the file that was changed last, when
    /// and by whose hand.
    var event: Event {
        var fields: [String: Event.Scalar] = [
            "path": .text(path), "sha256": .text(digest), "rules": .text(RuleSet.current.version),
        ]
        if let author = files.compactMap({ file in (try? Descriptor.open(file.name).status()).map(FileAuthor.init) }).max(by: {
            $0.changed < $1.changed
        }) {
            fields["changed"] = .text(author.changed)
            fields["owner"] = .text(author.owner)
        }
        return Event(.configured, fields)
    }
}
