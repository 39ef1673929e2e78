import Audit
import Certificate
import Linux
import Pipeline

extension VehicleReport {
    /// Puts together what all volumes of the ledger say of a vehicle; nil when they say nothing, or nothing of that stage or version.
    /// - Parameter spool: where findings are kept; what can't be read there is left out, with a note.
    static func gather(
        _ vin: String, stage: Int?, version: Int?, from ledger: LedgerHistory, spool: String
    ) throws -> VehicleReport? {
        let states = try ledger.certificates(vin: vin)
        let home = try ledger.newest(knowing: vin) ?? ledger.newest
        let gathering = Gathering(ledger: ledger, home: home, history: try ledger.history(vin: vin), spool: spool)
        let rejections = gathering.history.compactMap(gathering.rejection)
        guard !states.isEmpty || !rejections.isEmpty else { return nil }
        let chosen = states.filter { (stage ?? $0.stage) == $0.stage && (version ?? $0.version) == $0.version }
            .max { ($0.stage, $0.version) < ($1.stage, $1.version) }
        if chosen == nil, stage != nil || version != nil { return nil }
        let others = states.filter { $0 != chosen }.map { state in
            Other(
                stage: state.stage, version: state.version, state: state.state.rawValue, submission: state.submission,
                destinations: Dictionary(gathering.deliveries(of: state).map { ($0.destination, $0.state) }) { first, _ in first })
        }
        return VehicleReport(
            vin: vin, certificate: try chosen.map(gathering.certificate), others: others, rejections: rejections,
            ledger: Head(try home.reader.head()))
    }
}

/// Joins one certificate's entries with those that were in force when they were written.
private struct Gathering {
    typealias Place = LedgerHistory.Place

    let ledger: LedgerHistory
    /// The newest volume that speaks of the vehicle: the one that entries are in unless they say otherwise.
    let home: LedgerHistory.Volume
    /// Of the vehicle, in all volumes.
    let history: [Place]
    let spool: String

    func certificate(_ state: CertificateState) throws -> VehicleReport.Certificate {
        // A version that a rejected submission gave back may have been given again.
        let own = entries(of: state).filter { $0.entry.record?.submission == state.submission }
        let validated = own.first { $0.isOf(.validated) }
        let sealed = own.last { $0.isOf(.sealed) }
        // Without `validated`, of a volume that lies there alone: what was in force when it was taken over.
        let moment = validated ?? own.first
        return VehicleReport.Certificate(
            stage: state.stage, version: state.version, state: state.state.rawValue, correction: own.compactMap(correction).last,
            withdrawal: own.compactMap(withdrawal).last, contentSHA256: state.contentSHA256,
            referenceID: state.referenceID, xmlSHA256: sealed?.entry.record?.text("sha256") ?? state.xmlSHA256, bundle: state.bundle,
            bundleSHA256: state.bundleSHA256, origin: try origin(state, moment), checks: try checks(state, validated, moment),
            reference: try reference(state, moment), release: try release(state, moment), seal: try sealed.flatMap(seal),
            deliveries: deliveries(of: state),
            proof: sealed == nil ? nil : "ecocctl ledger prove \(state.vin) --stage \(state.stage) --certificate-version \(state.version)",
            entries: own.map { place in
                .init(
                    kind: place.entry.record?.kind ?? "unreadable", position: place.entry.position, volume: volume(of: place),
                    at: place.entry.record?.time ?? "", by: place.entry.record?.actor ?? "",
                    destination: place.entry.record?.text("destination"))
            })
    }

    private func entries(of state: CertificateState) -> [Place] {
        history.filter { $0.entry.record?.number("stage") == state.stage && $0.entry.record?.number("version") == state.version }
    }

    /// Named only where it is another than the report's own.
    private func volume(of place: Place) -> String? { place.volume.origin == home.origin ? nil : place.volume.origin }

    private func entry(_ place: Place) -> VehicleReport.Entry {
        .init(
            position: place.entry.position, volume: volume(of: place), at: place.entry.record?.time ?? "",
            by: place.entry.record?.actor ?? "")
    }

    // MARK: What the vehicle's own entries say

    func rejection(_ place: Place) -> VehicleReport.Rejection? {
        guard let record = place.entry.record, place.isOf(.rejected) else { return nil }
        return .init(
            position: place.entry.position, volume: volume(of: place), at: record.time, submission: record.submission ?? "",
            row: record.number("row"), rules: record.text("rules") ?? "", reason: record.text("reason") ?? "")
    }

    private func correction(_ place: Place) -> VehicleReport.Correction? {
        guard let record = place.entry.record, place.isOf(.corrected) else { return nil }
        return .init(replaces: record.number("replaces") ?? 0, changes: record.number("changes"), corrected: entry(place))
    }

    private func withdrawal(_ place: Place) -> VehicleReport.Withdrawal? {
        guard let record = place.entry.record, place.isOf(.withdrawn) else { return nil }
        return .init(reason: record.text("reason") ?? "", notice: record.text("notice") ?? "", withdrawn: entry(place))
    }

