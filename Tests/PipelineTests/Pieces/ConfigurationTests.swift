import Configuration
import Foundation
import Ingest
import Testing

/// A faulty configuration is refused with its file, its line and what to do.
@Suite struct ConfigurationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let file: String
        let text: String
        let line: Int?
        let words: String

        init(_ file: String, _ text: String, line: Int?, _ words: String) {
            (self.file, self.text, self.line, self.words) = (file, text, line, words)
        }

        var testDescription: String { words }
    }

    private static let source = "format = \"csv\"\ndestinations = [\"nap\"]\n"
    private static func main(_ changed: String = "", _ head: String = "spool = \"/a\"\nstate = \"/b\"\norganisation = \"x.example\"\n")
        -> String
    {
        "\(head)\(changed)\n[seal]\nkey = \"/k\"\ncertificate = \"/c\"\ntrusted = \"/t\"\n"
    }

    private static func rule(_ id: String, _ severity: String, reason: String = "why", by: String = "who") -> String {
        "[[rule]]\nid = \"\(id)\"\nseverity = \"\(severity)\"\nreason = \"\(reason)\"\nby = \"\(by)\"\n"
    }

    private static let cases: [Case] = [
        .init("ecocd.toml", main("colour = 1"), line: 4, "'colour' is no setting"),
        .init("ecocd.toml", main("rescan-seconds = 0"), line: 4, "rescan-seconds"),
        .init("ecocd.toml", main("rescan-seconds = \"often\""), line: 4, "'rescan-seconds' is text, must be a whole number"),
        .init("ecocd.toml", main("= 3"), line: 4, "isn't valid TOML"),
        .init("ecocd.toml", main() + "[.limits]\n", line: 9, "the name of a table"),
        .init("sources.d/erp.toml", source + "policy = 2026-11-23Tnoon\n", line: 3, "a time is written as 07:32:00"),
        .init("ecocd.toml", main("", "spool = \"a\"\nstate = \"/b\"\norganisation = \"x\"\n"), line: 1, "absolute"),
        .init("ecocd.toml", main("", "spool = \"/a\"\nstate = \"/b\"\norganisation = \"two words\"\n"), line: 3, "domain name"),
        .init("ecocd.toml", main("", "spool = \"/a\"\n"), line: nil, "'state' is missing"),
        .init("ecocd.toml", "spool = \"/a\"\nstate = \"/b\"\n", line: nil, "'seal' is missing"),
        .init("ecocd.toml", main() + "[control]\nsocket = \"/\(String(repeating: "s", count: 107))\"\n", line: 10, "107 bytes"),
        .init("ecocd.toml", main() + "[limits]\nworkers = 1000\n", line: 10, "workers"),
        .init("ecocd.toml", main() + "[limits]\nwrokers = 1\n", line: 10, "'wrokers'"),
        .init("ecocd.toml", main() + "[control]\nsocket = \"here\"\n", line: 10, "absolute"),
        .init("ecocd.toml", main() + "[ledger]\nremembered-head = \"here\"\n", line: 10, "absolute"),
        .init("ecocd.toml", main() + "[anchor]\ntimestamp-url = \"https://x.example\"\n", line: 9, "timestamp-trusted"),
        .init("ecocd.toml", main() + "[anchor]\ntimestamp-url = \"file:///x\"\ntimestamp-trusted = \"/x\"\n", line: 10, "of the Web"),
        .init("ecocd.toml", main() + "[anchor]\ntimestamp-policy = \"any\"\n", line: 10, "object identifier"),
        .init("ecocd.toml", main() + "[anchor]\nskew-seconds = 0\n", line: 10, "skew-seconds"),
        .init("ecocd.toml", main() + "[anchor]\nmaximum-age-hours = 0\n", line: 10, "maximum-age-hours"),
        .init("ecocd.toml", main() + "[[witness]]\nkey = \"k\"\n", line: 9, "'url' is missing in [[witness]]"),
        .init(
            "ecocd.toml", main() + "[[witness]]\nurl = \"https://x\"\nkey = \"k\"\n[[witness]]\nkey = \"k\"\n", line: 12,
            "'url' is missing in the second [[witness]]"),
        .init("ecocd.toml", main() + "[[witness]]\nurl = \"gopher://x\"\nkey = \"k\"\n", line: 10, "of the Web"),
        .init("sources.d/erp.toml", "format = \"xls\"\ndestinations = [\"nap\"]\n", line: 1, "\"xls\"' is unknown"),
        .init("sources.d/erp.toml", "destinations = [\"nap\"]\n", line: nil, "'format' is missing"),
        .init("sources.d/erp.toml", "format = \"csv\"\n", line: nil, "'destinations' is missing"),
        .init("sources.d/erp.toml", "format = \"csv\"\ndestinations = []\n", line: 2, "'destinations' is empty"),
        .init("sources.d/erp.toml", "format = \"csv\"\ndestinations = [\"moon\"]\n", line: 2, "'moon'"),
        .init("sources.d/erp.toml", source + "polcy = \"all\"\n", line: 3, "'polcy'"),
        .init("sources.d/erp.toml", source + "policy = \"some\"\n", line: 3, "\"valid\", \"all\""),
        .init(
            "sources.d/erp.toml", "format = \"fixed\"\ndestinations = [\"nap\"]\n[fixed]\nrecord-lenght = 3\n", line: 4, "'record-lenght'"),
        .init(
            "sources.d/erp.toml", "format = \"fixed\"\ndestinations = [\"nap\"]\n[[column]]\nfrom = 1\npath = \"Type\"\n", line: 3,
            "'from' and 'length'"),
        .init(
            "sources.d/erp.toml",
            "format = \"fixed\"\ndestinations = [\"nap\"]\n[[column]]\nfrom = 9223372036854775807\nlength = 2\npath = \"Type\"\n", line: 4,
            "'from' in [[column]] must lie between 1 and 1000000"),
        .init(
            "sources.d/erp.toml", "format = \"fixed\"\ndestinations = [\"nap\"]\n[[column]]\nname = \"x\"\npath = \"Type\"\n", line: 3,
            "by their positions only"),
        .init(
            "sources.d/erp.toml", "format = \"json\"\ndestinations = [\"nap\"]\n[json]\nrecords = \"a\"\n", line: 4,
            "'records' in [json] is text, must be a list of texts"),
        .init(
            "sources.d/erp.toml", "format = \"jsonl\"\ndestinations = [\"nap\"]\n[[column]]\nnumber = 1\npath = \"Type\"\n", line: 3,
            "by name only"),
        .init("sources.d/erp.toml", "format = \"xml\"\ndestinations = [\"nap\"]\n", line: 1, "needs 'record' in [xml]"),
        .init(
            "sources.d/erp.toml", "format = \"xml\"\ndestinations = [\"nap\"]\n[xml]\nrecords = \"v\"\n", line: 4, "'records'"),
        .init("sources.d/erp.toml", "format = \"xml\"\ndestinations = [\"nap\"]\n[xml]\nrecord = \"a:v\"\n", line: 4, "without prefix"),
        .init("sources.d/erp.toml", source + "encoding = \"ebcdic\"\n", line: 3, "\"utf-8\""),
        .init("sources.d/erp.toml", source + "settle-seconds = -1\n", line: 3, "settle-seconds"),
        .init("sources.d/erp.toml", source + "last-line-end = \"missing\"\n", line: 3, "\"required\", \"optional\""),
        .init("sources.d/erp.toml", source + "last-line-end = \"optional\"\n", line: 3, "looks whole after 'settle-seconds' of 2"),
        .init(
            "sources.d/erp.toml", source + "last-line-end = \"optional\"\nsettle-seconds = 59\n", line: 3,
            "looks whole after 'settle-seconds' of 59"),
        .init("sources.d/erp.toml", source + "last-line-end = \"optional\"\nnetwork = true\n", line: 3, "'settle-seconds' of 30"),
        .init(
            "sources.d/erp.toml", "format = \"json\"\ndestinations = [\"nap\"]\nlast-line-end = \"required\"\n", line: 3,
            "has no use for json"),
        .init("sources.d/erp.toml", source + "max-wait-seconds = 0\n", line: 3, "max-wait-seconds"),
        .init("sources.d/erp.toml", source + "maximum-file-bytes = 0\n", line: 3, "maximum-file-bytes"),
        .init("sources.d/erp.toml", source + "inbox = \"here\"\n", line: 3, "absolute"),
        .init("sources.d/erp.toml", source + "release = \"two-persons\"\n", line: 3, "is unknown"),
        .init("sources.d/erp.toml", source + "[csv]\ndelimiter = \"||\"\n", line: 4, "one character"),
        .init("sources.d/erp.toml", source + "[[column]]\npath = \"Colour\"\n", line: 3, "'name', or 'number'"),
        .init("sources.d/erp.toml", source + "[[column]]\nname = \"C\"\npath = \"Color\"\n", line: 3, "Color"),
        .init("sources.d/erp.toml", source + "manufacturers = []\n", line: 3, "one at least"),
        .init("sources.d/erp.toml", source + "overrides = []\n", line: 3, "'overrides' is empty"),
        .init(
            "sources.d/erp.toml", source + "overrides = [\"MassInRunningOrder\", \"MaximumSped\"]\n", line: 3,
            "Perhaps \"MaximumSpeed\" is meant"),
        .init("sources.d/erp.toml", source + "overrides = [\"AxleTable[1].AxleTrack\"]\n", line: 3, "Write \"AxleTrack\"."),
        .init("sources.d/erp.toml", source + "overrides = [\"CocDataGroup\"]\n", line: 3, "everything that a certificate holds"),
        .init("sources.d/erp.toml", source + "overrides = \"Colour\"\n", line: 3, "'overrides' is text, must be a list of texts"),
        .init("sources.d/erp.toml", source + "owners = []\n", line: 3, "'owners' must have one name at least"),
        .init("sources.d/erp.toml", source + "owner-groups = [\"\"]\n", line: 3, "'owner-groups' must have one name at least"),
        .init("sources.d/erp.toml", source + "owners = \"root\"\n", line: 3, "'owners' is text, must be a list of texts"),
        .init("sources.d/erp.toml", source + "owners = [\"root\", \"no-such-user\"]\n", line: 3, "there is no user 'no-such-user'"),
        .init("sources.d/erp.toml", source + "owner-groups = [\"no-such-group\"]\n", line: 3, "there is no group 'no-such-group'"),
        .init("sources.d/erp.toml", source + "owners = [\"4294967296\"]\n", line: 3, "there is no user '4294967296'"),
        .init("sources.d/erp.toml", source + rule("AXL-99", "waived"), line: 4, "no rule 'AXL-99'"),
        .init("sources.d/erp.toml", source + rule("XML-01", "waived"), line: 4, "no rule 'XML-01' about vehicles"),
        .init("sources.d/erp.toml", source + rule("AXL-01", "waived") + rule("CAT-02", "warning"), line: 9, "official schema"),
        .init("sources.d/erp.toml", source + rule("VIN-01", "information"), line: 4, "names the certificate"),
        .init("sources.d/erp.toml", source + rule("AXL-01", "error"), line: 5, "anyway"),
        .init("sources.d/erp.toml", source + rule("AXL-01", "fatal"), line: 5, "\"error\", \"warning\", \"information\", \"waived\""),
        .init("sources.d/erp.toml", source + rule("AXL-01", "waived", by: " "), line: 7, "'by' of rule 'AXL-01'"),
        .init("sources.d/erp.toml", source + rule("AXL-01", "waived", reason: "a\\nb"), line: 6, "'reason' of rule 'AXL-01'"),
        .init(
            "sources.d/erp.toml", source + "[[rule]]\nid = \"AXL-01\"\nseverity = \"waived\"\nby = \"x\"\n", line: 3,
            "'reason' is missing in [[rule]]"),
        .init("sources.d/erp.toml", source + rule("AXL-01", "waived") + rule("AXL-01", "warning"), line: 9, "two [[rule]]"),
        .init("sources.d/erp.toml", "format = \n", line: 1, "isn't valid TOML"),
        .init("sources.d/erp.toml", source + "polcy = \"all\"\n", line: 3, "Did you mean 'policy'?"),
        .init("sources.d/erp.toml", source + "newline = 1\n", line: 3, "'newline' is no setting known here"),
        .init("sources.d/erp.toml", source + "[constants]\nVehicleStage = 1\n", line: 4, "'VehicleStage' in [constants] is a whole number"),
        .init("sources.d/erp.toml", source + "[constants]\nx = \"1\"\n", line: 4, "constant 'x'"),
        .init("sources.d/erp.toml", source + "[constants]\nA.B = \"y\"\n", line: 4, "\"A.B\" = ..."),
        .init("sources.d/erp.toml", source + column("A", "Type") + column("B", "Color"), line: 6, "the nearest is Colour"),
        .init("sources.d/erp.toml", source + column("A", "Type") + column("A", "Variant"), line: 6, "mapped twice"),
        .init(
            "sources.d/erp.toml", source + column("A", "Type") + column("B", "Variant", "trim = \"no\"\n"), line: 9,
            "'trim' in the second [[column]] is text, must be true or false"),
        .init(
            "sources.d/erp.toml",
            source + "[[column]]\nname = \"A\"\npath = \"Type\"\n[column.codes]\n\"\u{E9}\" = \"x\"\n\"e\u{301}\" = \"y\"\n",
            line: 8, "is there twice"),
        .init("sources.d/erp.toml", source + "column = [1]\n", line: 3, "the first element of 'column' is a whole number"),
        .init("sources.d/erp.toml", source + "[csv]\ndelimiter = \",\"\nquote = \",\"\n", line: 5, "the same character"),
        .init(
            "sources.d/erp.toml", source + "owners = [\"root\", 1]\n", line: 3,
            "the second text of 'owners' is a whole number, must be text"),
        .init("sources.d/erp.toml", source + "manufacturers = [\"A\\u0000B\"]\n", line: 3, "has a NUL character"),
        .init("sources.d/erp.toml", source + "[constants]\n\"a\\u0000\" = \"x\"\n", line: 4, "has a NUL character"),
        .init("sources.d/erp.toml", source + "\0\nrelease = \"four-eyes\"\n", line: 3, "a NUL byte"),
        .init("destinations.d/nap.toml", "# \0\npage-language = \"de\"\n", line: 1, "a NUL byte"),
        .init("ecocd.toml", main("# \0"), line: 4, "a NUL byte"),
        .init("sources.d/Erp.toml", source, line: nil, "lower-case"),
        .init("destinations.d/nap.toml", "profile = \"x\"\n", line: 1, "isn't offered"),
        .init("destinations.d/nap.toml", "outbox = \"here\"\n", line: 1, "absolute"),
        .init("destinations.d/nap.toml", "outbx = \"/here\"\n", line: 1, "'outbx'"),
    ]

    private static func column(_ name: String, _ path: String, _ more: String = "") -> String {
        "[[column]]\nname = \"\(name)\"\npath = \"\(path)\"\n\(more)"
    }

    private func withFolder(_ body: (Folder) throws -> Void) throws {
        try Folder.with { folder in
            for name in ["sources.d", "destinations.d"] {
                try FileManager.default.createDirectory(atPath: folder[name], withIntermediateDirectories: false)
            }
            try folder.write("ecocd.toml", Self.main())
            try folder.write("sources.d/erp.toml", Self.source)
            try folder.write("destinations.d/nap.toml", "")
            try body(folder)
        }
    }

    private func faults(_ folder: Folder) -> [ConfigurationError] {
        do throws(ConfigurationRefusal) {
            _ = try Configuration.load(folder["ecocd.toml"])
            return []
        } catch { return error.faults }
    }

    @Test(arguments: cases) func faultIsLocated(_ fault: Case) throws {
        try withFolder { folder in
            #expect(faults(folder) == [])
            for lineEnd in ["\n", "\r\n"] {
                try folder.write(fault.file, fault.text.replacing("\n", with: lineEnd))
                let found = faults(folder)
                #expect(found.contains { $0.line == fault.line && "\($0)".contains(fault.words) }, "\(found)")
                #expect(found.allSatisfy { $0.file == folder[fault.file] }, "\(found)")
                for one in found {
                    #expect(one.remedy.hasSuffix(".") || one.remedy.hasSuffix("?"), "\(one)")
                    for trace in ["Error(", "Optional(", "CodingKey", "Swift.", "TOML"]
                    where trace != "TOML" || !"\(one)".contains("valid TOML") {
                        #expect(!"\(one)".contains(trace), "\(one)")
                    }
                }
            }
        }
    }

    /// Each file's own faults from its top, in the order in which the files are read.
    @Test func oneRunTellsEverything() throws {
        try withFolder { folder in
            try folder.write("ecocd.toml", Self.main("colour = 1\nrescan-seconds = 0") + "[limits]\nworkers = \"many\"\n")
            try folder.write("destinations.d/nap.toml", "outbox = 1\nprofile = \"x\"\n")
            try folder.write("sources.d/erp.toml", "format = \n[csv\n")
            try folder.write("sources.d/b.toml", Self.source + "release = 2\nsettle-seconds = \"x\"\n" + Self.column("A", "Colour"))
            let found = faults(folder)
            let name = { (fault: ConfigurationError) in fault.file.dropFirst(folder["/"].count - 1) }
            #expect(
                found.map { "\(name($0)):\($0.line ?? 0):\($0.column ?? 0)" } == [
                    "ecocd.toml:4:1", "ecocd.toml:5:18", "ecocd.toml:11:11", "sources.d/b.toml:3:11", "sources.d/b.toml:4:18",
                    "sources.d/erp.toml:1:10", "sources.d/erp.toml:2:5", "destinations.d/nap.toml:1:10", "destinations.d/nap.toml:2:11",
                ])
        }
    }

    /// Who asks the daemon needs the socket, and nothing else of the settings.
    @Test func socketIsFoundWhateverElseIsWrong() throws {
        try withFolder { folder in
            try folder.write("sources.d/erp.toml", "nonsense")
            try folder.write("ecocd.toml", Self.main("colour = 1") + "[control]\nsocket = \"/run/x.sock\"\nadmin-grup = 1\n")
            let found = Configuration.Places.socket(folder["ecocd.toml"])
            #expect(found.path == "/run/x.sock" && found.warning == nil)
            #expect(try Configuration.Places.load(folder["ecocd.toml"]).ledger == "/b/ledger.db")
            try folder.write("ecocd.toml", Self.main("[") + "[control]\nsocket = \"/run/x.sock\"\n")
            let usual = Configuration.Places.socket(folder["ecocd.toml"])
            #expect(usual.path == "/run/ecocd/control.sock")
            #expect(usual.warning?.contains("ecocd.toml:4:2: isn't valid TOML") == true, "\(usual.warning ?? "")")
            #expect(Configuration.Places.socket("/nowhere/ecocd.toml").warning?.contains("can't be read") == true)
        }
    }

    @Test func missingFileIsNamed() {
        let error = #expect(throws: ConfigurationRefusal.self) { try Configuration.load("/nowhere/ecocd.toml") }
        #expect(error?.faults.map(\.file) == ["/nowhere/ecocd.toml", "/nowhere/sources.d", "/nowhere/destinations.d"])
    }

    /// A source whose files have no last line end needs another sign that they are whole.
    @Test(arguments: ["settle-seconds = 60\n", "marker = \"done\"\n", "marker = \"sha256\"\nsettle-seconds = 0\n"])
    func aMissingLineEndNeedsAnotherSign(_ sign: String) throws {
        try withFolder { folder in
            try folder.write("sources.d/erp.toml", Self.source + "last-line-end = \"optional\"\n" + sign)
            #expect(try Configuration.load(folder["ecocd.toml"]).sources.first?.profile.lastLineEnd == .optional)
        }
    }

    @Test func aTrailerIsSuchASign() throws {
        try withFolder { folder in
            let column = "[[column]]\nfrom = 1\nlength = 2\npath = \"Type\"\n"
            let fixed = "format = \"fixed\"\ndestinations = [\"nap\"]\nlast-line-end = \"optional\"\n"
            try folder.write("sources.d/erp.toml", fixed + "[fixed]\ntrailer = \"9\"\n" + column)
            _ = try Configuration.load(folder["ecocd.toml"])
            try folder.write("sources.d/erp.toml", fixed + column)
            #expect(throws: ConfigurationRefusal.self) { try Configuration.load(folder["ecocd.toml"]) }
        }
    }

    /// Where it counts whose a file is, nobody else may be able to write to it.
    @Test(arguments: [
        ("", false), ("release = \"hold\"\n", false), ("release = \"four-eyes\"\n", true), ("owners = [\"root\"]\n", true),
        ("owner-groups = [\"root\"]\n", true),
    ])
    func sharedWritingIsRefusedWhereItCounts(_ settings: String, _ refuses: Bool) throws {
        try withFolder { folder in
            try folder.write("sources.d/erp.toml", Self.source + settings)
            #expect(try Configuration.load(folder["ecocd.toml"]).sources.first?.intake.refusesSharedWriting == refuses)
        }
    }

    @Test func twoSourcesMayNotShareAnInbox() throws {
        try withFolder { folder in
            try folder.write("sources.d/zwo.toml", Self.source + "inbox = \"/a/inbox/erp\"\n")
            let found = faults(folder)
            #expect(found.map(\.line) == [3] && found.first?.file == folder["sources.d/zwo.toml"])
        }
    }

    /// Names become numbers when the configuration is loaded, and not when a submission's copy of the settings is read.
    @Test func ownersAreLookedUp() throws {
        try withFolder { folder in
            #expect(try Configuration.load(folder["ecocd.toml"]).sources.first?.intake.owners == nil)
            let settings = Self.source + "owners = [\"root\", \"4711\"]\nowner-groups = [\"root\", \"4712\"]\n"
            try folder.write("sources.d/erp.toml", settings)
            let source = try #require(try Configuration.load(folder["ecocd.toml"]).sources.first)
            #expect(source.intake.owners == FileOwners(users: [0, 4711], groups: [0, 4712]))
            let gone = settings.replacing("\"root\"", with: "\"no-such-name\"")
            let kept = try Source.read(path: "erp.toml", bytes: Array(gone.utf8), spool: "", maximumFileBytes: .max)
            #expect(kept.owners == ["no-such-name", "4711"] && kept.ownerGroups == ["no-such-name", "4712"] && kept.intake.owners == nil)
        }
    }

    @Test func shippedConfigurationLoads() throws {
        let configuration = try Configuration.load("\(Programs.packageRoot)/etc/ecocd.toml")
        #expect(configuration.sources.map(\.name) == ["erp"] && configuration.destinations.map(\.name) == ["eucaris"])
    }

    @Test func shippedExamplesLoad() throws {
        try withFolder { folder in
            try FileManager.default.removeItem(atPath: folder["sources.d/erp.toml"])
            let examples = "\(Programs.packageRoot)/etc/examples/sources.d"
            for name in try FileManager.default.contentsOfDirectory(atPath: examples) {
                try FileManager.default.copyItem(atPath: "\(examples)/\(name)", toPath: folder["sources.d/\(name)"])
            }
            try folder.write("destinations.d/eucaris.toml", "")
            #expect(try Configuration.load(folder["ecocd.toml"]).sources.map(\.name) == ["legacy", "mainframe", "ready"])
        }
    }
}
