extension VehicleReport {
    /// The report on one screen. Foreign texts are shown without control characters.
    func show() {
        guard let certificate else {
            Console.line("\(Console.visible(vin))  NOTHING PUBLISHED: only rejected records are known")
            showRest()
            return
        }
        Console.line(
            "\(Console.visible(vin))  stage \(certificate.stage), version \(certificate.version)  \(certificate.headline.uppercased())")
        Console.line()
        for (label, lines) in certificate.sections {
            for (number, line) in lines.enumerated() {
                let head = number == 0 ? label : ""
                Console.line(head + String(repeating: " ", count: max(1, 11 - head.count)) + Console.visible(line))
            }
        }
        showRest()
    }

    private func showRest() {
        for rejection in rejections.suffix(5) {
            let row = rejection.row.map { ", row \($0)" } ?? ""
            Console.line(
                "rejected   \(rejection.at) of \(rejection.submission)\(row): \(Console.visible(rejection.rules)) [\(Self.mark(rejection.position, rejection.volume))]"
            )
        }
        for other in others {
            let places = other.destinations.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            Console.line(
                "also       stage \(other.stage), version \(other.version): \(places.isEmpty ? other.state : places) (\(other.submission))")
        }
        Console.line("\nThe numbers in brackets are entries of the ledger \(ledger.origin), which had \(ledger.size) when this was read.")
    }
}

extension VehicleReport.Certificate {
    /// How far it has come, in a few words.
    var headline: String {
        if withdrawal != nil { return "withdrawn" }
        return deliveries.isEmpty ? state : deliveries.map { "\($0.destination): \($0.state)" }.joined(separator: ", ")
    }

    /// Each question with its answer, in lines.
    var sections: [(label: String, lines: [String])] {
        var sections: [(String, [String])] = [
            (
                "bundle",
                bundle.map { ["\($0)", "sha256 \(bundleSHA256 ?? "")"] } ?? ["not made yet"]
            ), ("message", ["sealed XML, sha256 \(xmlSHA256 ?? "not sealed yet")"] + (referenceID.map { ["reference id \($0)"] } ?? [])),
            ("from", originLines), ("checked", checkLines),
        ]
        if let withdrawal { sections.insert(("withdrawn", withdrawal.lines), at: 0) }
        if let correction { sections.append(("corrects", [correction.line])) }
        sections += checks.findingLines.isEmpty ? [] : [("findings", checks.findingLines)]
        if let reference { sections.append(("reference", reference.lines)) }
        sections.append(("released", release.lines))
        if let seal { sections.append(("sealed", seal.lines)) }
        for delivery in deliveries { sections.append(("to \(delivery.destination)", delivery.lines)) }
        if let proof { sections.append(("proof", [proof])) }
        return sections
    }

    private var originLines: [String] {
        let owner = origin.owner.map { "user \($0)\(origin.ownerName.map { " (\($0))" } ?? "")" } ?? "an unknown user"
        return [
            "\(origin.source)/\(origin.file), row \(origin.row)", "sha256 \(origin.sha256), \(origin.size) bytes",
            "received \(origin.received.text), from \(owner)", "as submission \(origin.submission)",
        ]
    }

    private var checkLines: [String] {
        [
            "\(checks.validated.text)",
            "rule set \(checks.ruleSet ?? "not on record") of ecocd \(checks.program ?? "?"); \(checks.warnings) warnings",
        ]
    }
}

extension VehicleReport.Checks {
    var findingLines: [String] {
        var lines = (findings ?? []).map { "\($0.severity) \($0.rule): \($0.message)" }
        if let note, warnings > 0 { lines.append(note) }
        return lines
    }
}

extension VehicleReport.Reference {
    var lines: [String] {
        var lines = [
            [name ?? "unknown file", approval, type, variant, version].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "  "),
            "sha256 \(sha256)", "in force since \(activated.text)",
        ]
        if let fileChanged, let fileOwner { lines.append("file changed \(fileChanged), of user \(fileOwner)") }
        return lines
    }
}

extension VehicleReport.Correction {
    var line: String {
        "version \(replaces), \(changes.map { "\($0) values differ" } ?? "nothing to compare with") [\(corrected.mark)]"
    }
}

extension VehicleReport.Withdrawal {
    var lines: [String] { ["by \(withdrawn.by) \(Optional(withdrawn).text)", "\"\(reason)\"", "notice \(notice)"] }
}

extension VehicleReport.Release {
    /// Who or what released it.
    var who: String {
        if let released { return "by \(released.by), under release = \"\(policy)\"" }
        return held == nil
            ? "by policy: release = \"\(policy)\" in the settings of its source" : "not yet: it was held (\(heldReason ?? ""))"
    }

    var lines: [String] {
        var lines = [who + ((released ?? held).map { " \(Optional($0).text)" } ?? "")]
        if let reason { lines.append("\"\(reason)\"") }
        lines += [
            "configuration sha256 \(configurationSHA256 ?? "unknown")",
            "in force since \(configured.text)\(path.map { ", \($0)" } ?? "")",
        ]
        if let fileChanged, let fileOwner { lines.append("settings last changed \(fileChanged), file of user \(fileOwner)") }
        return lines
    }
}

extension VehicleReport.Seal {
    var lines: [String] {
        var lines = [Optional(sealed).text, "with \(subject ?? "a certificate")"]
        if let notAfter { lines.append("valid \(notBefore.map { "\($0) to " } ?? "until ")\(notAfter)") }
        lines.append("certificate sha256 \(certificateSHA256)\(keyUsed.map { " [\($0.mark)]" } ?? "")")
        return lines
    }
}

extension VehicleReport.Delivered {
    var lines: [String] {
        var lines = ["published \(published.text)", collected == nil ? "not collected yet" : "collected \(collected.text)"]
        for answer in answers {
            lines.append("\(answer.outcome) \(answer.acknowledged.text)\(answer.reference.map { ", reference \($0)" } ?? "")")
            if let message = answer.message { lines.append("  \"\(message.prefix(200))\"") }
            if let file = answer.file { lines.append("  \(file)") }
        }
        if answers.isEmpty { lines.append("not answered yet") }
        return lines
    }
}

extension VehicleReport.Entry? {
    /// Time and entry: `2026-11-23T14:05:12.123Z [17]`.
    var text: String { map { "\($0.at) [\($0.mark)]" } ?? "(not on record)" }
}
