import Certificate

/// REF: the match of a record with reference data. `RecordValidation` decides them while it merges.
enum ReferenceRules {
    static let all = [noReference, withoutReference, referenceFile, approvalDate, validity, stored, deviation]

    static let noReference = Rule(
        "REF-01", "Reference data is there for what the record leaves out", .error,
        appliesTo: "records that lack required elements, or whose source demands reference data", source: "ARCHITECTURE 6",
        explanation: """
            A record is completed with the reference record of its approval number, type, variant and version that is in force \
            for its date of manufacture. When there is none and required elements are missing, this one finding names the \
            nearest keys and their days instead of listing every missing element.
            """,
        remedy:
            "Correct approval number, type, variant or version in the ERP, or bring their reference data into force (ecocctl reference list --all).",
        scope: .values, whyFixed: "without reference data required elements are missing, or the source itself demands it")

    static let withoutReference = Rule(
        "REF-02", "The record was complete without reference data", .information,
        appliesTo: "records without matching reference data, where any is active", source: "ARCHITECTURE 6",
        explanation: """
            The certificate holds exactly what the record and the source's constants give. Nothing is wrong; a mistyped variant \
            would look like this too.
            """,
        remedy: "Nothing, if the source sends whole vehicles; otherwise check approval number, type, variant and version.",
        scope: .values)

    static let referenceFile = Rule(
        "REF-03", "Reference data is of a version, not of a vehicle", .error,
        appliesTo: "reference files on import", source: "ARCHITECTURE 6",
        explanation: """
            The file names approval number, type, variant and version, carries no signature, and holds no VIN, date of \
            manufacture or header value that is new in each message. Its values are checked by CAT-01.
            """,
        remedy: "Correct the file and drop it again.",
        scope: .values, whyFixed: "it judges reference files, which belong to no source")

    static let approvalDate = Rule(
        "REF-04", "An extension has one date of issue", .warning,
        appliesTo: "reference data on arrival", source: "RULES 9; SM p8",
        explanation: """
            TypeApprovalIssueDate changes with an extension of the approval and with nothing else: all versions of one \
            extension have the same, and a later extension has a later one.
            """,
        remedy: "Check the date against the approval certificate; retire the version that is wrong.",
        scope: .values, whyFixed: "it judges reference files, which belong to no source")

    static let validity = Rule(
        "REF-05", "Reference data is for a period of manufacture", .error,
        appliesTo: "reference data on arrival", source: "ARCHITECTURE 6",
        explanation: "valid-from and valid-to are days in the form YYYY-MM-DD, and the first is not after the last.",
        remedy: "Write both as YYYY-MM-DD, or leave one out: then there is no limit on that side.",
        scope: .values, whyFixed: "it judges reference files, which belong to no source")

    static let stored = Rule(
        "REF-06", "What became of a version", .information,
        appliesTo: "reference data on arrival", source: "ARCHITECTURE 6",
        explanation: "The version is sound and stored. Whether it waits for a person or is in force stands in the message.",
        remedy: "Activate it, if it waits.",
        scope: .values, whyFixed: "it judges reference files, which belong to no source")

    /// What to do where most of a record differs.
    static let shifted =
        "Check whether approval number, type, variant and version are those of this vehicle, and whether columns are shifted."

    static let deviation = Rule(
        "REF-07", "What the approval fixes is as in the reference data", .warning,
        appliesTo: "records with matching reference data",
        source: "ARCHITECTURE 6; Regulation (EU) 2018/858, Annex II (type, variant, version)",
        explanation: """
            Reference data is what all vehicles of a version share, so a record has no other value for it: a difference mostly comes from \
            a column that was mapped to the wrong element, from another unit, or from another variant. The record's value goes on the \
            certificate. Numbers are compared as numbers. Not compared, because they are the vehicle's own: \
            \(VehicleElements.byNature.listed), a group with all that is in it, and what the source names in `overrides` \
            (docs/configuration.md). More than \(ReferenceDeviation.handful) differences of one record are one finding.
            """,
        remedy: """
            Leave the column out, correct its mapping, or have the reference data corrected; where each vehicle has a value of its own, name \
            the element in the source's overrides.
            """)
}
