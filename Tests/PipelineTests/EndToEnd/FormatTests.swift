import Foundation
import Testing

/// The same vehicles in every form that an old system may export: what is good is published, what isn't goes back in its own form, and mended
/// it is published as well.
@Suite struct FormatTests {
    struct Form: Sendable, CustomTestStringConvertible {
        let name: String
        let settings: String
        let ending: String
        /// What a person calls the column of the mass.
        let column: String
        let file: @Sendable ([[String]]) -> String

        var testDescription: String { name }
    }

    private static let names = Export.header.split(separator: ",").map(String.init)
    private static let widths = [17, 24, 6, 6, 12, 12, 10, 8, 10, 3]

    private static func source(_ format: String, _ more: String = "") -> String {
        "format = \"\(format)\"\nsettle-seconds = 0\ndestinations = [\"nap\"]\n\(more)"
    }

    private static func columns(_ place: (Int) -> String) -> String {
        names.indices.map { "[[column]]\n\(place($0))\npath = \"\(names[$0])\"\n" }.joined()
    }

    private static func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: width - text.count) }

    private static func element(_ index: Int) -> String { index == 7 ? "data.f7@kg" : "data.f\(index)" }

    private static func object(_ values: [String]) -> String {
        "{\(zip(names, values).map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", "))}"
    }

    static let forms: [Form] = [
        Form(name: "csv", settings: source("csv"), ending: "csv", column: "ActualMass") { rows in
            Export.file(rows.map { $0.joined(separator: ",") })
        },
        Form(
            name: "fixed",
            settings: source(
                "fixed",
                "encoding = \"windows-1252\"\n[fixed]\nheader-lines = 1\ntrailer = \"END\"\n"
                    + columns { "from = \(1 + widths[..<$0].reduce(0, +))\nlength = \(widths[$0])" }),
            ending: "txt", column: "positions 88-95"
        ) { rows in
            "START\r\n" + rows.map { zip($0, widths).map(padded).joined() + "\r\n" }.joined() + "END\r\n"
        },
        Form(name: "jsonl", settings: source("jsonl"), ending: "jsonl", column: "ActualMass") { rows in
            rows.map { object($0) + "\n" }.joined()
        },
        Form(name: "json", settings: source("json", "[json]\nrecords = [\"export\", \"vehicles\"]\n"), ending: "json", column: "ActualMass")
        {
            "{\"by\": \"erp\", \"export\": {\"vehicles\": [\n\($0.map(object).joined(separator: ",\n"))\n]}}\n"
        },
        Form(
            name: "xml",
            settings: source(
                "xml", "ignored-columns = [\"data.f7\"]\n[xml]\nrecord = \"vehicle\"\n" + columns { "name = \"\(element($0))\"" }),
            ending: "xml",
            column: "data.f7@kg"
        ) { rows in
            let vehicles = rows.map { values in
                values.indices.map { index in
                    index == 7 ? "<f7 kg=\"\(values[7])\"/>" : "<f\(index)>\(values[index])</f\(index)>"
                }.joined()
            }
            return "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<x:export xmlns:x=\"urn:erp\">\n<!-- by erp -->\n"
                + vehicles.map { "<x:vehicle><data>\($0)</data></x:vehicle>\n" }.joined() + "</x:export>\n"
        },
    ]

    private static func values(_ number: Int, mass: String = "670") -> [String] {
        Export.row(number, mass: mass).split(separator: ",").map(String.init)
    }

    @Test(arguments: forms) func goodIsPublishedAndTheRestComesBackAsItCame(form: Form) async throws {
        try await House.run(["erp": form.settings]) { house in
            #expect(try await house.ecocctl("check").status == 0)
            try house.drop(form.file([Self.values(1), Self.values(2, mass: "6 7x"), Self.values(3)]), as: "export.dat")
            let report = try await house.report(of: "export.dat")
            #expect(report.outcome == "partly-published" && report.records.map(\.status) == ["published", "rejected", "published"])
            let finding = try #require(report.records[1].findings.first { $0.rule == "CAT-01" || $0.rule == "CONV-01" })
            #expect(finding.column == form.column && finding.value == "6 7x" && finding.element?.hasSuffix("ActualMass") == true)
            #expect(house.bundles() == [1, 3].map(Export.bundle))
            let returned = "\(house.spool)/returns/erp/export.dat.\(report.submission).rejected.\(form.ending)"
            let text = try String(contentsOfFile: returned, encoding: .utf8)
            #expect(text.contains("6 7x") && text.contains(Export.vin(2)) && !text.contains(Export.vin(1)))
            try house.drop(text.replacing("6 7x", with: "670 "), as: "mended.dat")
            let mended = try await house.report(of: "mended.dat")
            #expect(mended.outcome == "published" && mended.records.count == 1)
            #expect(house.bundles() == [1, 2, 3].map(Export.bundle))
            let provenance = try await "\(house.unpack(Export.bundle(2)))/provenance.json"
            #expect(try String(contentsOfFile: provenance, encoding: .utf8).contains("\"name\":\"\(form.column)\""))
            #expect(try await house.verifyLedger() == 0)
        }
    }

    @Test(arguments: forms.dropFirst()) func aFileThatIsStillOnItsWayWaits(form: Form) async throws {
        try await House.run(["erp": form.settings], rescanSeconds: 1) { house in
            let whole = form.file([Self.values(1), Self.values(2)])
            try house.drop(String(whole.prefix(whole.count - 12)), as: "export.dat")
            try await house.eventually("it is seen and waits") {
                try house.status().waiting.contains {
                    $0.name == "export.dat" && ["ends", "doesn't", "isn't whole"].contains(where: $0.reason.hasPrefix)
                }
            }
            #expect(house.bundles().isEmpty)
            // As a resumed transfer goes on.
            try house.write(whole, to: "\(house.inbox())/export.dat")
            #expect(try await house.report(of: "export.dat").outcome == "published")
            #expect(house.bundles() == [1, 2].map(Export.bundle))
        }
    }

    @Test func theMainframeOfTheExamples() async throws {
        let settings = try String(contentsOfFile: "\(Programs.packageRoot)/etc/examples/sources.d/mainframe.toml", encoding: .utf8)
        let export = try Data(contentsOf: URL(filePath: "\(Programs.packageRoot)/Samples/erp/vehicles-fixed.txt"))
        try await House.run(["mainframe": settings.replacing("eucaris", with: "nap")]) { house in
            try house.drop(Array(export), as: "CERT.D0901", in: "mainframe")
            let report = try await house.report(of: "CERT.D0901", in: "mainframe")
            #expect(report.outcome == "published", "\(report.records.flatMap(\.findings).map(\.message))")
            #expect(house.bundles() == [701, 702, 703].map(Export.bundle))
            let message = try await "\(house.unpack(Export.bundle(701)))/\(Export.vin(701)).xml"
            #expect(try String(contentsOfFile: message, encoding: .utf8).contains("<ActualMass>670</ActualMass>"))
        }
    }
}
