import Foundation
import Glibc

/// Something that shouldn't be dropped, how it gets into the inbox, and what must become of it.
struct HostileFile: Sendable, CustomStringConvertible {
    /// Its name in the inbox.
    let name: String
    let source: String
    let fate: Fate
    let put: @Sendable (House, _ path: String) throws -> Void

    enum Fate: Sendable {
        /// Rejected as a whole, or its record is, by this rule.
        case rejected(String)
        /// Waits; status says so, with these words.
        case waits(String)
    }

    var description: String { name }

    init(_ name: String, in source: String = "erp", _ fate: Fate, _ put: @escaping @Sendable (House, String) throws -> Void) {
        self.name = name
        self.source = source
        self.fate = fate
        self.put = put
    }

    init(_ name: String, in source: String = "erp", _ fate: Fate, bytes: [UInt8]) {
        self.init(name, in: source, fate) { _, path in try Data(bytes).write(to: URL(filePath: path)) }
    }

    init(_ name: String, in source: String = "erp", _ fate: Fate, text: String) {
        self.init(name, in: source, fate, bytes: Array(text.utf8))
    }

    static let sources = [
        "erp": House.csv, "small": House.csv + "maximum-file-bytes = 100000\n",
        "ready": House.ready.replacing("discard", with: "reject"),
        "json": House.csv.replacing("csv", with: "json"), "jsonl": House.csv.replacing("csv", with: "jsonl"),
        "xml": House.csv.replacing("csv", with: "xml") + "[xml]\nrecord = \"vehicle\"\n",
        "fixed": House.csv.replacing("csv", with: "fixed")
            + "[fixed]\ntrailer = \"T\"\n[[column]]\nfrom = 1\nlength = 17\npath = \"VehicleIdentificationNumber\"\n",
    ]

    static let structured: [HostileFile] = [
        .init("deep.json", in: "json", .rejected("FILE-36"), text: String(repeating: "[", count: 500) + String(repeating: "]", count: 500)),
        .init("page.json", in: "json", .rejected("FILE-36"), text: "<html>The session has ended</html>\n"),
        .init("cut.json", in: "json", .waits("before its last bracket"), text: #"[{"Type": "AT5"}, {"Type": "A"#),
        .init("other-names.json", in: "json", .rejected("FILE-25"), text: #"[{"chassis": 1}]"#),
        .init("no-objects.jsonl", in: "jsonl", .rejected("ROW-08"), text: "WZAAT5K1ZTB000904;red\n[1]\n"),
        .init("half-a-character.jsonl", in: "jsonl", .rejected("ROW-03"), text: #"{"Type": "\ud800"}"# + "\n"),
        .init(
            "bomb.xml", in: "xml", .rejected("FILE-36"),
            text:
                "<!DOCTYPE e [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><e><vehicle><Type>&b;</Type></vehicle></e>"
        ),
        .init(
            "thief.xml", in: "xml", .rejected("FILE-36"),
            text: "<!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><e><vehicle><Type>&x;</Type></vehicle></e>"),
        .init(
            "deep.xml", in: "xml", .rejected("FILE-29"),
            text: "<e><vehicle>\(String(repeating: "<a>", count: 100))\(String(repeating: "</a>", count: 100))</vehicle></e>"),
        .init("cut.xml", in: "xml", .waits("closing tag"), text: "<e><vehicle><Type>AT5</Type></vehicle>"),
        .init("cut.txt", in: "fixed", .waits("doesn't end with the record"), text: "WZAAT5K1ZTB000904\n"),
        .init("nothing.txt", in: "fixed", .rejected("FILE-24"), text: "T000000\n"),
    ]

    static let tables: [HostileFile] = [
        .init("latin-1.csv", .rejected("FILE-21"), bytes: Array(Export.file([901]).utf8) + [0x4D, 0xFC, 0x6C, 0x6C, 0x0A]),
        .init("truncated.csv", .waits("ends in a row with 7 of 10 fields"), text: String(Export.file([902]).dropLast(20))),
        .init("open-quote.csv", .waits("inside a quoted field"), text: Export.file([903]) + "\"WZAA"),
        .init("binary.csv", .rejected("FILE-22"), bytes: [0x4D, 0x5A, 0, 0, 3, 0, 0xFF, 0xFE, 0x0A]),
        .init("other-header.csv", .rejected("FILE-25"), text: "Chassis;Colour\nWZAAT5K1ZTB000904;red\n"),
        .init("empty.csv", .waits("still empty"), text: ""),
        .init("no-rows.csv", .rejected("FILE-24"), text: "\(Export.header)\n"),
        .init("twice-the-column.csv", .rejected("FILE-26"), text: "Colour,Colour\n1,2\n"),
        .init("twice-the-vehicle.csv", .rejected("ID-01"), text: Export.file([905, 905])),
        .init(
            "formula.csv", .rejected("CAT-01"),
            text: Export.file([Export.row(906, mass: "=cmd|' /C calc'!A0")])),
    ]

    static let entries: [HostileFile] = [
        .init("huge.csv", in: "small", .rejected("FILE-08")) { _, path in
            let descriptor = open(path, O_CREAT | O_WRONLY, 0o644)
            defer { close(descriptor) }
            guard ftruncate(descriptor, 1 << 30) == 0 else { throw Disappointment(what: "no sparse file") }
        },
        .init("link.csv", .rejected("FILE-04")) { _, path in
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/etc/passwd")
        },
        .init("hard-link.csv", .rejected("FILE-07")) { house, path in
            try house.write(Export.file([911]), to: "\(house.root)/other-name")
            try FileManager.default.linkItem(atPath: "\(house.root)/other-name", toPath: path)
        },
        .init("pipe.csv", .rejected("FILE-06")) { _, path in
            guard mkfifo(path, 0o644) == 0 else { throw Disappointment(what: "no pipe") }
        },
        .init("folder.csv", .rejected("FILE-05")) { _, path in
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        },
    ]

    static let messages: [HostileFile] = [
        .init(
            "doctype.xml", in: "ready", .rejected("XML-02"),
            text: message("<!DOCTYPE InitialVehicleInformation SYSTEM \"file:///etc/passwd\">", "")),
        .init("laughs.xml", in: "ready", .rejected("XML-02"), text: message(laughs, "&lol9;")),
        .init("cut.xml", in: "ready", .waits("closing tag"), text: String(message("", "<IviReferenceId>").dropLast(30))),
        .init("not-well-formed.xml", in: "ready", .rejected("XML-01"), text: message("", "<Header></Body>")),
        .init("other-language.xml", in: "ready", .rejected("XML-05"), text: "<?xml version=\"1.0\"?>\n<html></html>\n"),
        .init(
            "old-version.xml", in: "ready", .rejected("XML-07"),
            text: message("", "").replacing("initialvehicleinformation.v2", with: "initialvehicleinformation")),
    ]

    private static func message(_ prologue: String, _ content: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        \(prologue)
        <InitialVehicleInformation xmlns="http://eu.ereg.initialvehicleinformation.v2">\(content)</InitialVehicleInformation>

        """
    }

    private static let laughs: String = {
        let entities = (1...9).map { number in
            "<!ENTITY lol\(number) \"\(String(repeating: "&lol\(number - 1);", count: 10))\">"
        }
        return "<!DOCTYPE lolz [<!ENTITY lol0 \"lol\">\(entities.joined())]>"
    }()
}
