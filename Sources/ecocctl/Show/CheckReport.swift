import Certificate
import Configuration
import Pipeline

/// What `ecocctl check FILE` says, as text and as JSON (docs/check.md).
struct CheckReport {
    let file: String
    let source: Source
    let forecast: DryRun.Forecast
    let grounds: DryRunGrounds
    let found: CheckedFindings

    func show(asJSON: Bool) throws {
        if asJSON { return try Console.json(answer) }
        for line in findings { line.show() }
        if !findings.isEmpty { Console.line() }
        Console.text(summary, rest: "  ")
        for note in notes { Console.text(note, rest: "  ") }
    }

    func show(_ vehicle: VehicleForecast, showsValues: Bool, page: String?, asJSON: Bool) throws {
        let showsItems = ValueLine.showsItems(vehicle.values)
        let values = showsValues ? vehicle.values.fields.map { line($0, vehicle, showsItems: showsItems) } : nil
        if asJSON {
            var answer = answer
            answer.vehicle = Vehicle(vehicle, values: values, page: page)
            return try Console.json(answer)
        }
        for line in findings { line.show() }
        if !findings.isEmpty { Console.line() }
        if let values {
            ValueLine.show(values)
            Console.line()
        }
        Console.text("\(file), row \(vehicle.row): \(vehicle.vin.isEmpty ? "no VIN" : vehicle.vin), stage \(vehicle.stage)", rest: "  ")
        Console.text(Self.words(vehicle.fate), rest: "  ")
        if let reference = vehicle.reference {
            Console.text("reference data: \(reference.name), version \(reference.id)", rest: "  ")
        }
        for note in notes { Console.text(note, rest: "  ") }
        if let page { Console.line("wrote \(page), a draft: not sealed") }
    }

    private func line(_ field: Field, _ vehicle: VehicleForecast, showsItems: Bool) -> ValueLine {
        let source = vehicle.source(of: field)
        return ValueLine(
            field, showsItems: showsItems, origin: source.kind, column: source.column, name: source.name, line: source.line,
            replaced: source.replaced.map { .init(value: $0.value, origin: $0.kind) })
    }
}

// MARK: - Words

extension CheckReport {
    private var summary: String {
        guard !forecast.isRejected else { return "\(file): the file as a whole would be rejected" }
        var counts = "\(file): \(forecast.records) records, \(forecast.accepted) would be accepted, \(forecast.rejected) rejected"
        if forecast.duplicates > 0 { counts += ", \(forecast.duplicates) answered as duplicates" }
        return counts
    }

    /// What else there is to know of the verdict, each a line.
    private var notes: [String] {
        var notes: [String] = []
        if forecast.corrections > 0 {
            notes.append("\(forecast.corrections) of the accepted would be corrections of published certificates")
        }
        if let hold = forecast.hold { notes.append(words(hold)) }
        if grounds.ledger == .none { notes.append("There is no ledger yet, so every vehicle counts as new") }
        if grounds.reference == .none { notes.append("No reference data is in force yet; the files in its inbox were taken for it") }
        if case .closed(let reason) = grounds.ledger {
            notes.append(
                "The ledger can't be asked, so it isn't known what would be a duplicate or a correction: \(reason).")
        }
        if case .closed(let reason) = grounds.reference {
            notes.append(
                "The reference data in force isn't known, so nothing that comes from it was checked: \(reason). "
                    + "Give --reference with a folder of reference files, or ask as a user who may read the ledger.")
        }
        if let barrier = grounds.archive {
            notes.append("Corrections weren't compared with the certificates that they would correct: \(barrier).")
        }
        return notes
    }

