import Hashing
import Linux

/// The folder that one downstream tool collects from, and how files come into it: written into a folder of our own, on disk, on record, and then
/// each by one rename. What every crash leaves, and what is made of it, is told in docs/spool.md, "Into the outbox".
struct Outbox: Sendable {
    let destination: String
    let path: String

    /// Writes the files where nobody sees them, with the list that names them. On disk after `sync`.
    /// - Parameters:
    ///   - owner: a submission's id, or a notice's name.
    ///   - archive: where the same files lie under the same names; on a file system that can, theirs here share the blocks.
    func lay(_ files: [OutgoingFile], of owner: String, sharing archive: borrowing Directory) throws {
        guard let first = files.first else { return }
        try persistently {
            let staging = try staging()
            var canShare = true
            for file in files {
                if canShare { canShare = try staging.write(file, sharing: archive) } else { try staging.write(file) }
            }
            try staging.writeList(files.map(\.name), .init(owner: owner, first: first.name))
        }
    }

    /// A batch shares the spool's sync of the file system; an outbox on another one needs its own.
    func syncIfElsewhere(than spool: borrowing Directory) throws {
        guard try Directory(path).descriptor.status().device != spool.descriptor.status().device else { return }
        try sync()
    }

    /// Puts what was laid out on disk.
    func sync() throws { try staging().sync() }

    /// Lets files that were laid out appear, in the order of their list. What somebody has taken out of our folder since is laid out again.
    /// - Parameter note: is told what was laid out again.
    func release(_ files: [OutgoingFile], of owner: String, note: (String) -> Void) throws {
        guard let first = files.first else { return }
        let missing = try show(files.map { ($0.name, $0.sha256) })
        try layAgain(missing, of: files, in: .init(owner: owner, first: first.name), note: note)
    }

    /// Removes the lists: the ledger says by now that all of the owner's files are published. What can't be removed goes at the next start.
    func forget(_ owner: String) { try? staging().removeLists(of: owner) }

    /// Removes a file that was laid out and isn't to leave.
    func discard(_ name: String, of owner: String) throws {
        let staging = try staging()
        if try staging.directory.statusIfPresent(name) != nil { try staging.directory.unlink(name) }
        try staging.removeLists(of: owner)
    }

    private func staging() throws -> StagingFolder { try StagingFolder(in: Directory(path)) }

    // MARK: Showing

    /// - Returns: the files that are in neither folder.
    private func show(_ files: [(name: String, sha256: String)]) throws -> [String] {
        let outbox = try Directory(path)
        let staging = try StagingFolder(in: outbox)
        var missing: [String] = []
        for (name, sha256) in files {
            if try move(name, from: staging, to: outbox) { continue }
            let isHere = try staging.directory.statusIfPresent(name) != nil
            guard try isThere(name, sha256, in: outbox) else {
                missing.append(name)
                continue
            }
            if isHere { try staging.directory.unlink(name) }
        }
        try outbox.sync()
        try staging.directory.sync()
        return missing
    }

    /// - Returns: false when the file isn't in our folder, or its name is taken in the outbox.
    private func move(_ name: String, from staging: borrowing StagingFolder, to outbox: borrowing Directory) throws(SystemError) -> Bool {
        do throws(SystemError) {
            try staging.directory.renameToOwnName(name, to: outbox, as: name)
            return true
        } catch {
            if error.isNotFound || error.isAlreadyThere { return false }
            throw error
        }
    }

    /// Whether this very file lies in the outbox. Another one of its name is never replaced.
    private func isThere(_ name: String, _ sha256: String, in outbox: borrowing Directory) throws -> Bool {
        guard try outbox.statusIfPresent(name) != nil else { return false }
        guard try SHA256.hexadecimal(of: outbox.readFile(name, limit: Self.largest)) == sha256 else {
            throw SubmissionFault(
                what: "\(path)/\(name) is there already with other content",
                remedy: "Find out who wrote it, move it away, and let ecocd go on.")
        }
        return true
    }

    static let largest = 64 << 20

    // MARK: Laying out again

    /// How often files are laid out that somebody keeps removing.
    private static let attempts = 6

    private func layAgain(
        _ missing: [String], of files: [OutgoingFile], in batch: StagingFolder.Batch, note: (String) -> Void
    ) throws {
        var missing = missing
        for attempt in 0..<Self.attempts where !missing.isEmpty {
            note("\(missing.count) files were removed from \(path)/\(StagingFolder.name) on their way out and are laid out again")
            if attempt > 0 { try Self.pause(attempt) }
            let names = Set(missing)
            let again = files.filter { names.contains($0.name) }
            try write(again, after: files.filter { !names.contains($0.name) }.map(\.name), batch)
            missing = try show(again.map { ($0.name, $0.sha256) })
        }
        guard missing.isEmpty else {
            throw SubmissionFault(
                what:
                    "somebody removes what ecocd lays out in \(path)/\(StagingFolder.name): of \(files.count) files, \(missing.count) are gone "
                    + "again, \(missing[0]) first",
                remedy: "Find the cleaning job, virus scanner or mover that does it, and let it leave that folder alone.")
        }
    }

