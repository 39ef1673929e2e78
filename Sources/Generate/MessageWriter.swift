public import Certificate

/// Values to canonical IVI 2.0 XML: deterministic, in the catalogue's order, without white space between elements.
///
/// It decides nothing and checks nothing: what it writes is valid when the values are. Pure, and safe on any number of threads at once.
public enum MessageWriter {
    /// - Parameter values: written as they are; the numbers of groups with gaps are closed up.
    /// - Returns: an unsigned message; even without values it has its root.
    public static func write(_ values: FieldValues) -> GeneratedMessage {
        var document = CanonicalDocument(fieldCount: values.count)
        for field in values.fields { document.append(field) }
        return document.finish()
    }
}