    private func words(_ hold: HoldReason) -> String {
        let subject = forecast.accepted == 1 ? "The certificate would be" : "The \(forecast.accepted) certificates would be"
        return switch (hold, source.release) {
        case (.policy, .fourEyes):
            "\(subject) held until somebody who may release, and didn't drop the file, lets them go (release = \"four-eyes\")"
        case (.policy, _): "\(subject) held until somebody who may release lets them go (release = \"\(source.release.rawValue)\")"
        case (.corrections, _): "\(subject) held until somebody who may release lets them go (corrections = \"hold\")"
        }
    }

    private static func words(_ fate: VehicleForecast.Fate) -> String {
        switch fate {
        case .acceptable: "would be accepted; whether it is new isn't known"
        case .new(let version): "would be accepted as version \(version): no certificate of this vehicle and stage stands"
        case .correction(let version, let of, let submission):
            "would be accepted as version \(version), a correction of version \(of) (submission \(submission))"
        case .duplicate(let version, let submission):
            "would be a duplicate of version \(version) (submission \(submission)): nothing is published again"
        case .rejected: "would be rejected"
        }
    }
}

// MARK: - JSON

extension CheckReport {
    /// Fields with nothing to say are left out.
    private struct Answer: Encodable {
        var file, source: String
        /// `rejected`: the file as a whole; `decided`: each record by itself.
        var outcome: String
        var records, accepted, corrections, duplicates, rejected: Int
        /// Records against which nothing is said: `accepted` and `duplicates`.
        var acceptable: Int
        var hold: Hold?
        var ledger, reference: Sight
        /// Why earlier certificates couldn't be read.
        var archive: String?
        var findings: [FindingLines]
        var vehicle: Vehicle?
    }

    struct Hold: Encodable { var reason, release: String }

    struct Sight: Encodable {
        var asked: Bool
        var reason: String?

        init(_ sight: DryRunGrounds.Sight) {
            switch sight {
            case .asked: asked = true
            case .none: (asked, reason) = (false, "the daemon has never run")
            case .closed(let why): (asked, reason) = (false, why)
            }
        }
    }

    struct Vehicle: Encodable {
        var row, stage: Int
        var vin: String
        /// `new`, `correction`, `duplicate`, `rejected`, or `acceptable` where the ledger couldn't be asked.
        var outcome: String
        /// Of the certificate that would be made, or that is there already.
        var version: Int?
        /// What a correction corrects.
        var corrects: Int?
        /// The submission that brought the certificate that is there.
        var first: String?
        var reference: Reference?
        var values: [ValueLine]?
        var page: String?

        struct Reference: Encodable { var name, sha256: String }

        init(_ vehicle: VehicleForecast, values: [ValueLine]?, page: String?) {
            (row, stage, vin) = (vehicle.row, vehicle.stage, vehicle.vin)
            switch vehicle.fate {
            case .acceptable: outcome = "acceptable"
            case .new(let version): (outcome, self.version) = ("new", version)
            case .correction(let version, let of, let submission):
                (outcome, self.version, corrects, first) = ("correction", version, of, submission)
            case .duplicate(let version, let submission): (outcome, self.version, first) = ("duplicate", version, submission)
            case .rejected: outcome = "rejected"
            }
            reference = vehicle.reference.map { Reference(name: $0.name, sha256: $0.sha256) }
            (self.values, self.page) = (values, page)
        }
    }

    private var answer: Answer {
        Answer(
            file: file, source: source.name, outcome: forecast.isRejected ? "rejected" : "decided", records: forecast.records,
            accepted: forecast.accepted, corrections: forecast.corrections, duplicates: forecast.duplicates, rejected: forecast.rejected,
            acceptable: forecast.accepted + forecast.duplicates,
            hold: forecast.hold.map { Hold(reason: $0.rawValue, release: source.release.rawValue) }, ledger: Sight(grounds.ledger),
            reference: Sight(grounds.reference), archive: grounds.archive, findings: findings)
    }

    private var findings: [FindingLines] {
        found.isGrouped ? found.groups.sorted.map(FindingLines.init) : found.single.map { FindingLines($0.finding, vin: $0.vin) }
    }
}
