extension FileRule {
    /// The page docs/file-rules.md: every rule with its consequence and remedy.
    public static func markdown() -> String {
        let head = """
            # The rules about files

            What a file, a message and a vehicle's identity are checked for, before and beside [the rules about vehicles](rules.md), and
            what an authority's receipt is checked for (RCPT, [receipts.md](receipts.md)).
            `ecocctl rules explain ID` shows the same. A finding's own remedy is more exact than the one here.

            This page is made from the program (`FileRule.markdown()`). A test checks that it is up to date;
            `ECOCD_WRITE_RULES=1 swift test --filter FileRuleTests` writes it anew.

            | rule | severity | what it demands | what becomes of it | what to do |
            |---|---|---|---|---|

            """
        let rows = all.map { "| \($0.id) | \($0.severity.rawValue) | \($0.title) | \($0.explanation) | \($0.remedy) |\n" }
        return head + rows.joined()
    }
}
