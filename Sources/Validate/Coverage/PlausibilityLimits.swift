/// What decides each published limit of what is plausible: part 2 of the collection of items, and the value checks of its conditions.
public struct PlausibilityLimit: Sendable {
    /// As the collection names it: `MAS11`, or the number and subject of a condition: `14 NumberOfAxles`.
    public let key: String
    /// The rules that decide it; empty where nothing does.
    public let rules: [String]
    /// What the rules leave out, or why nothing decides it; nil where nothing is left.
    public let note: String?

    init(_ key: String, _ rules: String..., note: String? = nil) {
        self.key = key
        self.rules = rules
        self.note = note
    }

    private static let national = "a national permission, not a category: such a van is N2 in the message, whose limits are CATG-02"

    /// The limits by category and mass, dimensions, masses, tyres, engines, tests, dates, in the collection's order.
    public static let limits = [
        PlausibilityLimit("CAT1", "CATG-01", "CATG-10"),
        PlausibilityLimit("CAT2", "CATG-02"), PlausibilityLimit("CAT3", "CATG-02"), PlausibilityLimit("CAT4", "CATG-02"),
        PlausibilityLimit("CAT5", note: national), PlausibilityLimit("CAT6", "CATG-10"),
        PlausibilityLimit(
            "CAT7",
            note: "the limits are known from memory only, and leave out batteries, whose mass a certificate of category L doesn't have"),
        PlausibilityLimit(
            "CAT8", "POW-01", "POW-06",
            note: "power by subcategory isn't judged: those limits are known from memory only"),
        PlausibilityLimit("CAT9", note: "the collection itself demands no speed of categories R, T and C"),
        PlausibilityLimit("DIM1", "DIM-01"), PlausibilityLimit("DIM1b", "DIM-01"), PlausibilityLimit("DIM2", "DIM-02"),
        PlausibilityLimit("DIM3", "DIM-03"), PlausibilityLimit("DIM4", "DIM-04"), PlausibilityLimit("DIM5", "DIM-05"),
        PlausibilityLimit("DIM6", "DIM-06", "DIM-13"), PlausibilityLimit("DIM7", "DIM-07"), PlausibilityLimit("DIM8", "DIM-08"),
        PlausibilityLimit("DIM9", "AXL-07", note: "with more than two axles an official example breaks it"),
        PlausibilityLimit("DIM10", "DIM-10"), PlausibilityLimit("DIM11", "DIM-11"), PlausibilityLimit("DIM12", "DIM-12", "DIM-11"),
        PlausibilityLimit("MAS1", "MAS-02"), PlausibilityLimit("MAS2", "MAS-01"), PlausibilityLimit("MAS3", "AXL-12"),
        PlausibilityLimit("MAS4", "MAS-12"), PlausibilityLimit("MAS5", "MAS-13"), PlausibilityLimit("MAS6", "MAS-04", "MAS-05"),
        PlausibilityLimit("MAS7", "TOW-13"), PlausibilityLimit("MAS8", "TOW-14"), PlausibilityLimit("MAS9", "TOW-15"),
        PlausibilityLimit("MAS10", "AXL-13"), PlausibilityLimit("MAS11", "MAS-14"), PlausibilityLimit("MAS12", "MAS-15"),
        PlausibilityLimit(
            "MAS13", note: "limits of traffic, which the technically permissible mass may exceed, so no certificate is wrong by it"),
        PlausibilityLimit("TYR1", "TYR-02"), PlausibilityLimit("TYR2", "TYR-03"), PlausibilityLimit("TYR3", "TYR-04"),
        PlausibilityLimit("TYR4", "TYR-05"), PlausibilityLimit("TYR5", "TYR-06"), PlausibilityLimit("TYR6", "TYR-07"),
        PlausibilityLimit("POW1", "POW-01"), PlausibilityLimit("POW2", "POW-02"), PlausibilityLimit("POW3", "POW-03"),
        PlausibilityLimit("POW4", "POW-04"), PlausibilityLimit("POW5", "POW-05"), PlausibilityLimit("POW6", "POW-06"),
        PlausibilityLimit("POW7", "POW-07"), PlausibilityLimit("POW8", "POW-08"),
        PlausibilityLimit("EMI1", "EMI-02", "EMI-03", "EMI-08"), PlausibilityLimit("EMI2", "EMI-09"), PlausibilityLimit("EMI3", "EMI-10"),
        PlausibilityLimit("EMI4", "WLT-06"), PlausibilityLimit("EMI5", "EMI-11"), PlausibilityLimit("EMI6", "EMI-12"),
        PlausibilityLimit("EMI7", "EMI-13"), PlausibilityLimit("EMI8", "EMI-14"), PlausibilityLimit("EMI9", "EMI-15"),
        PlausibilityLimit("EMI10", "EMI-16", "EMI-17"), PlausibilityLimit("EMI11", "EMI-04"), PlausibilityLimit("EMI12", "EMI-18"),
        PlausibilityLimit("EMI13", note: "that rolling resistance and class come together rests on five examples alone"),
        PlausibilityLimit("EMI14", "EMI-19"),
        PlausibilityLimit("TyreSize", "TYR-01", "AXL-18"),
        PlausibilityLimit("Dates", "DAT-01", "DAT-02", "DAT-04"),
        PlausibilityLimit("VIN", "VIN-01", note: "the letter of the model year isn't judged: makers of Europe needn't have one"),
    ]

