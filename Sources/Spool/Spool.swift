public import Audit
public import Linux

/// The folders that submissions walk through, and the only way to move one.
///
/// Safe from any thread, as long as each submission is worked on by one thread at a time.
public final class Spool: Sendable {
    /// The folder that holds everything, without a final slash.
    public let root: String
    /// The ledger that every move is recorded in.
    public let ledger: Ledger

    /// Opens a spool that `prepare` has made.
    /// - Throws: when a stage's folder is missing, or lies on another file system than the others, where moves would fail.
    public init(root: String, ledger: Ledger) throws(SpoolError) {
        self.root = root
        self.ledger = ledger
        var device: UInt64?
        for stage in Stage.allCases {
            let status = try performing("open the spool") { () throws(SystemError) in
                try Directory("\(root)/\(stage.rawValue)").descriptor.status()
            }
            guard status.device == device ?? status.device else {
                throw SpoolError(
                    "open the spool", .damaged(path: path(stage), what: "it lies on another file system than the other stages"))
            }
            device = status.device
        }
    }

    // MARK: Looking

    /// The stage's folder.
    public func path(_ stage: Stage) -> String { "\(root)/\(stage.rawValue)" }

    /// The submission's directory in a stage, there or not.
    public func path(_ stage: Stage, _ id: SubmissionID) -> String { "\(root)/\(stage.rawValue)/\(id.text)" }

    /// The submissions in a stage, oldest first. Names that aren't a submission's are passed over.
    public func submissions(in stage: Stage) throws(SpoolError) -> [SubmissionID] {
        let names = try performing("list the stage '\(stage.rawValue)'") { () throws(SystemError) in try Directory(path(stage)).entries() }
        return names.compactMap { $0.text.flatMap { SubmissionID($0) } }.sorted()
    }

    /// The stage that a submission is in, or nil when it is in none.
    public func stage(of id: SubmissionID) throws(SpoolError) -> Stage? {
        for stage in Stage.allCases where try isPresent(id, in: stage) { return stage }
        return nil
    }

    /// Opens a submission's directory.
    public func open(_ id: SubmissionID, in stage: Stage) throws(SystemError) -> Directory { try Directory(path(stage, id)) }

    /// What was received, from the submission's directory.
    public func load(_ id: SubmissionID, in stage: Stage) throws(SpoolError) -> Submission {
        let operation = "read the submission \(id)"
        let bytes = try performing(operation) { () throws(SystemError) in
            try open(id, in: stage).readFile(Submission.fileName, limit: Submission.maximumSize)
        }
        let file = "\(path(stage, id))/\(Submission.fileName)"
        let submission: Submission
        do { submission = try Submission(reading: bytes) } catch {
            throw SpoolError(operation, .damaged(path: file, what: error.description))
        }
        guard submission.id == id else { throw SpoolError(operation, .damaged(path: file, what: "it speaks of another submission")) }
        return submission
    }

    /// The path of the original, as it was received.
    public func originalPath(_ submission: Submission, in stage: Stage) -> String {
        "\(path(stage, submission.id))/\(Submission.originalFolder)/\(submission.name)"
    }

    // MARK: Writing

    /// Writes a file in a submission's directory, whole or not at all, and puts it and its name on disk. One that is there is replaced.
    /// - Parameter name: one component; a file named `.<name>.part` is used on the way.
    public func writeFile(_ name: String, _ content: [UInt8], of id: SubmissionID, in stage: Stage) throws(SpoolError) {
        try performing("write '\(name)' of submission \(id)") { () throws(SystemError) in
            let directory = try open(id, in: stage)
            let part = ".\(name).part"
            if try directory.statusIfPresent(part) != nil { try directory.unlink(part) }
            try directory.writeFile(part, content)
            try directory.rename(part, to: directory, as: name)
            try directory.sync()
        }
    }

    /// Puts everything in the spool on disk: one call for all files of a batch, before the ledger speaks of them.
    public func syncFileSystem() throws(SpoolError) {
        try performing("put the spool on disk") { () throws(SystemError) in try Directory(root).syncFileSystem() }
    }

    // MARK: The durable move

    /// Moves a submission, as the batch form does.
    public func move(
        _ id: SubmissionID, from: Stage, to: Stage, digest: String, with events: [Event] = []
    ) throws(SpoolError) {
        try move([Move(id, from: from, to: to, digest: digest, with: events)])
    }

    /// Moves submissions so that no crash loses or doubles one: the intent and `events` in one commit, the renames, every folder concerned
    /// on disk, and then `moved`, which rides in the next commit. Everything that the events speak of must be on disk before the call.
    ///
    /// - Throws: a ledger error before anything was moved. After a system error some of the moves may have been made; what the ledger calls
    ///   an open move is finished by `recover`, so the submissions named here mustn't be touched before that.
    public func move(_ moves: [Move]) throws(SpoolError) {
        do { try ledger.commit(moves.flatMap { $0.events + [$0.moving] }) } catch {
            throw SpoolError("record \(Self.describe(moves))", .ledger(error))
        }
        try performing(Self.describe(moves)) { () throws(SystemError) in
            for move in moves { try rename(move) }
            try syncFolders(of: moves)
        }
        ledger.enqueue(moves.map(\.moved))
    }

    private static func describe(_ moves: [Move]) -> String {
        guard let first = moves.first else { return "move nothing" }
        let one = "move submission \(first.id) from '\(first.from.rawValue)' to '\(first.to.rawValue)'"
        return moves.count == 1 ? one : "\(one), and \(moves.count - 1) more"
    }

    func rename(_ move: Move) throws(SystemError) {
        let source = try Directory(path(move.from))
        let destination = try Directory(path(move.to))
        try source.renameNoReplace(move.id.text, to: destination, as: move.id.text)
    }

    /// Destinations first: a crash in between then shows a submission twice, never not at all.
    func syncFolders(of moves: [Move]) throws(SystemError) {
        let destinations = Set(moves.map(\.to))
        for stage in destinations { try Directory(path(stage)).sync() }
        for stage in Set(moves.map(\.from)).subtracting(destinations) { try Directory(path(stage)).sync() }
    }

    func isPresent(_ id: SubmissionID, in stage: Stage) throws(SpoolError) -> Bool {
        try performing("look for submission \(id)") { () throws(SystemError) in
            try Directory(path(stage)).statusIfPresent(id.text) != nil
        }
    }
}
