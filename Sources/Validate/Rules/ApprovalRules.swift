import Certificate

/// APP: the type-approval number and what follows from its parts.
enum ApprovalRules {
    static let all = [shape, country, framework, smallSeries, versionNotAvailable]

    static let shape = Rule(
        "APP-01", "The approval number has four parts", .error,
        appliesTo: "every vehicle", source: "MODEL 5.1; Regulation (EU) 2020/683, Annex IV",
        explanation: "A number such as e4*2018/858*00123*00: the state's code, the act (KS for small series), the number, the extension.",
        remedy: "Correct the approval number in the ERP; nothing in it is guessed.",
        scope: .values
    ) { check in
        guard let text = check.text(.typeApprovalNumber) else { return }
        do throws(TypeApprovalNumber.Malformed) {
            _ = try TypeApprovalNumber(text)
        } catch {
            check.report(.typeApprovalNumber, "'\(text)' is no approval number: \(error.reason).")
        }
    }

    static let country = Rule(
        "APP-02", "The message goes to the authority that granted the approval", .error,
        appliesTo: "every vehicle", source: "RULES 12; CO p9",
        explanation: "DesignatedTypeApprovalCountry routes the message; it equals the approval number up to the first asterisk.",
        remedy: "Correct DesignatedTypeApprovalCountry or the approval number.",
        scope: .values
    ) { check in
        guard let number = check.approvalNumber, let country = check.text(.designatedTypeApprovalCountry), country != number.country else {
            return
        }
        check.report(
            .designatedTypeApprovalCountry,
            "DesignatedTypeApprovalCountry is \(country), but the approval \(number) is from \(number.country).")
    }

    static let framework = Rule(
        "APP-03", "The approval's act covers the vehicle's category", .error,
        appliesTo: "every vehicle", source: "MODEL 5.1",
        explanation: "2018/858 and 2007/46 approve M, N and O; 168/2013 approves L; 167/2013 approves T, C, R and S.",
        remedy: "Correct VehicleCategory or the approval number.",
        scope: .values
    ) { check in
        guard let number = check.approvalNumber, let category = check.vehicle.category,
            !number.framework.categoryLetters.contains(category.letter)
        else { return }
        let letters = number.framework.categoryLetters.sorted().listed
        check.report(.vehicleCategory, "VehicleCategory is \(category.code), but \(number.act) approves only \(letters).")
    }

    static let smallSeries = Rule(
        "APP-04", "KS in the approval number means a small series", .warning,
        appliesTo: "every vehicle", source: "MODEL 5.1, 3.4",
        explanation: "The act of a small-series approval begins with KS, and TypeApprovalType is then ESS or NSS; otherwise it is EU.",
        remedy: "Check TypeApprovalType and the approval number.",
        scope: .values
    ) { check in
        guard let number = check.approvalNumber, let type = check.text(.typeApprovalType), ["EU", "ESS", "NSS"].contains(type),
            number.isSmallSeries == (type == "EU")
        else { return }
        let kind = number.isSmallSeries ? "of a small series" : "not of a small series"
        check.report(.typeApprovalType, "TypeApprovalType is \(type), but the approval \(number) is \(kind).")
    }

    static let versionNotAvailable = Rule(
        "APP-05", "Only approvals without versions have version N/A", .error,
        appliesTo: "approvals under 2018/858 and 2007/46", source: "RULES 17; CO p8",
        explanation: "Version N/A stands for approvals under 167/2013 and 168/2013 that know no version.",
        remedy: "Give the version of the approval.",
        scope: .values
    ) { check in
        guard let number = check.approvalNumber, number.framework == .motorVehiclesAndTrailers, check.text(.version) == "N/A" else {
            return
        }
        check.report(.version, "Version is N/A, which an approval under \(number.act) doesn't allow.")
    }
}

extension CheckContext {
    /// The approval number in its parts; nil when it is missing or malformed, which APP-01 says.
    fileprivate var approvalNumber: TypeApprovalNumber? {
        text(.typeApprovalNumber).flatMap { try? TypeApprovalNumber($0) }
    }
}
