import Audit
import Certificate
import Linux
import Pipeline

extension VehicleReport {
    /// Reads what the ledger says of a vehicle; nil when it says nothing, or nothing of that stage or version.
    /// - Parameter spool: where findings are kept; what can't be read there is left out, with a note.
    static func gather(
        _ vin: String, stage: Int?, version: Int?, from reader: LedgerReader, spool: String
    ) throws -> VehicleReport? {
        let states = try reader.certificates(vin: vin)
        let history = try reader.history(vin: vin)
        let rejections = history.compactMap(Rejection.init)
        guard !states.isEmpty || !rejections.isEmpty else { return nil }
        let chosen = states.filter { (stage ?? $0.stage) == $0.stage && (version ?? $0.version) == $0.version }
            .max { ($0.stage, $0.version) < ($1.stage, $1.version) }
        if chosen == nil, stage != nil || version != nil { return nil }
        let deliveries = try reader.deliveries(vin: vin)
        func own(_ state: CertificateState) -> [Delivery] {
            deliveries.filter { $0.stage == state.stage && $0.version == state.version }
        }
        let others = states.filter { $0 != chosen }.map { state in
            Other(
                stage: state.stage, version: state.version, state: state.state.rawValue, submission: state.submission,
                destinations: Dictionary(own(state).map { ($0.destination, Self.word($0)) }) { first, _ in first })
        }
        let gathering = Gathering(reader: reader, history: history, spool: spool)
        return VehicleReport(
            vin: vin, certificate: try chosen.map { try gathering.certificate($0, own($0)) }, others: others, rejections: rejections,
            ledger: Head(try reader.head()))
    }

    private static func word(_ delivery: Delivery) -> String {
        delivery.acknowledgements.last?.outcome ?? (delivery.collected == nil ? "published" : "collected")
    }
}

/// Joins one certificate's entries with those that were in force when they were written.
private struct Gathering {
    let reader: LedgerReader
    /// Of the vehicle.
    let history: [LedgerEntry]
    let spool: String

    func certificate(_ state: CertificateState, _ deliveries: [Delivery]) throws -> VehicleReport.Certificate {
        // A version that a rejected submission gave back may have been given again.
        let own = history.filter { entry in
            entry.record?.number("stage") == state.stage && entry.record?.number("version") == state.version
                && entry.record?.submission == state.submission
        }
        let validated = own.first { $0.position == state.firstPosition }
        let sealed = own.last { $0.record?.kind == Event.Kind.sealed.rawValue }
        return VehicleReport.Certificate(
            stage: state.stage, version: state.version, state: state.state.rawValue, correction: own.compactMap(correction).last,
            withdrawal: own.compactMap(withdrawal).last, contentSHA256: state.contentSHA256,
            referenceID: state.referenceID, xmlSHA256: sealed?.record?.text("sha256") ?? state.xmlSHA256, bundle: state.bundle,
            bundleSHA256: state.bundleSHA256, origin: try origin(state), checks: try checks(state, validated),
            reference: try reference(state), release: try release(state), seal: try sealed.flatMap(seal),
            deliveries: deliveries.map(delivered),
            proof: sealed == nil ? nil : "ecocctl ledger prove \(state.vin) --stage \(state.stage) --certificate-version \(state.version)",
            entries: own.map { entry in
                .init(
                    kind: entry.record?.kind ?? "unreadable", position: entry.position, at: entry.record?.time ?? "",
                    by: entry.record?.actor ?? "", destination: entry.record?.text("destination"))
            })
    }

    private func origin(_ state: CertificateState) throws -> VehicleReport.Origin {
        let submission = try reader.submission(state.submission)
        let received = try submission.flatMap { try reader.entries($0.firstPosition..<$0.firstPosition + 1).first }
        let owner = received?.record?.number("owner")
        return .init(
            submission: state.submission, source: submission?.source ?? "", file: submission?.name ?? "", row: state.row,
            size: submission?.size ?? 0, sha256: submission?.sha256 ?? "", owner: owner,
            ownerName: owner.flatMap { UInt32(exactly: $0) }.flatMap { (try? UserDatabase.name(of: $0)) ?? nil },
            received: received.map(VehicleReport.Entry.init))
    }

    private func checks(_ state: CertificateState, _ validated: LedgerEntry?) throws -> VehicleReport.Checks {
        var (findings, note): ([VehicleReport.Finding]?, String?)
        do {
            findings = try KeptFindings.of(row: state.row, submission: state.submission, spool: spool)?.map {
                .init(
                    rule: $0.rule, severity: $0.severity.rawValue, message: $0.messageWithChange, element: $0.element, value: $0.value)
            }
            if findings == nil { note = "The submission's directory isn't in the spool any more." }
        } catch {
            note = "The submission's directory can't be read: \(error)."
        }
        return .init(
            validated: validated.map(VehicleReport.Entry.init),
            ruleSet: try reader.landmark(.configured, before: state.firstPosition)?.record?.text("rules"),
            program: try reader.landmark(.started, before: state.firstPosition)?.record?.text("version"),
            warnings: validated?.record?.number("warnings") ?? 0, findings: findings, note: note)
    }

