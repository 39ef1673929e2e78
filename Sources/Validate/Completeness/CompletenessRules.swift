import Certificate

/// COC: the items that the certificate of a category must and must not hold. One rule for each row of the table that isn't decided
/// by other rules alone; `CompletenessCheck` decides them all in one pass.
enum CompletenessRules {
    static let all = [summary] + ItemTable.current.rows.filter { !$0.ownClauses.isEmpty }.map(rule)

    /// How many items a certificate may lack before one finding names them all.
    static let handful = 5

    static let summary = Rule(
        "COC-00", "The certificate is complete", .error,
        appliesTo: "vehicles that lack more than \(handful) of the items that the COC rules demand", source: source,
        explanation: """
            A record that lacks many items usually lacks one thing: its reference data, or columns of the export. So one finding lists \
            them all, each with its item number where it has one. It is an error when one of them is.
            """,
        remedy: "Give the elements in the record, the reference data or the source's constants.",
        whyFixed: "it sums up what the other COC rules find, and those can be changed")

    private static let source = "the receivers' published conditions for IVI 2.0 (second-hand)"

    private static func rule(_ row: ItemRow) -> Rule {
        let names = row.ownClauses.flatMap(\.elements).map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let demands = row.ownClauses.contains { $0.kind == .demanded }
        let isCertain = row.ownClauses.contains { $0.kind == .demanded && $0.condition == nil } && !row.certain.codes.isEmpty
        return Rule(
            row.id, demands ? "\(row.elements.map(\.name).listed): there when asked for" : "\(names.listed): not for every category",
            isCertain ? .error : .warning,
            appliesTo: row.ownClauses.map(\.categories.codes).joined().reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
                .joined(separator: ", "),
            source: [row.requirements, source].compactMap(\.self).joined(separator: "; "),
            explanation: (row.ownClauses.map(words) + [basis(row, isCertain)] + (row.note.map { ["Note: \($0)."] } ?? []))
                .joined(separator: " "),
            remedy: demands
                ? "Give the element in the record, the reference data or the source's constants."
                : "Leave the element out, or correct VehicleCategory.")
    }

    /// On what the row rests, in words that don't claim more than is known.
    private static func basis(_ row: ItemRow, _ isCertain: Bool) -> String {
        guard isCertain else {
            return "This rests on a transcription of the conditions, not on the conditions themselves, so it only warns."
        }
        return """
            For \(row.certain.codes.listed), complete, an official example or a certificate on paper agrees, so it is an error there; \
            everywhere else it rests on a transcription of the conditions alone, and only warns.
            """
    }

    /// `Demanded for M and N, complete (C), on each axle: AxleTrack.`
    static func words(_ clause: ItemClause) -> String {
        let categories = clause.categories.codes == ItemTableReader.everyCategory ? "every category" : clause.categories.codes.listed
        let names: [Character: String] = ["C": "complete (C)", "I": "incomplete (I)", "V": "completed (V)"]
        let stages = clause.completions.count == 3 ? nil : clause.completions.sorted().compactMap { names[$0] }.joined(separator: " or ")
        let parts = ["\(clause.kind == .demanded ? "Demanded" : "Forbidden") for \(categories)", stages].compactMap(\.self)
        let place = [clause.frame.words, clause.condition?.words ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        let head = parts.joined(separator: ", ") + (place.isEmpty ? "" : ", \(place)")
        return "\(head): \(clause.elements.map(\.name).listed)."
    }
}
