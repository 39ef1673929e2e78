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
        finding(
            .correction, line,
            "Version \(earlier.version) for this vehicle and stage exists (submission \(earlier.submission), row \(earlier.row)) "
                + "and says something else."
        )
    }

    static func firstVersion(_ line: RecordLine) -> Finding {
        finding(
            .firstVersion, line,
            "The message calls itself version \(line.version), but no earlier version for this vehicle and stage is known.")
    }

    static func usedReferenceID(_ line: RecordLine, _ earlier: CertificateState) -> Finding {
        Finding(
            rule: SubmissionRule.referenceID.rawValue, severity: .error, row: line.row, element: FieldPath.write(HeaderKeys.referenceID),
            value: line.referenceID,
            message:
                "The reference id was used before, for vehicle \(earlier.vin) (submission \(earlier.submission), row \(earlier.row)), "
                + "and is good for one message only.",
            remedy: SubmissionRule.referenceID.remedy)
    }

    static func allOrNothing(_ line: RecordLine) -> Finding {
        finding(
            .allOrNothing, line, "This record is good, but another one of the file isn't, and this source publishes all or nothing.")
    }

    private static func finding(
        _ rule: SubmissionRule, _ line: RecordLine, _ message: String
    ) -> Finding {
        Finding(
            rule: rule.rawValue, severity: rule.severity, row: line.row, element: "CocDataGroup.VehicleIdentificationNumber", item: "0.10",
            value: line.vin, message: message, remedy: rule.remedy)
    }
}
