import Certificate

/// The header values that a ready message brings along; other formats get theirs from ecocd.
struct ReadyHeader: Sendable {
    let referenceID: String
    let issuedAt: String
    let version: Int

    init(_ values: FieldValues) {
        referenceID = values[HeaderKeys.referenceID] ?? ""
        issuedAt = values[HeaderKeys.dateTime] ?? ""
        version = values[HeaderKeys.version].flatMap { Int($0) } ?? 0
    }
}

/// The places of the header values that are new in each message.
enum HeaderKeys {
    static let referenceID = key("IviReferenceId")
    static let schemaVersion = key("IviVersionNumberXsd")
    static let version = key("IviVersionNumber")
    static let dateTime = key("IviVersionDateTime")

    /// Those that differ in each message of the same content.
    static let new: Set = [referenceID, schemaVersion, version, dateTime]

    /// The header values of a certificate that ecocd gives, as fields.
    static func fields(_ line: RecordLine) -> FieldValues {
        FieldValues([
            Field(referenceID, line.referenceID, .assigned), Field(schemaVersion, "2.0", .assigned),
            Field(version, String(line.version), .assigned), Field(dateTime, line.issuedAt, .assigned),
        ])
    }

    /// The place of an element that stands in no table.
    static func key(_ name: String) -> FieldKey {
        guard let key = FieldKey(Catalogue.initialVehicleInformation.known(name)) else {
            // As an unknown name: only a broken build comes here.
            fatalError("\(name) stands in a table and needs a group's number")
        }
        return key
    }
}
