import Audit

/// One ledger entry for people and programs.
struct HistoryLine: Encodable {
    /// The origin of the volume that the entry stands in.
    let volume: String
    let position: Int
    let at, kind, actor: String
    let submission: String?
    let fields: [String: String]

    init(_ entry: LedgerEntry, volume: String = "") {
        self.volume = volume
        position = entry.position
        at = entry.record?.time ?? ""
        kind = entry.record?.kind ?? "unreadable"
        actor = entry.record?.actor ?? ""
        submission = entry.record?.submission
        fields = (entry.record?.fields ?? [:]).mapValues { value in
            switch value {
            case .text(let text): text
            case .number(let number): String(number)
            }
        }
    }

    static func show(_ entries: [LedgerEntry]) {
        Console.table(
            ["ENTRY", "TIME (UTC)", "KIND", "BY", "DETAILS"],
            entries.map { HistoryLine($0) }.map { line in
                [String(line.position), line.at, line.kind, line.actor, line.details]
            })
    }

    /// Digests are cut to what a person compares; JSON has them whole.
    private var details: String {
        fields.sorted { $0.key < $1.key }.map { key, value in
            let isDigest = value.utf8.count == 64 && value.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
            return "\(key)=\(isDigest ? value.prefix(12) + "…" : value)"
        }.joined(separator: " ")
    }
}
