import Audit

/// Events as the daemon commits them, with values as long as real ones.
struct Traffic {
    /// Certificates that a stage commits at once.
    private static let batch = 64

    private var submissions = 0
    private var vehicles = 0
    private var digests: UInt64 = 0

    /// One submission from the drop to the archive, commit by commit.
    mutating func submission(vehicles count: Int) -> [[Event]] {
        submissions += 1
        let id = "20261125T1530\(Self.padded(submissions, 13))"
        let file = digest()
        let vins = (0..<count).map { vin($0) }
        vehicles += count
        var commits: [[Event]] = [
            [
                Event(
                    .received, submission: id,
                    [
                        "source": "plant-1", "name": "export-2026-11-25.csv", "size": .number(count * 180), "sha256": file, "owner": 1_001,
                        "device": "2049", "inode": .text("\(7_000_000 + submissions)"),
                    ]), move(.moving, id, "tmp", "ingest", file),
            ], [move(.moved, id, "tmp", "ingest", file), Event(.claimed, submission: id, ["source": "plant-1", "name": "export.csv"])],
        ]
        for (from, to) in [("ingest", "validate"), ("validate", "generate")] {
            commits += [[move(.moving, id, from, to, file), move(.moved, id, from, to, file)]]
        }
        for kind in [Event.Kind.validated, .generated, .sealed, .publishing, .published] {
            for start in stride(from: 0, to: count, by: Self.batch) {
                commits.append((start..<min(start + Self.batch, count)).map { step(kind, id, vins[$0], row: $0 + 2) })
            }
        }
        commits.append([
            Event(
                .reported, submission: id,
                ["source": "plant-1", "name": "export.csv.report.csv", "sha256": digest(), "published": .number(count), "rejected": 0]),
            move(.moving, id, "generate", "archive", file), move(.moved, id, "generate", "archive", file),
        ])
        return commits
    }

    private func move(_ kind: Event.Kind, _ id: String, _ from: String, _ to: String, _ digest: Event.Scalar) -> Event {
        Event(kind, submission: id, ["from": .text(from), "to": .text(to), "digest": digest])
    }

    private mutating func step(_ kind: Event.Kind, _ id: String, _ vin: String, row: Int) -> Event {
        var fields: [String: Event.Scalar] = ["vin": .text(vin), "stage": 1, "version": 1]
        if kind != .validated { fields["sha256"] = digest() }
        switch kind {
        case .validated:
            fields["row"] = .number(row)
            fields["reference-id"] = .text("ref-\(vehicles + row)")
            fields["content-sha256"] = digest()
            fields["reference-sha256"] = digest()
            fields["warnings"] = 0
        case .sealed:
            fields["content-sha256"] = digest()
            fields["certificate-sha256"] = digest()
        case .publishing, .published:
            fields["destination"] = "eucaris"
            fields["bundle"] = .text("\(vin)-1-v1.asice")
        default: break
        }
        return Event(kind, submission: id, fields)
    }

    /// In an order that isn't that of the rows.
    private func vin(_ index: Int) -> String {
        let number = UInt64(vehicles + index) &* 0x9E37_79B9_7F4A_7C15
        return "WZA" + Self.padded(Int(number >> 20), 14)
    }

    private mutating func digest() -> Event.Scalar {
        digests += 1
        var text = ""
        var state = digests
        for _ in 0..<4 {
            state = (state ^ state >> 31) &* 0xBF58_476D_1CE4_E5B9
            text += Self.hexadecimal(state)
        }
        return .text(text)
    }

    private static func hexadecimal(_ word: UInt64) -> String {
        let text = String(word, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
