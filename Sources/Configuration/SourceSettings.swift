/// `sources.d/<name>.toml` as written (docs/configuration.md).
struct SourceSettings: Decodable {
    var inbox: String?
    var format: String
    var encoding: String?
    var settleSeconds: Int?
    var network: Bool?
    var lingerSeconds: Int?
    var lastLineEnd: String?
    var release: String?
    var corrections: String?
    var policy: String?
    var destinations: [String]
    var existingSignature: String?
    var maximumFileBytes: Int?
    var maxWaitSeconds: Int?
    var marker: String?
    var incomplete: String?
    var temporaryPatterns: [String]?
    var ignoredColumns: [String]?
    var csv: CSVSettings?
    var fixed: FixedSettings?
    var json: JSONSettings?
    var xml: XMLSettings?
    var constants: [String: String]?
    var column: [ColumnSettings]?
    var rule: [RuleSettings]?
    var manufacturers: [String]?
    var owners: [String]?
    var ownerGroups: [String]?

    enum CodingKeys: String, CodingKey {
        case inbox, format, encoding, network, release, corrections, policy, destinations, marker, incomplete, csv, fixed, json, xml,
            constants,
            column, rule,
            manufacturers, owners
        case settleSeconds = "settle-seconds"
        case lingerSeconds = "linger-seconds"
        case lastLineEnd = "last-line-end"
        case existingSignature = "existing-signature"
        case maximumFileBytes = "maximum-file-bytes"
        case maxWaitSeconds = "max-wait-seconds"
        case temporaryPatterns = "temporary-patterns"
        case ignoredColumns = "ignored-columns"
        case ownerGroups = "owner-groups"
    }

    struct CSVSettings: Decodable {
        var delimiter: String?
        var quote: String?
        var header: Bool?
    }

    struct FixedSettings: Decodable {
        var headerLines: Int?
        var trailer: String?
        var recordLength: Int?

        enum CodingKeys: String, CodingKey {
            case trailer
            case headerLines = "header-lines"
            case recordLength = "record-length"
        }
    }

    struct JSONSettings: Decodable {
        var records: [String]?
    }

    struct XMLSettings: Decodable {
        var record: String?
    }

    struct RuleSettings: Decodable {
        var id: String
        var severity: String
        var reason: String
        var by: String
    }

    struct ColumnSettings: Decodable {
        var name: String?
        var number: Int?
        var from: Int?
        var length: Int?
        var path: String
        var trim: Bool?
        var decimalComma: Bool?
        var thousands: String?
        var date: String?
        var missing: [String]?
        var factor: String?
        var uppercase: Bool?
        var codes: [String: String]?

        enum CodingKeys: String, CodingKey {
            case name, number, from, length, path, trim, thousands, date, missing, factor, uppercase, codes
            case decimalComma = "decimal-comma"
        }
    }
}

/// `destinations.d/<name>.toml` as written.
struct DestinationSettings: Decodable {
    var outbox: String?
    var profile: String?
    var pageLanguage: String?

    enum CodingKeys: String, CodingKey {
        case outbox, profile
        case pageLanguage = "page-language"
    }
}
