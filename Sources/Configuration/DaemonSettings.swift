/// `ecocd.toml` as written (docs/configuration.md).
struct DaemonSettings: Decodable {
    var spool: String
    var state: String
    var organisation: String
    var rescanSeconds: Int?
    var schema: String?
    var seal: SealSettings
    var control: ControlSettings?
    var reference: ReferenceSettings?
    var limits: LimitSettings?
    var ledger: LedgerSettings?
    var anchor: AnchorSettings?
    var witness: [WitnessSettings]?

    enum CodingKeys: String, CodingKey {
        case spool, state, organisation, schema, seal, control, reference, limits, ledger, anchor, witness
        case rescanSeconds = "rescan-seconds"
    }

    struct SealSettings: Decodable {
        var key: String
        var certificate: String
        var chain: String?
        var trusted: String
        var passphraseCredential: String?

        enum CodingKeys: String, CodingKey {
            case key, certificate, chain, trusted
            case passphraseCredential = "passphrase-credential"
        }
    }

    struct ControlSettings: Decodable {
        var socket: String?
        var adminGroup: String?
        var releaseGroup: String?

        enum CodingKeys: String, CodingKey {
            case socket
            case adminGroup = "admin-group"
            case releaseGroup = "release-group"
        }
    }

    struct LedgerSettings: Decodable {
        var rememberedHead: String?

        enum CodingKeys: String, CodingKey {
            case rememberedHead = "remembered-head"
        }
    }

    struct AnchorSettings: Decodable {
        var timestampURL: String?
        var timestampTrusted: String?
        var timestampPolicy: String?
        var skewSeconds: Int?
        var maximumAgeHours: Int?
        var group: String?

        enum CodingKeys: String, CodingKey {
            case group
            case timestampURL = "timestamp-url"
            case timestampTrusted = "timestamp-trusted"
            case timestampPolicy = "timestamp-policy"
            case skewSeconds = "skew-seconds"
            case maximumAgeHours = "maximum-age-hours"
        }
    }

    struct WitnessSettings: Decodable {
        var url: String
        var key: String
    }

    struct ReferenceSettings: Decodable {
        var activation: String?
        var settleSeconds: Int?

        enum CodingKeys: String, CodingKey {
            case activation
            case settleSeconds = "settle-seconds"
        }
    }

    struct LimitSettings: Decodable {
        var maximumFileBytes: Int?
        var workers: Int?
        var scrubMegabytes: Int?

        enum CodingKeys: String, CodingKey {
            case workers
            case scrubMegabytes = "scrub-megabytes"
            case maximumFileBytes = "maximum-file-bytes"
        }
    }
}
