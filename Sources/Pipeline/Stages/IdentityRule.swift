import Audit
import Certificate

/// The findings that only the rest of the file or the ledger can decide.
enum IdentityRule {
    static func repeated(_ line: RecordLine, other: Int) -> Finding {
        finding(
            "ID-01", .error, line, "The VIN \(line.vin) stands in row \(other), too, so it isn't clear which of the two is the vehicle.",
            "Send one row for each vehicle.")
    }

    static func duplicate(_ line: RecordLine, _ earlier: CertificateState) -> Finding {
        finding(
            "ID-02", .information, line,
            "The same certificate was received before, in submission \(earlier.submission), row \(earlier.row); it isn't published again.",
            "Nothing to do.")
    }

    static func correction(_ line: RecordLine, _ earlier: CertificateState) -> Finding {
        finding(
            "ID-03", .error, line,
            "Version \(earlier.version) for this vehicle and stage exists (submission \(earlier.submission), row \(earlier.row)) and says something else.",
            "If the vehicle's certificate must be corrected, ask the administrator; otherwise mend the VIN.")
    }

    static func firstVersion(_ line: RecordLine) -> Finding {
        finding(
            "ID-04", .error, line,
            "The message calls itself version \(line.version), but no earlier version for this vehicle and stage is known.",
            "Send version 1 first (IVI 2.0 guidelines, section 1.7).")
    }

    static func usedReferenceID(_ line: RecordLine, _ earlier: CertificateState) -> Finding {
        Finding(
            rule: "ID-06", severity: .error, row: line.row, element: FieldPath.write(HeaderKeys.referenceID), value: line.referenceID,
            message:
                "The reference id was used before, for vehicle \(earlier.vin) (submission \(earlier.submission), row \(earlier.row)), and is good for one message only.",
            remedy: "Give every message a new IviReferenceId (IVI 2.0 guidelines, section 1.11).")
    }

    static func allOrNothing(_ line: RecordLine) -> Finding {
        finding(
            "ID-05", .error, line, "This record is good, but another one of the file isn't, and this source publishes all or nothing.",
            "Mend the other records and send the file again.")
    }

    private static func finding(
        _ rule: String, _ severity: Finding.Severity, _ line: RecordLine, _ message: String, _ remedy: String
    ) -> Finding {
        Finding(
            rule: rule, severity: severity, row: line.row, element: "CocDataGroup.VehicleIdentificationNumber", item: "0.10",
            value: line.vin, message: message, remedy: remedy)
    }
}
