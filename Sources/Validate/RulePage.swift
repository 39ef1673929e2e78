extension RuleSet {
    /// The page docs/rules.md: every rule with its reason and remedy.
    public func markdown() -> String {
        let errors = rules.count { $0.severity == .error }
        let warnings = rules.count { $0.severity == .warning }
        let head = """
            # The rules

            Rule set \(version): \(rules.count) rules, of which \(errors) give errors and \(warnings) warnings.
            A record with an error gets no certificate; a warning is reported and the certificate is made. That a record
            passes means: valid against the IVI 2.0 schema and checked against these rules. It doesn't mean that
            receivers, who know more rules, accept it.

            This page is made from the program (`RuleSet.current.markdown()`). A test checks that it is up to date;
            `ECOCD_WRITE_RULES=1 swift test --filter RulePageTests` writes it anew.

            Sources: RULES and MODEL are the condensed rules and the model of the certificate that ecocd was built from,
            with their numbers; SM is the eCoC IVI setup manual 1.5, GL the IVI 2.0 guidelines 1.1, CO the IVI 2.0 change
            overview 1.1. The catalogue's own demands (CAT) are decided in one pass; all others compare values with each
            other. What each published requirement is decided by stands
            [below](#what-decides-each-published-requirement). What files, rows, identities and receipts are checked
            for (FILE, ROW, CONV, XML, ID, REL, RCPT) is in [file-rules.md](file-rules.md).

            A source may change the severity of a rule ([configuration.md](configuration.md)), unless the rule says that
            its severity is fixed. The version of a rule set is its edition, and behind the plus sign the beginning of
            the SHA-256 over its ids and severities: bundles and reports name the set that judged them, with what the
            source changed.

            | rule | severity | what it demands |
            |---|---|---|

            """
        let table = rules.map { "| [\($0.id)](#\($0.id.lowercased())) | \($0.severity.rawValue) | \($0.title) |\n" }.joined()
        return head + table + coverageTable() + limitTable() + rules.map(section).joined()
    }

    private func section(_ rule: Rule) -> String {
        let more = [
            rule.whyFixed.map { "Severity: fixed, because \($0)." },
            RuleExample.breaking(rule.id).map { "Breaks it: \($0)." }, RuleExample.sound(rule.id).map { "Satisfies it: \($0)." },
        ]
        return head(rule) + more.compactMap { $0.map { "- \($0)\n" } }.joined()
    }

    private func head(_ rule: Rule) -> String {
        """

        ## \(rule.id)

        **\(rule.title)** (\(rule.severity.rawValue)). \(rule.explanation)

        - Applies to: \(rule.appliesTo).
        - What to do: \(rule.remedy)
        - Source: \(rule.source)

        """
    }
}
