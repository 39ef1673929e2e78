/// One value of the page: escaped when it is put together, so that nothing foreign can become markup.
struct PageValue {
    let html: String

    static func text(_ text: String) -> PageValue { PageValue(html: VehiclePage.escape(text)) }
    static func code(_ text: String) -> PageValue { PageValue(html: "<code>\(VehiclePage.escape(text))</code>") }

    /// The time, and where in the ledger it stands.
    static func entry(_ entry: VehicleReport.Entry?, _ more: String = "") -> PageValue {
        guard let entry else { return .text("not on record") }
        let behind = more.isEmpty ? "" : " \(VehiclePage.escape(more))"
        return PageValue(html: "\(VehiclePage.escape(entry.at)) <span class=\"entry\">[\(VehiclePage.escape(entry.mark))]</span>\(behind)")
    }
}

extension VehicleReport.Certificate {
    typealias Rows = [(String, PageValue)]

    /// The page's questions and answers, in the order in which they are asked.
    var pageSections: [(title: String, rows: Rows)] {
        var sections: [(String, Rows)] = [("What was delivered", delivered), ("From which file", origin.rows), ("Checked", checks.rows)]
        if let correction {
            let changes = correction.changes.map { "\($0) values differ" } ?? "nothing to compare with"
            sections[0].1.append(("Corrects", .entry(correction.corrected, "version \(correction.replaces), \(changes)")))
        }
        if let withdrawal {
            let rows: Rows = [
                ("By", .entry(withdrawal.withdrawn, withdrawal.withdrawn.by)), ("Reason", .text(withdrawal.reason)),
                ("Notice", .text(withdrawal.notice)),
            ]
            sections.insert(("Withdrawn: it doesn't hold any more", rows), at: 0)
        }
        if let reference { sections.append(("Reference data", reference.rows)) }
        sections.append(("Released", release.rows))
        if let seal { sections.append(("Sealed", seal.rows)) }
        for delivery in deliveries { sections.append(("To \(delivery.destination)", delivery.rows)) }
        sections.append(("In the ledger", ledgerRows))
        return sections
    }

    private var delivered: Rows {
        var rows: Rows = [("Bundle", .text(bundle ?? "not made yet"))]
        if let bundleSHA256 { rows.append(("its SHA-256", .code(bundleSHA256))) }
        if let xmlSHA256 { rows.append(("Sealed XML, SHA-256", .code(xmlSHA256))) }
        if let referenceID { rows.append(("Reference id", .code(referenceID))) }
        return rows
    }

    private var ledgerRows: Rows {
        let steps = entries.map { "\($0.kind)\($0.destination.map { " (\($0))" } ?? "") [\(VehicleReport.mark($0.position, $0.volume))]" }
            .joined(separator: ", ")
        var rows: Rows = [("Entries", .text(steps))]
        if let proof { rows.append(("Proof that it was sealed", .code(proof))) }
        return rows
    }
}

extension VehicleReport.Origin {
    fileprivate var rows: VehicleReport.Certificate.Rows {
        [
            ("File and row", .text("\(source)/\(file), row \(row)")), ("its SHA-256", .code(sha256)),
            (
                "Received",
                .entry(received, "with \(size) bytes, from user \(owner.map(String.init) ?? "?")\(ownerName.map { " (\($0))" } ?? "")")
            ),
            ("Submission", .code(submission)),
        ]
    }
}

extension VehicleReport.Checks {
    fileprivate var rows: VehicleReport.Certificate.Rows {
        var rows: VehicleReport.Certificate.Rows = [
            ("Accepted", .entry(validated)),
            ("Rules", .text("rule set \(ruleSet ?? "not on record"), ecocd \(program ?? "?"); \(warnings) warnings")),
        ]
        for finding in findings ?? [] { rows.append(("\(finding.severity) \(finding.rule)", .text(finding.message))) }
        if let note, warnings > 0 { rows.append(("Findings", .text(note))) }
        return rows
    }
}

extension VehicleReport.Reference {
    fileprivate var rows: VehicleReport.Certificate.Rows {
        let words = [name, approval, type, variant, version].compactMap { $0 }.filter { !$0.isEmpty }
        var rows: VehicleReport.Certificate.Rows = [
            ("Record", .text(words.isEmpty ? "not on record" : words.joined(separator: ", "))), ("its SHA-256", .code(sha256)),
            ("In force since", .entry(activated)),
        ]
        if let fileChanged, let fileOwner { rows.append(("Its file", .text("changed \(fileChanged), of user \(fileOwner)"))) }
        return rows
    }
}

extension VehicleReport.Release {
    fileprivate var rows: VehicleReport.Certificate.Rows {
        var rows: VehicleReport.Certificate.Rows = [
            ("Released", .text(who)),
            ("Configuration, SHA-256", .code(configurationSHA256 ?? "not on record")),
            ("In force since", .entry(configured, path.map { "as \($0)" } ?? "")),
        ]
        if let released { rows.insert(("When", .entry(released, reason ?? "")), at: 1) }
        if let held { rows.insert(("Held", .entry(held, heldReason ?? "")), at: 0) }
        if let fileChanged, let fileOwner { rows.append(("Last changed", .text("\(fileChanged), file of user \(fileOwner)"))) }
        return rows
    }
}

extension VehicleReport.Seal {
    fileprivate var rows: VehicleReport.Certificate.Rows {
        [
            ("When", .entry(sealed)), ("Seal of", .text(subject ?? "not on record")),
            ("Valid", .text("\(notBefore ?? "?") to \(notAfter ?? "?")")), ("Certificate, SHA-256", .code(certificateSHA256)),
            ("In use since", .entry(keyUsed)),
        ]
    }
}

extension VehicleReport.Delivered {
    fileprivate var rows: VehicleReport.Certificate.Rows {
        var rows: VehicleReport.Certificate.Rows = [
            ("Published", .entry(published)), ("Collected", collected == nil ? .text("not yet") : .entry(collected)),
        ]
        for answer in answers {
            let reference = answer.reference.map { "reference \($0)" } ?? ""
            rows.append(("Answer: \(answer.outcome)", .entry(answer.acknowledged, reference)))
            if let message = answer.message { rows.append(("", .text("\u{201C}\(message)\u{201D}"))) }
            rows.append(("", PageValue(html: "\(PageValue.text(answer.file ?? "").html)<br>\(PageValue.code(answer.sha256).html)")))
        }
        if answers.isEmpty { rows.append(("Answer", .text("none yet"))) }
        return rows
    }
}
