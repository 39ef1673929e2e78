import Audit
import Configuration
import Glibc
import Linux

/// Knows each destination's outbox again, so that a folder whose file system isn't mounted is never taken for one that was emptied, and
/// nothing is published into it (docs/receipts.md, "Collected"). Any thread.
final class OutboxFolders: Sendable {
    /// In the outbox: says that this is the folder.
    static let receipts = "receipts"
    static let mark = ".ecocd-outbox"

    private struct Known: Sendable, Equatable {
        var device: UInt64
        var inode: UInt64
        var path: String
    }

    /// Why nothing can be said of an outbox now.
    struct Unknown: Error, CustomStringConvertible {
        /// A clause without full stop.
        let what: String
        /// Whole sentences.
        let remedy: String
        var description: String { "\(what). \(remedy)" }
    }

    private let state: String
    private let ledger: Ledger
    private let known = Monitor<[String: Known]>([:])

    /// - Parameter state: the folder where each outbox's token is kept, in `outboxes`.
    init(state: String, ledger: Ledger) {
        (self.state, self.ledger) = (state, ledger)
    }

    /// Opens the outbox, if it is the folder that it was.
    func open(_ destination: Configuration.Destination) throws(Unknown) -> Directory {
        let directory = try unusable(destination) { () throws(SystemError) in try Directory(destination.outbox) }
        guard try isItself(directory, destination) else { throw Self.replaced(destination) }
        return directory
    }

    private func unusable<Answer: ~Copyable>(
        _ destination: Configuration.Destination, _ body: () throws(SystemError) -> Answer
    ) throws(Unknown) -> Answer {
        do { return try body() } catch {
            throw Unknown(
                what: "the outbox of '\(destination.name)' can't be used: \(error)",
                remedy: "Look whether its file system is mounted and ecocd may write there. It is tried again at the next rescan.")
        }
    }

    private func isItself(_ directory: borrowing Directory, _ destination: Configuration.Destination) throws(Unknown) -> Bool {
        try unusable(destination) { () throws(SystemError) in
            let status = try directory.descriptor.status()
            let now = Known(device: status.device, inode: status.inode, path: destination.outbox)
            return try known.withLock { known throws(SystemError) in
                guard try judge(directory, destination, isSame: known[destination.name] == now) else { return false }
                known[destination.name] = now
                return true
            }
        }
    }

    private static func replaced(_ destination: Configuration.Destination) -> Unknown {
        Unknown(
            what:
                "\(destination.outbox) isn't the folder that was the outbox of '\(destination.name)': \(receipts)/\(mark) is missing in it "
                + "or another's",
            remedy: "Mount its file system. If the folder was replaced on purpose: touch \(destination.outbox)/\(receipts)/\(mark)")
    }

    // MARK: Judging

    /// Whether the folder is the outbox; marks it where it is seen for the first time.
    private func judge(
        _ directory: borrowing Directory, _ destination: Configuration.Destination, isSame: Bool
    ) throws(SystemError) -> Bool {
        let marked = try Self.readMark(directory)
        guard let kept = try readToken(destination.name) else {
            let token = marked.flatMap { $0.isEmpty ? nil : $0 } ?? Self.newToken()
            if marked != token { try mark(directory, token) }
            try writeToken(destination, token)
            return true
        }
        if marked == kept.token, kept.path == destination.outbox { return true }
        // An empty mark is an administrator's word.
        var isRight = marked == kept.token || marked == "" || (marked == nil && isSame)
        // Another path in the settings is an administrator's word, too, unless bundles would be left behind.
        if !isRight, kept.path != destination.outbox { isRight = try !waits(destination.name) }
        if !isRight { isRight = try holdsOne(directory, destination.name) }
        guard isRight else { return false }
        if marked != kept.token { try mark(directory, kept.token) }
        if kept.path != destination.outbox { try writeToken(destination, kept.token) }
        return true
    }

    private static func newToken() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }

    private func waits(_ destination: String) throws(SystemError) -> Bool {
        try asking { () throws(LedgerError) in try !ledger.uncollected(destination: destination, limit: 1).isEmpty }
    }

    /// Whether one of the bundles that wait to be collected lies here.
    private func holdsOne(_ directory: borrowing Directory, _ destination: String) throws(SystemError) -> Bool {
        let names = Set(try directory.entries())
        var after: UncollectedBundle?
        while true {
            let page = try asking { () throws(LedgerError) in try ledger.uncollected(destination: destination, after: after) }
            if page.contains(where: { FileName($0.bundle).map(names.contains) ?? false }) { return true }
            guard let last = page.last else { return false }
            after = last
        }
    }

    /// A ledger that can't be read makes the outbox unknown; the ledger's own failure is told elsewhere.
    private func asking<Answer>(_ question: () throws(LedgerError) -> Answer) throws(SystemError) -> Answer {
        do { return try question() } catch { throw SystemError(code: EIO, operation: "read", path: error.path) }
    }

    // MARK: The mark in the outbox

    /// Its text; empty for an empty file, nil when there is none.
    private static func readMark(_ directory: borrowing Directory) throws(SystemError) -> String? {
        guard try directory.statusIfPresent(receipts) != nil else { return nil }
        let folder = try directory.openDirectory(receipts)
        guard try folder.statusIfPresent(mark)?.kind == .regular else { return nil }
        return String(decoding: try folder.readFile(mark, limit: 256).prefix { $0 != 0x0A }, as: UTF8.self)
    }

    private func mark(_ directory: borrowing Directory, _ token: String) throws(SystemError) {
        if try directory.statusIfPresent(Self.receipts) == nil {
            try directory.makeDirectory(Self.receipts, mode: 0o700)
            try directory.openDirectory(Self.receipts).descriptor.setMode(0o2770)
            try directory.sync()
        }
        let folder = try directory.openDirectory(Self.receipts)
        let part = "\(Self.mark).part"
        if try folder.statusIfPresent(part) != nil { try folder.unlink(part) }
        try folder.writeFile(part, Array("\(token)\n".utf8), mode: 0o444)
        try folder.rename(part, to: folder, as: Self.mark)
        try folder.sync()
    }

    // MARK: The token in the state folder

    private func readToken(_ destination: String) throws(SystemError) -> (token: String, path: String)? {
        let folder = "\(state)/outboxes"
        do throws(SystemError) {
            let lines = String(decoding: try Directory(folder).readFile(destination, limit: 8192), as: UTF8.self).split(separator: "\n")
            return lines.count == 2 ? (String(lines[0]), String(lines[1])) : nil
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    private func writeToken(_ destination: Configuration.Destination, _ token: String) throws(SystemError) {
        let parent = try Directory(state)
        if try parent.statusIfPresent("outboxes") == nil {
            try parent.makeDirectory("outboxes")
            try parent.sync()
        }
        let folder = try parent.openDirectory("outboxes")
        let part = ".\(destination.name).part"
        if try folder.statusIfPresent(part) != nil { try folder.unlink(part) }
        try folder.writeFile(part, Array("\(token)\n\(destination.outbox)\n".utf8))
        try folder.rename(part, to: folder, as: destination.name)
        try folder.sync()
    }
}
