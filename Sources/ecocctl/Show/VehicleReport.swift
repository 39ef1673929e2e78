/// What a market-surveillance officer asks about one vehicle, out of the ledger (docs/show.md describes the JSON).
struct VehicleReport: Encodable {
    var vin: String
    /// The one shown in full: the newest, or the one asked for. Nil when only rejected records are known.
    var certificate: Certificate?
    var others: [Other]
    var rejections: [Rejection]
    var ledger: Head

    /// Where in the ledger something is said, and when it was said.
    struct Entry: Encodable {
        var position: Int
        /// Nil in the volume that `ledger` names.
        var volume: String?
        var at: String
        var by: String
    }

    struct Certificate: Encodable {
        var stage: Int
        var version: Int
        /// `validated`, `generated`, `sealed`, `publishing`, `published` or `withdrawn`; `rejected` by a person before the seal, or lost
        /// before it; `lost` after the seal and before publication.
        var state: String
        var correction: Correction?
        var withdrawal: Withdrawal?
        var contentSHA256: String
        var referenceID: String?
        /// Of the sealed XML.
        var xmlSHA256: String?
        var bundle: String?
        var bundleSHA256: String?
        var origin: Origin
        var checks: Checks
        var reference: Reference?
        var release: Release
        var seal: Seal?
        var deliveries: [Delivered]
        var proof: String?
        /// Every entry about this certificate, in order.
        var entries: [Step]
    }

    /// What it corrects, when it does.
    struct Correction: Encodable {
        /// The version.
        var replaces: Int
        /// Values that differ; nil when there was nothing to compare with.
        var changes: Int?
        var corrected: Entry
    }

    struct Withdrawal: Encodable {
        var reason: String
        var notice: String
        /// `by` is the person.
        var withdrawn: Entry
    }

    struct Origin: Encodable {
        var submission: String
        var source: String
        var file: String
        var row: Int
        var size: Int
        var sha256: String
        /// The user id of the producer's file, and its name on this machine.
        var owner: Int?
        var ownerName: String?
        var received: Entry?
    }

    struct Checks: Encodable {
        var validated: Entry?
        var ruleSet: String?
        /// The version of ecocd.
        var program: String?
        var warnings: Int
        /// Nil where the submission's directory can't be read; `note` says why.
        var findings: [Finding]?
        var note: String?
    }

    struct Finding: Encodable {
        var rule: String
        var severity: String
        var message: String
        var element: String?
        var value: String?
    }

    struct Reference: Encodable {
        var sha256: String
        var name: String?
        var approval: String?
        var type: String?
        var variant: String?
        var version: String?
        var activated: Entry?
        var fileChanged: String?
        var fileOwner: String?
    }

    struct Release: Encodable {
        /// `auto`: by the policy of the source's settings, part of the configuration. `hold`, `four-eyes`: by a person, or by one still to come.
        var policy: String
        var held: Entry?
        var heldReason: String?
        /// `by` is the person.
        var released: Entry?
        var reason: String?
        var configurationSHA256: String?
        var path: String?
        var configured: Entry?
        var fileChanged: String?
        var fileOwner: String?
    }

    struct Seal: Encodable {
        var sealed: Entry
        var certificateSHA256: String
        var subject: String?
        var notBefore: String?
        var notAfter: String?
        var keyUsed: Entry?
    }

    struct Delivered: Encodable {
        var destination: String
        var bundle: String
        var published: Entry?
        var collected: Entry?
        var answers: [Answer]
    }

    struct Answer: Encodable {
        var outcome: String
        var reference: String?
        var message: String?
        var sha256: String
        /// In the submission's directory.
        var file: String?
        var acknowledged: Entry?
    }

    struct Step: Encodable {
        var kind: String
        var position: Int
        var volume: String?
        var at: String
        var by: String
        var destination: String?
    }

    struct Other: Encodable {
        var stage: Int
        var version: Int
        var state: String
        var submission: String
        var destinations: [String: String]
    }

    struct Rejection: Encodable {
        var position: Int
        var volume: String?
        var at: String
        var submission: String
        var row: Int?
        var rules: String
        var reason: String
    }

    /// The head that all of it lies under, but for what stands in another volume.
    struct Head: Encodable {
        var origin: String
        var size: Int
        var root: String

        /// - Parameter note: a signed checkpoint.
        init(_ note: String) {
            let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
            origin = lines.first.map(String.init) ?? ""
            size = lines.count > 1 ? Int(lines[1]) ?? 0 : 0
            root = lines.count > 2 ? String(lines[2]) : ""
        }
    }
}

extension VehicleReport {
    /// An entry as people are told of it: `17`, and in another volume `17 of example.org/ecoc/1`.
    static func mark(_ position: Int, _ volume: String?) -> String { "\(position)\(volume.map { " of \($0)" } ?? "")" }
}

extension VehicleReport.Entry {
    var mark: String { VehicleReport.mark(position, volume) }
}

extension VehicleReport.Delivered {
    /// The newest word about it: the last answer's outcome, else how far it came.
    var state: String { answers.last?.outcome ?? (collected == nil ? "published" : "collected") }
}