    /// By destination. Where the volume that published a bundle isn't there, the entry that took it over stands for what that one would say.
    func deliveries(of state: CertificateState) -> [VehicleReport.Delivered] {
        let own = entries(of: state)
        let published = own.filter { $0.isOf(.published) } + own.filter { $0.isOf(.carriedDelivery) }
        let names = Set(published.compactMap { $0.entry.record?.text("destination") })
        return names.sorted().map { name in
            let steps = own.filter { $0.entry.record?.text("destination") == name }
            let first = published.first { $0.entry.record?.text("destination") == name }
            let collected =
                steps.first { $0.isOf(.collected) }
                ?? steps.first { $0.isOf(.carriedDelivery) && $0.entry.record?.text("collected") == "yes" }
            return .init(
                destination: name, bundle: first?.entry.record?.text("bundle") ?? "", published: first.map(entry),
                collected: collected.map(entry), answers: steps.compactMap(answer))
        }
    }

    private func answer(_ place: Place) -> VehicleReport.Answer? {
        guard let record = place.entry.record, place.isOf(.acknowledged) else { return nil }
        return .init(
            outcome: record.text("outcome") ?? "", reference: record.text("reference"), message: record.text("message"),
            sha256: record.text("sha256") ?? "", file: record.text("file"), acknowledged: entry(place))
    }

    // MARK: What else was so at the moment

    private func landmark(
        _ kind: Event.Kind, before place: Place?, saying field: (name: String, text: String)? = nil
    ) throws -> Place? {
        try place.flatMap { try ledger.landmark(kind, before: $0, saying: field) }
    }

    private func origin(_ state: CertificateState, _ moment: Place?) throws -> VehicleReport.Origin {
        let volume = moment?.volume ?? home
        let submission = try volume.reader.submission(state.submission)
        let received = try submission.flatMap { try volume.reader.entries($0.firstPosition..<$0.firstPosition + 1).first }
            .map { Place(volume: volume, entry: $0) }
        let owner = received?.entry.record?.number("owner")
        return .init(
            submission: state.submission, source: submission?.source ?? "", file: submission?.name ?? "", row: state.row,
            size: submission?.size ?? 0, sha256: submission?.sha256 ?? "", owner: owner,
            ownerName: owner.flatMap { UInt32(exactly: $0) }.flatMap { (try? UserDatabase.name(of: $0)) ?? nil },
            received: received.map(entry))
    }

    private func checks(_ state: CertificateState, _ validated: Place?, _ moment: Place?) throws -> VehicleReport.Checks {
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
            validated: validated.map(entry), ruleSet: try landmark(.configured, before: moment)?.entry.record?.text("rules"),
            program: try landmark(.started, before: moment)?.entry.record?.text("version"),
            warnings: validated?.entry.record?.number("warnings") ?? 0, findings: findings, note: note)
    }

    private func reference(_ state: CertificateState, _ moment: Place?) throws -> VehicleReport.Reference? {
        guard let sha256 = state.referenceSHA256, !sha256.isEmpty else { return nil }
        let activated = try landmark(.referenceActivated, before: moment, saying: ("sha256", sha256))
        let record = activated?.entry.record
        return .init(
            sha256: sha256, name: record?.text("name"), approval: record?.text("approval"), type: record?.text("type"),
            variant: record?.text("variant"), version: record?.text("version"), activated: activated.map(entry),
            fileChanged: record?.text("changed"), fileOwner: record?.text("owner"))
    }

    /// Nobody releases where the settings do; a submission that was held is released, or rejected, by a person.
    private func release(_ state: CertificateState, _ moment: Place?) throws -> VehicleReport.Release {
        let configured = try landmark(.configured, before: moment)
        let volume = moment?.volume ?? home
        let milestones = try volume.reader.milestones(submission: state.submission).map { Place(volume: volume, entry: $0) }
        let held = milestones.last { $0.isOf(.held) }
        let released = milestones.last { $0.isOf(.released) }
        let settings = configured?.entry.record
        return .init(
            policy: released?.entry.record?.text("policy") ?? (held == nil ? "auto" : "hold"), held: held.map(entry),
            heldReason: held?.entry.record?.text("reason"), released: released.map(entry),
            reason: released?.entry.record?.text("reason"), configurationSHA256: settings?.text("sha256"), path: settings?.text("path"),
            configured: configured.map(entry), fileChanged: settings?.text("changed"), fileOwner: settings?.text("owner"))
    }

    private func seal(_ sealed: Place) throws -> VehicleReport.Seal? {
        guard let sha256 = sealed.entry.record?.text("certificate-sha256") else { return nil }
        let key = try landmark(.keyUsed, before: sealed, saying: ("certificate-sha256", sha256))
        return .init(
            sealed: entry(sealed), certificateSHA256: sha256, subject: key?.entry.record?.text("subject"),
            notBefore: key?.entry.record?.text("not-before"), notAfter: key?.entry.record?.text("not-after"), keyUsed: key.map(entry))
    }
}

extension LedgerHistory.Place {
    fileprivate func isOf(_ kind: Event.Kind) -> Bool { entry.record?.kind == kind.rawValue }
}
