/// What was received and certified before, over all volumes: what decides whether a record is new, a repetition or a correction. The daemon
/// asks its own ledger; whoever only looks asks a `ReadOnlyLedger`. Safe from any thread.
public protocol KnownCertificates: Sendable {
    /// The first submission of this source with these bytes that came before the one named, or nil.
    func firstSubmission(source: String, sha256: String, before submission: String) throws(LedgerError) -> String?

    /// The newest version of a vehicle's certificate at this stage, or nil.
    func certificate(vin: String, stage: Int) throws(LedgerError) -> CertificateState?

    /// The newest version below this one that stands: neither rejected nor lost.
    func certificate(vin: String, stage: Int, standingBelow version: Int) throws(LedgerError) -> CertificateState?

    /// The first certificate with this reference id, in whatever case it is written, or nil.
    func certificate(referenceID: String) throws(LedgerError) -> CertificateState?
}

extension Ledger: KnownCertificates {}

/// A ledger beside its running daemon, or without one: answers the same questions by the same statements, and never writes, neither to
/// the ledger nor to its log.
public final class ReadOnlyLedger: KnownCertificates {
    private let queries: LedgerQueries

    /// Refuses what isn't a ledger of this version, and what this process may not read.
    public init(path: String) throws(LedgerError) {
        var files: VolumeFiles
        var queries: LedgerQueries
        repeat {
            files = try VolumeFiles(ofLedger: path)
            for path in files.allPaths { _ = try LedgerReader(path: path) }
            queries = try LedgerQueries(path: path)
            // A volume may have been closed meanwhile.
        } while try VolumeFiles(ofLedger: path) != files
        self.queries = queries
    }

    public func firstSubmission(source: String, sha256: String, before submission: String) throws(LedgerError) -> String? {
        try queries.firstSubmission(source: source, sha256: sha256, before: submission)
    }

    public func certificate(vin: String, stage: Int) throws(LedgerError) -> CertificateState? {
        try queries.certificate(vin: vin, stage: stage)
    }

    public func certificate(vin: String, stage: Int, standingBelow version: Int) throws(LedgerError) -> CertificateState? {
        try queries.standingCertificate(vin: vin, stage: stage, below: version)
    }

    public func certificate(referenceID: String) throws(LedgerError) -> CertificateState? {
        try queries.certificate(referenceID: referenceID)
    }
}
