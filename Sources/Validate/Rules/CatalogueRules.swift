import Certificate

/// CAT: what the schema itself demands, and the groups that it should demand.
enum CatalogueRules {
    static let all = [valueType, required, minimumGroups, mandatoryGroups]

    private static let schema = "the message wouldn't be valid against the official schema"

    static let valueType = Rule(
        "CAT-01", "Every value has the form its element asks for", .error,
        appliesTo: "every value", source: "IVI 2.0 schema; MODEL 5.3; RULES section 4",
        explanation: "The text has the length, digits, range or code of the element's type in the schema.",
        remedy: "Correct the value in the ERP, or the column's translation in the source's settings.",
        scope: .values, whyFixed: schema)

    static let required = Rule(
        "CAT-02", "Required elements are present", .error,
        appliesTo: "every message and every group in it", source: "IVI 2.0 schema; MODEL 5.3; RULES section 4",
        explanation: """
            The schema demands these elements in every message, or in every group that is present at all. When no reference \
            data matches and required elements are missing, REF-01 says so once instead.
            """,
        remedy: "Give the element in the record, the reference data or the source's constants.", whyFixed: schema)

    static let minimumGroups = Rule(
        "CAT-03", "Tables have as many groups as the schema asks for", .error,
        appliesTo: "axle groups, which have at least two members", source: "IVI 2.0 schema; RULES 86; MODEL R-AX7",
        explanation: "A present table has at least one group; AxleGroupMemberTable has at least two.",
        remedy: "Name all axles of the axle group, or leave the group out.", whyFixed: schema)

    static let mandatoryGroups = Rule(
        "CAT-05", "Construction, dimensions and masses are given", .error,
        appliesTo: "every message", source: "RULES section 4, 9h; MODEL 5.3; CO p8",
        explanation: """
            GeneralConstructionGroup, DimensionGroup and MassGroup are mandatory for all categories, though the schema leaves \
            them optional.
            """,
        remedy: "Give the values of the group in the record or the reference data."
    ) { check in
        for group in [Place.generalConstructionGroup, .dimensionGroup, .massGroup] where !check.holdsValues(group) {
            check.reportMissing(group)
        }
    }
}