    private func reference(_ state: CertificateState) throws -> VehicleReport.Reference? {
        guard let sha256 = state.referenceSHA256, !sha256.isEmpty else { return nil }
        let entry = try reader.landmark(.referenceActivated, before: state.firstPosition, saying: ("sha256", sha256))
        let record = entry?.record
        return .init(
            sha256: sha256, name: record?.text("name"), approval: record?.text("approval"), type: record?.text("type"),
            variant: record?.text("variant"), version: record?.text("version"), activated: entry.map(VehicleReport.Entry.init),
            fileChanged: record?.text("changed"), fileOwner: record?.text("owner"))
    }

    private func correction(_ entry: LedgerEntry) -> VehicleReport.Correction? {
        guard let record = entry.record, record.kind == Event.Kind.corrected.rawValue else { return nil }
        return .init(
            replaces: record.number("replaces") ?? 0, changes: record.number("changes"), corrected: VehicleReport.Entry(entry))
    }

    private func withdrawal(_ entry: LedgerEntry) -> VehicleReport.Withdrawal? {
        guard let record = entry.record, record.kind == Event.Kind.withdrawn.rawValue else { return nil }
        return .init(
            reason: record.text("reason") ?? "", notice: record.text("notice") ?? "", withdrawn: VehicleReport.Entry(entry))
    }

    /// Nobody releases where the settings do; a submission that was held is released, or rejected, by a person.
    private func release(_ state: CertificateState) throws -> VehicleReport.Release {
        let entry = try reader.landmark(.configured, before: state.firstPosition)
        let milestones = try reader.milestones(submission: state.submission)
        let held = milestones.last { $0.record?.kind == Event.Kind.held.rawValue }
        let released = milestones.last { $0.record?.kind == Event.Kind.released.rawValue }
        return .init(
            policy: released?.record?.text("policy") ?? (held == nil ? "auto" : "hold"), held: held.map(VehicleReport.Entry.init),
            heldReason: held?.record?.text("reason"), released: released.map(VehicleReport.Entry.init),
            reason: released?.record?.text("reason"), configurationSHA256: entry?.record?.text("sha256"), path: entry?.record?.text("path"),
            configured: entry.map(VehicleReport.Entry.init), fileChanged: entry?.record?.text("changed"),
            fileOwner: entry?.record?.text("owner"))
    }

    private func seal(_ sealed: LedgerEntry) throws -> VehicleReport.Seal? {
        guard let sha256 = sealed.record?.text("certificate-sha256") else { return nil }
        let key = try reader.landmark(.keyUsed, before: sealed.position, saying: ("certificate-sha256", sha256))
        return .init(
            sealed: VehicleReport.Entry(sealed), certificateSHA256: sha256, subject: key?.record?.text("subject"),
            notBefore: key?.record?.text("not-before"), notAfter: key?.record?.text("not-after"), keyUsed: key.map(VehicleReport.Entry.init)
        )
    }

    private func delivered(_ delivery: Delivery) -> VehicleReport.Delivered {
        .init(
            destination: delivery.destination, bundle: delivery.bundle, published: entry(delivery.published),
            collected: delivery.collected.flatMap(entry),
            answers: delivery.acknowledgements.map { answer in
                let record = history.first { $0.position == answer.position }?.record
                return .init(
                    outcome: answer.outcome, reference: record?.text("reference"), message: record?.text("message"),
                    sha256: answer.sha256, file: record?.text("file"), acknowledged: entry(answer.position))
            })
    }

    private func entry(_ position: Int) -> VehicleReport.Entry? {
        history.first { $0.position == position }.map(VehicleReport.Entry.init)
    }
}

extension VehicleReport.Entry {
    init(_ entry: LedgerEntry) {
        self.init(position: entry.position, at: entry.record?.time ?? "", by: entry.record?.actor ?? "")
    }
}

extension VehicleReport.Rejection {
    fileprivate init?(_ entry: LedgerEntry) {
        guard let record = entry.record, record.kind == Event.Kind.rejected.rawValue else { return nil }
        self.init(
            position: entry.position, at: record.time, submission: record.submission ?? "", row: record.number("row"),
            rules: record.text("rules") ?? "", reason: record.text("reason") ?? "")
    }
}
