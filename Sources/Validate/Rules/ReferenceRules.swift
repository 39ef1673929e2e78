import Certificate

/// REF: the match of a record with reference data. `RecordValidation` decides them while it merges.
enum ReferenceRules {
    static let all = [noReference, withoutReference, referenceFile]

    static let noReference = Rule(
        "REF-01", "Reference data is there for what the record leaves out", .error,
        appliesTo: "records that lack required elements, or whose source demands reference data", source: "ARCHITECTURE 6",
        explanation: """
            A record is completed with the reference record of its approval number, type, variant and version. When there is \
            none and required elements are missing, this one finding names the nearest keys instead of listing every missing \
            element.
            """,
        remedy:
            "Correct approval number, type, variant or version in the ERP, or put their reference data into the spool's reference folder.",
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
        remedy: "Correct the file and import it again.",
        scope: .values, whyFixed: "it judges reference files, which belong to no source")
}
