public import Audit
public import Configuration
public import Linux
import Sign

/// Judges the evidence of anchors by the authorities and witnesses that the settings trust.
public struct AnchorJudge: Sendable {
    private let timestamps: TimeStampVerifier?
    private let witnesses: [WitnessKey]
    private let skewSeconds: Int

    /// What evidence is worth.
    public enum Verdict: Sendable, Equatable {
        /// A trusted authority signed the head then.
        case good(authority: String, time: Timestamp)
        /// It may be good, but nothing here says whom to trust; a sentence.
        case unknown(String)
        /// By somebody or in a way that isn't trusted; a sentence.
        case untrusted(String)
        /// It isn't evidence of this head, whomever one trusts; a sentence.
        case broken(String)
    }

    /// A setting that can't be used.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Reads the certificates that the settings name.
    public init(_ settings: Configuration.Anchoring) throws(Fault) {
        try self.init(
            trusted: settings.timestamp?.trusted, policy: settings.timestamp?.policy, witnessKeys: settings.witnesses.map(\.key),
            skewSeconds: settings.skewSeconds)
    }

    /// - Parameters:
    ///   - trusted: the path of a PEM file with the time-stamping authorities to trust; nil trusts none.
    ///   - policy: the only policy of time-stamps to accept; nil accepts any.
    ///   - witnessKeys: those to trust, as C2SP writes them.
    ///   - skewSeconds: how far clocks may lie apart.
    public init(trusted: String?, policy: String?, witnessKeys: [String], skewSeconds: Int) throws(Fault) {
        self.skewSeconds = skewSeconds
        timestamps = try trusted.map { path throws(Fault) in
            do {
                let pem = try Descriptor.open(path).readAll(limit: StartChecks.maximumBytes)
                return try TimeStampVerifier(trustedPEM: pem, policy: policy, skew: skewSeconds)
            } catch {
                throw Fault(description: "The authorities of time-stamps can't be read from \(path): \(error)")
            }
        }
        witnesses = try witnessKeys.map { text throws(Fault) in
            guard let key = WitnessKey(text) else {
                throw Fault(
                    description:
                        "The witness key '\(text)' isn't of the form name+keyid+base64 with an Ed25519 cosignature key (type 0x04). "
                        + "Ask who runs the witness for the line.")
            }
            return key
        }
    }

    /// - Parameter isFresh: whether it was made just now, so that its time must be about ours.
    public func judge(_ kind: Anchor.Kind, note: String, evidence: [UInt8], isFresh: Bool) -> Verdict {
        switch kind {
        case .timestamp: judgeToken(evidence, note, isFresh)
        case .cosignature: judgeCosignature(String(decoding: evidence, as: UTF8.self), note, isFresh)
        }
    }

    private func judgeToken(_ token: [UInt8], _ note: String, _ isFresh: Bool) -> Verdict {
        guard let timestamps else { return .unknown("No time-stamping authority is configured.") }
        do throws(TimeStampFailure) {
            let good = try timestamps.verify(token, over: Array(note.utf8), isFresh: isFresh)
            return .good(authority: good.authority, time: Timestamp(milliseconds: good.time * 1000))
        } catch {
            return error.isBroken ? .broken(error.message) : .untrusted("\(error)")
        }
    }

    private func judgeCosignature(_ lines: String, _ note: String, _ isFresh: Bool) -> Verdict {
        guard let head = CheckpointNote(note) else { return .broken("The head isn't a signed checkpoint.") }
        for witness in witnesses {
            guard let found = witness.cosignature(in: lines, of: head) else { continue }
            let ahead = (found.time.milliseconds - Timestamp.now().milliseconds) / 1000
            if ahead > skewSeconds || isFresh && -ahead > skewSeconds {
                let time = found.time.textToTheSecond
                return .untrusted("\(witness.name) says \(time), more than \(skewSeconds) seconds from now. Check this machine's clock.")
            }
            return .good(authority: witness.name, time: found.time)
        }
        guard let named = witnesses.first(where: { $0.isNamed(in: lines) }) else {
            return .unknown("No key of the witness is configured.")
        }
        return .broken("The cosignature of \(named.name) doesn't hold.")
    }
}
