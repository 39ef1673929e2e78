/// A JSON object of texts and whole numbers in canonical form (RFC 8785): keys sorted, no white space, one way to write each value.
///
/// Reading accepts canonical form only, so the same content always has the same bytes and the same digest.
public struct FlatObject: Sendable, Equatable {
    /// Numbers lie within ±(2^53 - 1).
    public var fields: [String: Event.Scalar]

    public init(_ fields: [String: Event.Scalar]) { self.fields = fields }

    /// Why bytes aren't such an object.
    public struct Malformed: Error, Equatable, CustomStringConvertible {
        /// The byte, from 0, at which reading stopped.
        public let offset: Int
        public let description: String

        fileprivate init(_ flaw: RecordParser.Flaw) {
            offset = flaw.offset
            description = "the file isn't a canonical JSON object: \(flaw.reason) at byte \(flaw.offset)"
        }
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var output = [UInt8(ascii: "{")]
        for (key, value) in fields.sorted(by: { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }) {
            if output.count > 1 { output.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(key, to: &output)
            output.append(UInt8(ascii: ":"))
            switch value {
            case .text(let text): CanonicalJSON.append(text, to: &output)
            case .number(let number): CanonicalJSON.append(number, to: &output)
            }
        }
        return output + [UInt8(ascii: "}")]
    }

    public init(reading bytes: [UInt8]) throws(Malformed) {
        do { fields = try RecordParser.members(bytes) } catch { throw Malformed(error) }
    }
}
