/// What a verification of all volumes found.
public struct HistoryVerification: Sendable {
    /// The oldest first; the open one is the last.
    public let volumes: [Volume]

    public struct Volume: Sendable {
        public let path: String
        /// Of its head; nil when it can't be read.
        public let origin: String?
        public let verification: LedgerVerification
        /// What contradicts the volumes before it, each one sentence.
        public let linkProblems: [String]

        public var isIntact: Bool { verification.isIntact && linkProblems.isEmpty }
    }

    /// Whether the first volume is the ledger's first: otherwise only what follows was verified.
    public let isComplete: Bool

    public var isIntact: Bool { volumes.allSatisfy(\.isIntact) }
    public var problemCount: Int { volumes.reduce(0) { $0 + $1.verification.problemCount + $1.linkProblems.count } }
    /// Why a volume couldn't be verified to its end; nil when all were.
    public var incompleteness: String? { volumes.lazy.compactMap(\.verification.incompleteness).first }
    public var isSignatureVerified: Bool { volumes.allSatisfy(\.verification.isSignatureVerified) }
    /// Of the open one.
    public var newest: Volume { volumes[volumes.count - 1] }

    /// Verifies every volume of a ledger, that each names its neighbours, that nothing was published in two of them, and that what a volume
    /// took over stands in those before it. A change of volume
    /// meanwhile is waited out.
    ///
    /// - Parameters:
    ///   - verifierKey: of any volume of the ledger, or nil to check everything but signatures and origin.
    ///   - mayBeAlone: for a copy of one volume: that the volumes before it aren't beside it is no problem then, but it isn't complete.
    /// - Throws: only when there is nothing to verify: a file can't be opened or isn't a ledger, or the key can't be read.
    public static func verify(path: String, verifierKey: String? = nil, mayBeAlone: Bool = false) throws(LedgerError) -> HistoryVerification
    {
        while true {
            let files = try VolumeFiles(ofLedger: path)
            let origin = try? VolumeEnds(path)?.head.origin
            let result = try verify(files, verifierKey, mayBeAlone)
            let isSame = try VolumeFiles(ofLedger: path) == files && origin == (try? VolumeEnds(path)?.head.origin)
            if isSame { return result }
        }
    }

    private static func verify(_ files: VolumeFiles, _ verifierKey: String?, _ mayBeAlone: Bool) throws(LedgerError) -> HistoryVerification
    {
        var volumes: [Volume] = []
        var older: (path: String, ends: VolumeEnds?)?
        var isComplete = true
        for (index, path) in files.allPaths.enumerated() {
            let ends = try? VolumeEnds(path)
            let verification = try LedgerVerifier.verify(path: path, verifierKey: VerifierKey.text(verifierKey, forVolume: path))
            var link = linkProblems(ends, older, number: index < files.closed.count ? files.closed[index] : nil)
            if older == nil, let ends, ends.hasPredecessor {
                isComplete = false
                if !mayBeAlone { link.append("the volume '\(ends.first?.text("previous") ?? "")' that it follows is missing") }
            }
            if index > 0 {
                let before = Array(files.allPaths[..<index])
                link += try RepeatedIdentities.find(in: path, after: before)
                // Where one of them can't be read at all, that is its own problem.
                link += (try? CarriedEntries(in: path, after: before, isComplete: isComplete))?.problems() ?? []
            }
            volumes.append(Volume(path: path, origin: ends?.head.origin, verification: verification, linkProblems: link))
            older = (path, ends)
        }
        return HistoryVerification(volumes: volumes, isComplete: isComplete)
    }

    private static func linkProblems(_ ends: VolumeEnds?, _ older: (path: String, ends: VolumeEnds?)?, number: Int?) -> [String] {
        guard let ends else { return [] }
        var problems: [String] = []
        if let number {
            if VolumeName(ends.head.origin)?.number != number {
                problems.append("the file's name isn't that of volume '\(ends.head.origin)'")
            }
            if !ends.isClosed { problems.append("it was put aside without having been closed") }
        }
        if let older, let before = older.ends, let flaw = ends.flaw(asSuccessorOf: before) {
            problems.append("it doesn't follow \(older.path): \(flaw)")
        }
        return problems
    }
}

extension VerifierKey {
    /// The text of a ledger's key under the name of the volume in this file; as given where it can't be told.
    static func text(_ key: String?, forVolume path: String) -> String? {
        guard let key, let read = VerifierKey(key), let ends = try? VolumeEnds(path) else { return key }
        return read.forVolume(ends.head.origin).text
    }
}

/// Certificates and submissions that more than one volume has.
private enum RepeatedIdentities {
    private static let largestCount = 100

    /// One that was taken over is another's question: `CarriedEntries`.
    private static let repeated = """
        SELECT c.vin || ', stage ' || c.stage || ', version ' || c.version FROM older.certificate o \
        JOIN main.certificate c USING(vin, stage, version) JOIN main.entry e ON e.position = c.first WHERE o.state <> 'rejected' \
        AND NOT \(CarriedEntries.says(.carried, "e"))
        """

    static func find(in path: String, after older: [String]) throws(LedgerError) -> [String] {
        var problems: [String] = []
        for (number, olderPath) in older.enumerated() {
            let connection = try Connection(path: path, .reading)
            let attach = try connection.prepare("ATTACH ?1 AS older")
            try attach.bind(1, olderPath)
            try attach.run()
            problems += try rows(connection, repeated).map { "the certificate of \($0) was validated before, in \(older[number])" }
            problems += try rows(connection, "SELECT s.id FROM older.submission o JOIN main.submission s USING(id)").map {
                "the submission \($0) was received before, in \(older[number])"
            }
        }
        return problems
    }

    /// A damaged table is the volume's own problem, and told with it.
    private static func rows(_ connection: Connection, _ sql: String) throws(LedgerError) -> [String] {
        guard let statement = try? connection.prepare("\(sql) LIMIT \(largestCount)") else { return [] }
        defer { statement.reset() }
        var found: [String] = []
        do throws(LedgerError) { while try statement.step() { found.append(statement.text(0)) } } catch { return found }
        return found
    }
}