    /// While they are written, the list names only what has left: stopped there, nobody takes them for released.
    private func write(_ files: [OutgoingFile], after released: [String], _ batch: StagingFolder.Batch) throws {
        try persistently {
            let staging = try staging()
            try staging.writeList(released, batch)
            try staging.sync()
            for file in files { try staging.write(file) }
            try staging.sync()
            try staging.writeList(released + files.map(\.name), batch)
            try staging.sync()
        }
    }

    /// Does it again when somebody removes our folder while it is in use.
    private func persistently(_ body: () throws -> Void) throws {
        for attempt in 1..<Self.attempts {
            do { return try body() } catch let error as SystemError where error.isNotFound { try Self.pause(attempt) }
        }
        try body()
    }

    /// Longer each time: for some three seconds in all.
    private static func pause(_ attempt: Int) throws(SystemError) { _ = try Poll.wait([], milliseconds: 50 << attempt) }
}

// MARK: After a stop in the middle

extension Outbox {
    /// What became of files that the ledger calls on their way.
    struct Found: Sendable {
        /// They lie in the outbox, or were collected from it.
        var released: [String] = []
        /// They never appeared.
        var waiting: [String] = []
        /// They are in neither folder, and nothing shows that they left.
        var doubtful: [String] = []
    }

    /// Shows what waits, and tells what became of the rest. Nobody else may be at the owner's files.
    func find(_ files: [(name: String, sha256: String)], of owner: String) throws -> Found {
        let outbox = try Directory(path)
        let staging = try StagingFolder(in: outbox)
        var left: Set<String> = []
        for list in try staging.lists(of: owner) { try left.formUnion(Self.released(list, staging)) }
        let isHere = try files.map { (file) throws(SystemError) in try staging.directory.statusIfPresent(file.name) != nil }
        let vanished = try Set(show(zip(files, isHere).filter(\.1).map(\.0)))
        var found = Found()
        for (file, isHere) in zip(files, isHere) {
            if isHere, !vanished.contains(file.name) {
                found.released.append(file.name)
            } else if try outbox.statusIfPresent(Self.formerPart(file.name)) != nil {
                found.waiting.append(file.name)
            } else if try !isHere && left.contains(file.name) || isThere(file.name, file.sha256, in: outbox) {
                found.released.append(file.name)
            } else {
                found.doubtful.append(file.name)
            }
        }
        return found
    }

    /// Which of the files have left for the outbox, as far as it can be shown. Moves nothing.
    func left(_ files: [(name: String, sha256: String)], of owner: String) throws -> Set<String> {
        let outbox = try Directory(path)
        let staging = try StagingFolder(in: outbox)
        var listed: Set<String> = []
        for list in try staging.lists(of: owner) { try listed.formUnion(Self.released(list, staging)) }
        var left: Set<String> = []
        for file in files where try staging.directory.statusIfPresent(file.name) == nil {
            if try listed.contains(file.name) || isThere(file.name, file.sha256, in: outbox) { left.insert(file.name) }
        }
        return left
    }

    /// Files leave in the order of their list. Where others are gone, somebody was at our folder, and the list shows nothing.
    private static func released(_ list: [String], _ staging: borrowing StagingFolder) throws(SystemError) -> [String] {
        var gone: [String] = []
        var isLeft = false
        for name in list {
            if try staging.directory.statusIfPresent(name) != nil {
                isLeft = true
            } else if isLeft {
                return []
            } else {
                gone.append(name)
            }
        }
        return gone
    }

    /// Lays files out that `find` didn't find, and shows them.
    func resume(_ files: [OutgoingFile], found: Found, of owner: String, note: (String) -> Void) throws {
        guard !files.isEmpty else { return }
        let batch = StagingFolder.Batch(owner: owner, first: "again.asice")
        let staging = try staging()
        try staging.writeList(found.released, batch)
        try staging.sync()
        try staging.removeLists(of: owner, but: batch)
        try write(files, after: found.released, batch)
        let missing = try show(files.map { ($0.name, $0.sha256) })
        // Under its former name it may be a second name of the archive's own file.
        let outbox = try Directory(path)
        for file in files where try outbox.statusIfPresent(Self.formerPart(file.name)) != nil {
            try outbox.unlink(Self.formerPart(file.name))
        }
        try layAgain(missing, of: files, in: batch, note: note)
    }

    /// Where earlier versions let a file wait: in the outbox itself.
    static func formerPart(_ file: String) -> String { ".\(file).part" }
}
