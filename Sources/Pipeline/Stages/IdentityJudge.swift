import Audit
import Certificate
import Configuration
import Linux

/// Decides which certificates are new and which were there before, one record after the other. The daemon and a look ahead at a file
/// judge by it, so they can't differ.
///
/// The first message of a (VIN, stage) is version 1. The same content again is a duplicate. Other content is a correction: the next version.
struct IdentityJudge {
    let known: any KnownCertificates
    let messages: EarlierMessages
    let repeated: RepeatedVehicles
    let corrections: Source.Corrections
    /// The date-time of new certificates.
    let now: () throws -> Timestamp

    struct Verdict {
        var findings: [Finding] = []
        /// The certificate that an accepted record corrects.
        var corrected: CertificateState?
    }

    /// Completes an acceptable line, or turns it down and says why.
    /// - Parameter rejectsAll: another record of the file was turned down, and the source publishes all or nothing.
    func decide(_ line: inout RecordLine, rejectsAll: Bool) throws -> Verdict {
        if let finding = Self.repetition(&line, repeated) { return Verdict(findings: [finding]) }
        guard line.outcome == .accepted else { return Verdict() }
        let (earlier, last) = try newest(line)
        if let earlier, earlier.contentSHA256 == line.contentSHA256, earlier.state != .withdrawn {
            line.outcome = .duplicate
            line.version = earlier.version
            line.first = earlier.submission
            return Verdict(findings: [IdentityRule.duplicate(line, earlier)])
        }
        if let problem = try refusal(line, earlier) ?? completeHeader(&line, earlier, last: last)
            ?? (rejectsAll ? IdentityRule.allOrNothing(line) : nil)
        {
            line.outcome = .rejected
            return Verdict(findings: [problem])
        }
        return earlier.map { Verdict(findings: [IdentityRule.correction(line, $0)], corrected: $0) } ?? Verdict()
    }

    /// Turns down a vehicle that stands in the file more than once; nil for any other.
    static func repetition(_ line: inout RecordLine, _ repeated: RepeatedVehicles) -> Finding? {
        guard let other = repeated.rows[line.row] else { return nil }
        line.outcome = .rejected
        return IdentityRule.repeated(line, other: other)
    }

    /// Whether the records that are good by themselves are turned down, too.
    static func rejectsAll(_ policy: Source.Policy, _ tally: RecordTally) -> Bool {
        policy == .all && tally.rejected > 0 && tally.accepted > 0
    }

    /// The newest version that stands, and the highest that is used up: a sealed one that was lost stands no more, but its number isn't given
    /// again (docs/ledger.md, "Lost submissions").
    private func newest(_ line: RecordLine) throws -> (standing: CertificateState?, last: Int) {
        let newest = try known.certificate(vin: line.vin, stage: line.stage)
        guard let newest, newest.state == .lost else { return (newest, newest?.version ?? 0) }
        return (try known.certificate(vin: line.vin, stage: line.stage, standingBelow: newest.version), newest.version)
    }

    /// Why this can't be a correction of the newest version, where there is one.
    private func refusal(_ line: RecordLine, _ earlier: CertificateState?) -> Finding? {
        guard let earlier else { return nil }
        if corrections == .reject { return IdentityRule.correctionsRefused(line, earlier) }
        return earlier.state < .published ? IdentityRule.underWay(line, earlier) : nil
    }

    /// Gives the current time; to a correction one that is later than that of the message it corrects, which may have come ready from an ERP
    /// whose clock is a little ahead.
    private func giveDateTime(_ line: inout RecordLine, _ earlier: CertificateState?) throws -> Finding? {
        var time = try now()
        if let earlier, case .found(let published) = messages.values(of: earlier),
            let text = published[HeaderKeys.dateTime], let before = Timestamp(text), before >= time
        {
            guard before.milliseconds - time.milliseconds < SealingClock.tolerance else {
                line.issuedAt = time.text
                return IdentityRule.dateTime(line, before: text)
            }
            time = Timestamp(milliseconds: before.milliseconds + 1)
        }
        line.issuedAt = time.text
        return nil
    }

    /// Gives the header's new values, or looks whether those that a ready message brings along may stand.
    private func completeHeader(_ line: inout RecordLine, _ earlier: CertificateState?, last: Int) throws -> Finding? {
        let version = last + 1
        guard !line.referenceID.isEmpty else {
            line.version = version
            line.referenceID = NewHeaderValues.referenceID()
            return try giveDateTime(&line, earlier)
        }
        guard line.version == version else {
            if last > earlier?.version ?? 0 { return IdentityRule.usedVersion(line, last: last) }
            return earlier.map { IdentityRule.nextVersion(line, $0) } ?? IdentityRule.firstVersion(line)
        }
        return try known.certificate(referenceID: line.referenceID).map { IdentityRule.usedReferenceID(line, $0) }
    }
}