    /// The checks of values that stand beside the conditions of presence, by the condition's number.
    public static let checks = [
        PlausibilityLimit("3", "STG-04"), PlausibilityLimit("4", "MAS-06", "MAS-07"), PlausibilityLimit("5", "CAT-02"),
        PlausibilityLimit("6", "EMI-07"), PlausibilityLimit("7", "CON-10"), PlausibilityLimit("9", "CAT-01", "VIN-01"),
        PlausibilityLimit("14", "AXL-01", "AXL-19"), PlausibilityLimit("15", "AXL-20"), PlausibilityLimit("17", "AXL-03"),
        PlausibilityLimit("20", "MAS-07"), PlausibilityLimit("22", "DIM-03", "DIM-12"), PlausibilityLimit("24", "DIM-01"),
        PlausibilityLimit("26", "DIM-02"), PlausibilityLimit("30", "MAS-02"), PlausibilityLimit("32", "AXL-12"),
        PlausibilityLimit("36", "TOW-12"), PlausibilityLimit("45", "ENE-11"), PlausibilityLimit("47", "ENE-22"),
        PlausibilityLimit("56", "DIM-07"), PlausibilityLimit("57", "AXL-14"), PlausibilityLimit("62", "AXL-15", "AXL-16"),
        PlausibilityLimit("67", "CATG-03"), PlausibilityLimit("68", "CATG-09"), PlausibilityLimit("69", "CON-09"),
        PlausibilityLimit("70", "CON-04"), PlausibilityLimit("72", "CATG-01", "CATG-10"),
    ]
}

extension RuleSet {
    /// The table of docs/rules.md that says what decides each published limit.
    func limitTable() -> String {
        let rows = (PlausibilityLimit.limits + PlausibilityLimit.checks).map { limit in
            let rules = limit.rules.map { id in "[\(id)](#\(id.lowercased())) \(rule(id)?.title ?? "")" }
            return "| \(limit.key) | \((rules + [limit.note].compactMap(\.self)).joined(separator: "<br>")) |\n"
        }
        return """

            ## What decides each limit of what is plausible

            The limits are those of part 2 of the collection of items that ecocd was built from, by their names there; a number alone is the
            check of values beside the condition of that number. The conditions of presence themselves are COC-01 to COC-100, numbered as
            there: each rule says for which categories and stages, and by which other rules.

            | limit | decided by |
            |---|---|

            """ + rows.joined()
    }
}
