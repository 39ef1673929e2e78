/// Compares tables, indexes and triggers with what a ledger of this version has, letter by letter.
enum SchemaCheck {
    static func check(_ connection: Connection, _ problems: inout ProblemList) throws(LedgerError) {
        let version = try connection.number("PRAGMA user_version")
        if version != Schema.version { problems.add(.schema, "the ledger's version is \(version), not \(Schema.version)") }
        var expected = Dictionary(uniqueKeysWithValues: Schema.all.map { ($0.name, $0.sql) })
        let objects = try connection.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        while try objects.step() {
            let (type, name) = (objects.text(0), objects.text(1))
            // Left by ANALYZE; the ledger's own statements don't depend on it.
            if name.hasPrefix("sqlite_stat") { continue }
            guard let sql = expected.removeValue(forKey: name) else {
                problems.add(.schema, "the \(type) '\(name)' doesn't belong to a ledger")
                continue
            }
            if sql != objects.text(2) { problems.add(.schema, "the \(type) '\(name)' was changed") }
        }
        for name in expected.keys.sorted() { problems.add(.schema, "'\(name)' is missing") }
    }
}
