import Certificate

/// DAT: the order of approval, manufacture, signature and message.
enum DateRules {
    static let all = [
        approvedBeforeManufacture, manufacturedBeforeSignature, issuedAfterSignature, notManufacturedInFuture, noDateOutsideScope,
    ]

    static let approvedBeforeManufacture = Rule(
        "DAT-01", "The approval is not younger than the vehicle", .warning,
        appliesTo: "vehicles with a date of manufacture", source: "RULES 14; MODEL R-DT1",
        explanation: """
            TypeApprovalIssueDate is the date of the extension under which the vehicle was built, so it isn't later than \
            DateManufactureVehicle.
            """,
        remedy: "Check the extension of the approval and the date of manufacture.",
        scope: .values
    ) { check in
        guard let issued = check.date(.typeApprovalIssueDate), let made = check.date(.dateManufactureVehicle), issued > made else { return }
        check.report(.typeApprovalIssueDate, "The approval was issued on \(issued), after the vehicle was manufactured on \(made).")
    }

    static let manufacturedBeforeSignature = Rule(
        "DAT-02", "Nobody signs before the vehicle is made", .warning,
        appliesTo: "vehicles with a date of manufacture", source: "RULES 14; MODEL R-DT1",
        explanation: "DateManufactureVehicle isn't later than the SignatureDate of any signer.",
        remedy: "Check the date of manufacture and the date of the signature.",
        scope: .values
    ) { check in
        guard let made = check.date(.dateManufactureVehicle) else { return }
        for group in check.groups(.signingAuthorityGroup) {
            guard let signed = check.date(.signatureDate, [group]), made > signed else { continue }
            check.report(.signatureDate, at: [group], "The certificate is dated \(signed), before the vehicle was manufactured on \(made).")
        }
    }

    static let issuedAfterSignature = Rule(
        "DAT-03", "The message is not older than the signature it names", .warning,
        appliesTo: "ready messages that carry their own IviVersionDateTime", source: "RULES 15; MODEL R-DT1",
        explanation:
            "The date of IviVersionDateTime isn't earlier than any SignatureDate. Official examples break this, so it is never an error.",
        remedy: "Check the date-time of the message; a corrected message needs a new one.",
        scope: .values
    ) { check in
        guard let issued = check.text(.iviVersionDateTime).flatMap({ CalendarDate(ofDateTime: $0) }) else { return }
        for group in check.groups(.signingAuthorityGroup) {
            guard let signed = check.date(.signatureDate, [group]), signed > issued else { continue }
            check.report(.iviVersionDateTime, "The message is dated \(issued), before its signature of \(signed).")
            return
        }
    }

    static let notManufacturedInFuture = Rule(
        "DAT-04", "The vehicle has been manufactured", .error,
        appliesTo: "vehicles with a date of manufacture", source: "MODEL R-DT2",
        explanation: "A certificate says what a vehicle is, not what it will be: DateManufactureVehicle isn't after the day of the check.",
        remedy: "Correct the date of manufacture, or send the vehicle again when it is made.",
        scope: .values
    ) { check in
        let today = check.record.today
        guard let made = check.date(.dateManufactureVehicle), made > today else { return }
        check.report(.dateManufactureVehicle, "The date of manufacture \(made) is in the future (today is \(today)).")
    }

    static let noDateOutsideScope = Rule(
        "DAT-05", "No date of manufacture for two-wheelers and tractors", .error,
        appliesTo: "categories L, T, C, R and S", source: "RULES 11, 18; MODEL R-FD1; GL 1.9",
        explanation: """
            DateManufactureVehicle isn't in the data set of Regulations (EU) 167/2013 and 168/2013; receivers reject what isn't \
            in the data set.
            """,
        remedy: "Leave DateManufactureVehicle out for this category.",
        scope: .values
    ) { check in
        guard let category = check.vehicle.category, !category.isRoadVehicle, check.isPresent(.dateManufactureVehicle) else { return }
        check.report(.dateManufactureVehicle, "A vehicle of category \(category.code) has no date of manufacture on its certificate.")
    }
}
