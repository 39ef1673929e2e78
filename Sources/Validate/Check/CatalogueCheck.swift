import Certificate

/// The catalogue's own demands, in one pass over the sorted fields: text of the right type, required elements, counts of groups.
enum CatalogueCheck {
    static func run(_ check: inout CheckContext) {}
}
