import Certificate

/// VIN: the vehicle identification number beyond what the schema checks (17 characters A-Z and 0-9).
enum IdentificationRules {
    static let all = [confusableLetters, serialDigits]

    static let confusableLetters = Rule(
        "VIN-01", "No I, O or Q in the VIN", .error,
        appliesTo: "every vehicle", source: "MODEL 5.2; RULES 16; ISO 3779",
        explanation: """
            ISO 3779 leaves out I, O and Q because they are mistaken for 1 and 0. The schema allows them, so a mistyped number \
            would pass it.
            """,
        remedy: "Correct the vehicle identification number in the ERP; ecocd never replaces a letter by a digit.",
        scope: .values, whyFixed: "the VIN names the certificate, its bundle and its line of versions"
    ) { check in
        guard let number = check.text(.vehicleIdentificationNumber) else { return }
        let offending = number.enumerated().filter { "IOQ".contains($0.element) }
        guard let first = offending.first else { return }
        let places = offending.map { "\($0.element) at position \($0.offset + 1)" }.joined(separator: ", ")
        check.report(
            .vehicleIdentificationNumber, "The VIN has \(places); the letters I, O and Q don't occur in a VIN.",
            remedy: first.element == "I"
                ? "Check whether it should be the digit 1, and correct it in the ERP."
                : "Check whether it should be the digit 0, and correct it in the ERP.")
    }

    static let serialDigits = Rule(
        "VIN-02", "The VIN ends with four digits", .warning,
        appliesTo: "every vehicle", source: "MODEL 5.2; ISO 3779",
        explanation:
            "The last four of the 17 characters are digits. Another character there mostly comes from a shifted column or a test record.",
        remedy: "Check the vehicle identification number in the ERP.",
        scope: .values
    ) { check in
        guard let number = check.text(.vehicleIdentificationNumber), number.utf8.count == 17 else { return }
        let end = number.suffix(4)
        guard !end.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return }
        check.report(.vehicleIdentificationNumber, "The VIN ends with '\(end)'; its last four characters should be digits.")
    }
}
