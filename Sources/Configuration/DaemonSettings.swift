/// `ecocd.toml` as written (docs/configuration.md).
struct DaemonSettings: Decodable {
    var spool: String
    var state: String
    var organisation: String
    var rescanSeconds: Int?
    var schema: String?
    var seal: SealSettings
    var control: ControlSettings?
    var limits: LimitSettings?

    enum CodingKeys: String, CodingKey {
        case spool, state, organisation, schema, seal, control, limits
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

    struct LimitSettings: Decodable {
        var maximumFileBytes: Int?
        var workers: Int?

        enum CodingKeys: String, CodingKey {
            case workers
            case maximumFileBytes = "maximum-file-bytes"
        }
    }
}
