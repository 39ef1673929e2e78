import Audit
import Certificate
import Validate

/// What only an earlier certificate of the same vehicle can say about a record (docs/release.md). Safe from any thread; reads the ledger and
/// the archive as they are now.
struct EarlierCheck: Sendable {
    let known: any KnownCertificates
    let messages: EarlierMessages

    private static let approval = HeaderKeys.key("TypeApprovalNumber")
    private static let approvalDate = HeaderKeys.key("TypeApprovalIssueDate")
    /// What a stage is called, and what the next one calls it.
    private static let names = [
        ("TypeApprovalNumber", "PreviousStageTypeApprovalNumber"), ("Type", "PreviousStageType"), ("Variant", "PreviousStageVariant"),
        ("Version", "PreviousStageVersion"),
    ].map { (own: HeaderKeys.key($0.0), previous: Catalogue.initialVehicleInformation.known($0.1)) }
    private static let manufacturer = Catalogue.initialVehicleInformation.known("ManufacturerGroup")
    private static let stageNumber = Catalogue.initialVehicleInformation.known("ManufacturerStageNumber")

    /// Adds what it finds to what the record by itself showed.
    func judge(_ checked: CheckSettings.Checked) throws(LedgerError) -> CheckSettings.Checked {
        guard checked.line.outcome == .accepted else { return checked }
        var judged = checked
        judged.add(
            try correction(checked.values, checked.line, checked.isReadyMessage) + chain(checked.values, checked.line))
        return judged
    }

    private func correction(_ values: FieldValues, _ line: RecordLine, _ isReadyMessage: Bool) throws(LedgerError) -> [Finding] {
        guard let earlier = try standing(line.vin, line.stage), earlier.contentSHA256 != line.contentSHA256,
            earlier.state >= .published, case .found(let published) = messages.values(of: earlier)
        else { return [] }
        var findings: [Finding] = []
        if let before = published[Self.approvalDate], let now = values[Self.approvalDate], now != before,
            published[Self.approval] == values[Self.approval]
        {
            findings.append(IdentityRule.approvalDate(line, now, before: before))
        }
        if isReadyMessage, let before = published[HeaderKeys.dateTime], !Self.isLater(line.issuedAt, than: before) {
            findings.append(IdentityRule.dateTime(line, before: before))
        }
        return findings
    }

    private func standing(_ vin: String, _ stage: Int) throws(LedgerError) -> CertificateState? {
        let newest = try known.certificate(vin: vin, stage: stage)
        guard let newest, newest.state == .lost else { return newest }
        return try known.certificate(vin: vin, stage: stage, standingBelow: newest.version)
    }

    /// Where both are written with the same offset, text order is time order; elsewhere only the same text is certainly not later.
    private static func isLater(_ text: String, than other: String) -> Bool {
        guard text.hasSuffix("Z"), other.hasSuffix("Z") else { return text != other }
        return text.dropLast() > other.dropLast()
    }

    private func chain(_ values: FieldValues, _ line: RecordLine) throws(LedgerError) -> [Finding] {
        guard line.stage > 1, let earlier = try standing(line.vin, line.stage - 1), earlier.state >= .published,
            case .found(let published) = messages.values(of: earlier), let group = Self.group(of: line.stage, in: values)
        else { return [] }
        return Self.names.compactMap { own, previous in
            guard let place = FieldKey(previous, indices: [group]), let named = values[place], let before = published[own], named != before
            else { return nil }
            return IdentityRule.previousStage(line, place, named, before: before)
        }
    }

    /// The manufacturer group of that stage.
    private static func group(of stage: Int, in values: FieldValues) -> Int? {
        values.groups(of: manufacturer).first { group in
            FieldKey(stageNumber, indices: [group]).flatMap { values[$0] }.flatMap { Int($0) } == stage
        }
    }
}
