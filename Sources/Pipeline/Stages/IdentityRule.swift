import Audit
import Certificate

/// The findings that only the rest of the file or the ledger can decide.
enum IdentityRule {
    static func repeated(_ line: RecordLine, other: Int) -> Finding {
        finding(
            .repeatedVehicle, line, "The VIN \(line.vin) stands in row \(other), too, so it isn't clear which of the two is the vehicle.")
    }

    static func duplicate(_ line: RecordLine, _ earlier: CertificateState) -> Finding {
        finding(
            .knownCertificate, line,
            "The same certificate was received before, in submission \(earlier.submission), row \(earlier.row); it isn't published again.")
    }

    static func correction(_ line: RecordLine, _ earlier: CertificateState) -> Finding {
        finding(.correction, line, "This corrects version \(describe(earlier)).")
    }

    static func correctionsRefused(_ line: RecordLine, _ earlier: CertificateState) -> Finding {
        finding(
            .correctionsRefused, line, "Version \(describe(earlier)) says something else, and this source takes no corrections.")
    }

    static func underWay(_ line: RecordLine, _ earlier: CertificateState) -> Finding {
        finding(.earlierUnderWay, line, "Version \(describe(earlier)) says something else and isn't published yet.")
    }

    static func nextVersion(_ line: RecordLine, _ earlier: CertificateState) -> Finding {
        finding(
            .nextVersion, line,
            "The message calls itself version \(line.version), but the newest one is version \(describe(earlier)).")
    }

    static func usedVersion(_ line: RecordLine, last: Int) -> Finding {
        finding(
            .nextVersion, line,
            "The message calls itself version \(line.version), but versions up to \(last) are used up: that one was sealed and then lost.")
    }

    static func dateTime(_ line: RecordLine, before: String) -> Finding {
        about(
            HeaderKeys.dateTime, .laterDateTime, line, line.issuedAt, "The message that it corrects was issued at \(before), not earlier.")
    }

    static func approvalDate(_ line: RecordLine, _ value: String, before: String) -> Finding {
        about(
            HeaderKeys.key("TypeApprovalIssueDate"), .approvalDate, line, value,
            "The approval number is that of the published version, but its date of issue was \(before).")
    }

    static func previousStage(_ line: RecordLine, _ key: FieldKey, _ value: String, before: String) -> Finding {
        about(key, .previousStage, line, value, "Stage \(line.stage - 1) of this vehicle was published with '\(before)'.")
    }

    /// `1 (submission …, row 2)`.
    private static func describe(_ earlier: CertificateState) -> String {
        "\(earlier.version) (submission \(earlier.submission), row \(earlier.row))"
    }

    static func firstVersion(_ line: RecordLine) -> Finding {
        finding(
            .firstVersion, line,
            "The message calls itself version \(line.version), but no earlier version for this vehicle and stage is known.")
    }

    static func usedReferenceID(_ line: RecordLine, _ earlier: CertificateState) -> Finding {
        about(
            HeaderKeys.referenceID, .referenceID, line, line.referenceID,
            "The reference id was used before, for vehicle \(earlier.vin) (submission \(earlier.submission), row \(earlier.row)), "
                + "and is good for one message only.")
    }

    static func allOrNothing(_ line: RecordLine) -> Finding {
        finding(
            .allOrNothing, line, "This record is good, but another one of the file isn't, and this source publishes all or nothing.")
    }

    /// About one element other than the VIN.
    private static func about(
        _ key: FieldKey, _ rule: SubmissionRule, _ line: RecordLine, _ value: String, _ message: String
    ) -> Finding {
        Finding(
            rule: rule.rawValue, severity: rule.severity, row: line.row, element: FieldPath.write(key),
            item: key.resolve(in: .initialVehicleInformation).element.item, value: value, message: message, remedy: rule.remedy)
    }

    private static func finding(
        _ rule: SubmissionRule, _ line: RecordLine, _ message: String
    ) -> Finding {
        Finding(
            rule: rule.rawValue, severity: rule.severity, row: line.row, element: "CocDataGroup.VehicleIdentificationNumber", item: "0.10",
            value: line.vin, message: message, remedy: rule.remedy)
    }
}
