/// The ledger's tables, indexes and triggers (docs/ledger.md, "Tables").
enum Schema {
    /// `eCOC`.
    static let applicationID = 0x6543_4F43
    static let version = 1

    static let tables: [(name: String, sql: String)] = [
        (
            "entry",
            """
            CREATE TABLE entry(position INTEGER PRIMARY KEY, leaf_hash BLOB NOT NULL CHECK(length(leaf_hash) = 32), \
            record BLOB NOT NULL CHECK(length(record) <= 65535)) STRICT
            """
        ),
        (
            "tile_root",
            """
            CREATE TABLE tile_root(level INTEGER NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL CHECK(length(hash) = 32), \
            PRIMARY KEY(level, position)) STRICT, WITHOUT ROWID
            """
        ),
        ("checkpoint", "CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT"),
        (
            "anchor",
            """
            CREATE TABLE anchor(position INTEGER PRIMARY KEY, size INTEGER NOT NULL, kind TEXT NOT NULL, authority TEXT NOT NULL, \
            obtained_at TEXT NOT NULL, evidence BLOB NOT NULL CHECK(length(evidence) BETWEEN 1 AND 65535)) STRICT
            """
        ),
        ("head", "CREATE TABLE head(one INTEGER PRIMARY KEY CHECK(one = 1), note TEXT NOT NULL) STRICT"),
        (
            "open_move",
            """
            CREATE TABLE open_move(submission TEXT PRIMARY KEY, "from" TEXT NOT NULL, "to" TEXT NOT NULL, digest TEXT NOT NULL, \
            position INTEGER NOT NULL) STRICT, WITHOUT ROWID
            """
        ),
        (
            "receipt",
            """
            CREATE TABLE receipt(submission TEXT PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, \
            sha256 TEXT NOT NULL, device TEXT NOT NULL, inode TEXT NOT NULL, position INTEGER NOT NULL) STRICT, WITHOUT ROWID
            """
        ),
        (
            "submission",
            """
            CREATE TABLE submission(id TEXT PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, \
            sha256 TEXT NOT NULL, stage TEXT NOT NULL, validated INTEGER NOT NULL, rejected INTEGER NOT NULL, sealed INTEGER NOT NULL, \
            published INTEGER NOT NULL, refused INTEGER NOT NULL, reported INTEGER NOT NULL, first INTEGER NOT NULL, \
            last INTEGER NOT NULL) STRICT, WITHOUT ROWID
            """
        ),
        // With row ids: the rows of one submission lie side by side, so that a commit that advances many of them writes few pages.
        (
            "certificate",
            """
            CREATE TABLE certificate(vin TEXT NOT NULL, stage INTEGER NOT NULL, version INTEGER NOT NULL, submission TEXT NOT NULL, \
            "row" INTEGER NOT NULL, state TEXT NOT NULL, content_sha256 TEXT NOT NULL, reference_id TEXT, reference_sha256 TEXT, \
            xml_sha256 TEXT, bundle TEXT, bundle_sha256 TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL, \
            PRIMARY KEY(vin, stage, version)) STRICT
            """
        ),
        (
            "rejection",
            """
            CREATE TABLE rejection(position INTEGER PRIMARY KEY, vin TEXT NOT NULL, submission TEXT NOT NULL) STRICT
            """
        ),
        (
            "delivery",
            """
            CREATE TABLE delivery(vin TEXT NOT NULL, stage INTEGER NOT NULL, version INTEGER NOT NULL, destination TEXT NOT NULL, \
            bundle TEXT NOT NULL, published INTEGER NOT NULL, collected INTEGER, \
            PRIMARY KEY(vin, stage, version, destination)) STRICT, WITHOUT ROWID
            """
        ),
        (
            "acknowledgement",
            """
            CREATE TABLE acknowledgement(vin TEXT NOT NULL, stage INTEGER NOT NULL, version INTEGER NOT NULL, destination TEXT NOT NULL, \
            sha256 TEXT NOT NULL, outcome TEXT NOT NULL, position INTEGER NOT NULL, \
            PRIMARY KEY(vin, stage, version, destination, sha256, outcome)) STRICT, WITHOUT ROWID
            """
        ),
        (
            "landmark",
            """
            CREATE TABLE landmark(kind TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY(kind, position)) STRICT, WITHOUT ROWID
            """
        ),
    ]

    static let indexes: [(name: String, sql: String)] = [
        ("submission_content", "CREATE INDEX submission_content ON submission(source, sha256, first)"),
        ("submission_stage", "CREATE INDEX submission_stage ON submission(stage, first)"),
        ("certificate_submission", "CREATE INDEX certificate_submission ON certificate(submission, \"row\", vin, stage, version)"),
        (
            "certificate_reference",
            "CREATE INDEX certificate_reference ON certificate(reference_id COLLATE NOCASE, vin, stage, version)"
        ),
        ("rejection_vin", "CREATE INDEX rejection_vin ON rejection(vin)"),
        // By position: what is published comes at its end, while the names of vehicles lie everywhere.
        ("delivery_waiting", "CREATE INDEX delivery_waiting ON delivery(destination, published) WHERE collected IS NULL"),
    ]

    /// A seat belt for honest code: the hashes are the evidence. Without the order triggers `INSERT OR REPLACE`, gaps and negative
    /// positions would get through.
    static let triggers: [(name: String, sql: String)] =
        ["entry", "tile_root", "checkpoint", "anchor"].flatMap { table in
            [("UPDATE", "changed"), ("DELETE", "deleted")].map { verb, participle in
                let name = "\(table)_no_\(verb.lowercased())"
                return (
                    name,
                    "CREATE TRIGGER \(name) BEFORE \(verb) ON \(table) BEGIN SELECT RAISE(ABORT, '\(table) rows are never \(participle)'); END"
                )
            }
        } + [
            (
                "entry_order",
                """
                CREATE TRIGGER entry_order BEFORE INSERT ON entry WHEN NEW.position IS NOT \
                (SELECT coalesce(max(position), -1) + 1 FROM entry) BEGIN SELECT RAISE(ABORT, 'entries are dense from 0'); END
                """
            ),
            (
                "tile_root_order",
                """
                CREATE TRIGGER tile_root_order BEFORE INSERT ON tile_root WHEN NEW.level < 0 OR NEW.position IS NOT \
                (SELECT coalesce(max(position), -1) + 1 FROM tile_root WHERE level = NEW.level) \
                BEGIN SELECT RAISE(ABORT, 'tile roots are dense from 0'); END
                """
            ),
            (
                "checkpoint_once",
                """
                CREATE TRIGGER checkpoint_once BEFORE INSERT ON checkpoint WHEN NEW.size < 0 OR EXISTS \
                (SELECT 1 FROM checkpoint WHERE size = NEW.size) BEGIN SELECT RAISE(ABORT, 'checkpoints are never replaced'); END
                """
            ),
            (
                "anchor_order",
                """
                CREATE TRIGGER anchor_order BEFORE INSERT ON anchor WHEN NEW.position <= \
                (SELECT coalesce(max(position), -1) FROM anchor) BEGIN SELECT RAISE(ABORT, 'anchors only grow'); END
                """
            ),
        ]

    static var all: [(name: String, sql: String)] { tables + indexes + triggers }
}
