/// What text an element may hold: one of the simple types of the IVI 2.0 schema.
public struct SimpleType: Sendable, Equatable {
    /// The type's name in the schema, such as `Decimal52`.
    public let name: String
    public let form: Form
    /// The codes of a code list for quick search; empty for every other form.
    let codes: Set<String>

    /// The value space and its limits (XML Schema part 2, section 3).
    public enum Form: Sendable, Equatable {
        /// Text of `length` characters; `pattern` is the schema's regular expression, matched against the whole text.
        case text(length: ClosedRange<Int>?, pattern: String?)
        /// One of `codes`, in the schema's order; `maximumLength` is the schema's own (redundant) limit.
        case codes([String], maximumLength: Int)
        /// `xs:decimal` with at most `totalDigits`, of which `fractionDigits` behind the point.
        case decimal(totalDigits: Int, fractionDigits: Int, minimum: String, maximum: String)
        /// A whole number; `base` is `short` or `int`.
        case integer(ClosedRange<Int>, base: String)
        /// `xs:date`: YYYY-MM-DD.
        case date
        /// `xs:dateTime`, with offset.
        case dateTime
    }

    init(name: String, form: Form) {
        self.name = name
        self.form = form
        if case .codes(let codes, _) = form { self.codes = Set(codes) } else { codes = [] }
    }
}
