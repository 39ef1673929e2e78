import Foundation
import Hashing
import Testing

/// What a person reads of a certificate, and where its values came from: through the whole house.
@Suite struct ReadingCopyTests {
    private struct Shown: Decodable {
        struct Value: Decodable {
            var element, value, origin: String
            var item, unit, name: String?
            var column, line: Int?
        }
        var bundle: String
        var values: [Value]

        subscript(_ element: String) -> Value? { values.first { $0.element.hasSuffix(element) } }
    }

    private func shown(_ vin: String, _ house: House) async throws -> Shown {
        let answer = try await house.ecocctl("show", vin, "--values", "--json")
        try #require(answer.status == 0, "\(answer.everything)")
        return try JSONDecoder().decode(Shown.self, from: Data(answer.text.utf8))
    }

    private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    @Test(.enabled(if: Programs.haveStockTools, "xmllint, xmlsec1, openssl and unzip aren't all installed"))
    func bundlesCarryPagesInTheLanguagesOfTheirDestinations() async throws {
        let source =
            House.csv.replacing("[\"nap\"]", with: "[\"nap\", \"paris\", \"lyon\"]")
            + "[constants]\nRemark = \"<Rostock> & \\\"more\\\"\"\n"
            + "RemarkSubjectDescription = \"COMTS\"\nRemarkSubjectLanguage = \"de\"\n"
        try await House.empty(["erp": source]) { house in
            try house.write("page-language = \"de\"\n", to: "\(house.root)/etc/destinations.d/nap.toml")
            for name in ["paris", "lyon"] {
                try house.write("page-language = \"fr\"\n", to: "\(house.root)/etc/destinations.d/\(name).toml")
            }
            try await house.start()
            let (file, vin) = (Export.file([1]), Export.vin(1))
            try house.drop(file, as: "day.csv")
            let report = try await house.report(of: "day.csv")
            #expect(report.outcome == "published", "\(report.rules)")
            let bundle = try #require(report.bundles.first)
            let folder = try await house.unpack(bundle)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                    == [
                        "META-INF", "\(vin).xml", "certificate.fr.html", "certificate.html", "ledger", "mimetype", "provenance.json",
                        "validation.json",
                    ].sorted())
            try await checkPages(folder, vin, "\(house.outbox)/\(bundle)", house)
            try await checkProvenance(folder, vin, file, report, house)
            let withdrawn = try await house.ecocctl("withdraw", vin, "--reason", "a test")
            #expect(withdrawn.status == 0, "\(withdrawn.everything)")
            let none = try await house.ecocctl("page", vin)
            #expect(none.status == 1 && none.text.isEmpty && none.errors.contains("was withdrawn"), "\(none.everything)")
            #expect(try await house.ecocctl("show", vin, "--values").text.contains("withdrawn"))
            let verified = try await house.ecocctl("verify", "\(house.outbox)/\(bundle)")
            #expect(verified.status == 0, "\(verified.everything)")
            #expect(verified.text.contains("ok   page: certificate.fr.html, certificate.html"))
        }
    }

    /// Both pages speak of the sealed message, and `ecocctl page` renders the very bytes again, from bundle, message and VIN.
    private func checkPages(_ folder: String, _ vin: String, _ bundle: String, _ house: House) async throws {
        let digest = SHA256.hexadecimal(of: try bytes("\(folder)/\(vin).xml"))
        for (name, language, title) in [
            ("certificate.html", "de", "Übereinstimmungsbescheinigung"), ("certificate.fr.html", "fr", "Certificat de conformité"),
        ] {
            let page = String(decoding: try bytes("\(folder)/\(name)"), as: UTF8.self)
            #expect(page.contains(title) && page.contains(digest) && page.contains("House Motors") && page.contains(">\(vin)<"))
            let wellFormed = try await Programs.run(try #require(Programs.stock("xmllint")), ["--noout", "--nonet", name], in: folder)
            #expect(wellFormed.status == 0, "\(wellFormed.everything)")
            for subject in [bundle, "\(folder)/\(vin).xml", vin] {
                let again = try await house.ecocctl("page", subject, "--language", language)
                #expect(again.text == page)
            }
            let duplicate = try await house.ecocctl("page", vin, "--language", language, "--duplicate").text
            #expect(duplicate != page && duplicate.contains(language == "de" ? "Duplikat" : "Duplicata"))
        }
        let written = try await house.ecocctl("page", vin, "--json", "--output", "\(house.root)/page.html")
        let output = SHA256.hexadecimal(of: try bytes("\(house.root)/page.html"))
        #expect(written.status == 0 && written.text.contains(output))
    }

    /// Every value of the message has its origin; the file is canonical, and its digests are those of the files.
    private func checkProvenance(_ folder: String, _ vin: String, _ file: String, _ report: Report, _ house: House) async throws {
        let shown = try await shown(vin, house)
        #expect(shown.values.count > 70 && !shown.values.contains { $0.origin == "unknown" })
        let column = try #require(shown["VehicleIdentificationNumber"])
        #expect(column.origin == "record" && column.value == vin && column.item == "0.10")
        let header = try #require(file.split(whereSeparator: \.isNewline).first).split(separator: ",").map(String.init)
        for value in shown.values where value.origin == "record" {
            #expect(header[try #require(value.column) - 1] == value.name && value.element.hasSuffix(value.name ?? "-"))
        }
        #expect(shown[".Remark"]?.origin == "constant" && shown[".Remark"]?.value == "<Rostock> & \"more\"")
        #expect(shown["DesignatedTypeApprovalCountry"]?.origin == "reference")
        #expect(shown["IviReferenceId"]?.origin == "assigned")
        let text = String(decoding: try bytes("\(folder)/provenance.json"), as: UTF8.self)
        for sha256 in [
            SHA256.hexadecimal(of: Array(file.utf8)),
            SHA256.hexadecimal(of: try bytes("\(house.folder(of: report.submission))/profile.toml")),
        ] { #expect(text.contains("\"sha256\":\"\(sha256)\"")) }
        let canonical = try await Programs.run(
            try #require(Programs.stock("python3")),
            [
                "-c",
                "import json,sys; t=open(sys.argv[1],encoding='utf-8').read(); print(t == json.dumps(json.loads(t),sort_keys=True,separators=(',',':'),ensure_ascii=False))",
                "\(folder)/provenance.json",
            ])
        #expect(canonical.text == "True\n", "\(canonical.everything)")
        let table = try await house.ecocctl("show", vin, "--values")
        #expect(table.text.contains("row 2 of day.csv") && table.text.contains("given by ecocd"))
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "the official examples aren't beside the project (ECOCD_SHARED)"))
    func readyMessagesHaveLines() async throws {
        try await House.run(["ready": House.ready]) { house in
            let text = try SharedMaterial.example("M1-04-plugin")
            try house.drop(text, as: "one.xml", in: "ready")
            let report = try await house.report(of: "one.xml", in: "ready")
            let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
            let shown = try await shown(try #require(report.records.first?.vin), house)
            #expect(shown.values.count > 150)
            for value in shown.values {
                let line = try #require(value.line, "\(value.element): \(value.origin)")
                #expect(value.origin == "record" && lines[line - 1].contains(value.value), "\(value.element)")
            }
        }
    }

    @Test func tellsWhatCantBeRendered() async throws {
        try await House.empty { house in
            try house.write("<x/>", to: "\(house.root)/x.xml")
            try house.write("no bundle", to: "\(house.root)/x.asice")
            for (arguments, status) in [
                (["page", "\(house.root)/x.xml"], Int32(2)), (["page", "\(house.root)/x.asice"], 2),
                (["page", "\(house.root)/none.xml"], 2),
                (["page", "\(house.root)/x.xml", "--language", "xx"], 2), (["page", "\(house.root)/x.xml", "--json"], 2),
            ] {
                let answer = try await Programs.run(Programs.ecocctl, arguments + ["--config", house.config])
                #expect(answer.status == status && answer.errors.count > 20, "\(arguments): \(answer.everything)")
            }
            try house.write("page-language = \"xx\"\n", to: "\(house.root)/etc/destinations.d/nap.toml")
            let check = try await house.ecocctl("check")
            #expect(
                check.status == 1 && check.text.contains("nap.toml:1:17: ") && check.text.contains("en, de, fr, it, es, pl, nl"),
                "\(check.everything)")
        }
    }

    /// The PDF has the page's texts, is on A4, and repeats the vehicle at the foot of each page.
    @Test(
        .enabled(if: PaperTools.arePresent, "weasyprint or poppler-utils isn't installed, or user namespaces aren't allowed"),
        .enabled(if: SharedMaterial.isPresent, "the official examples aren't beside the project (ECOCD_SHARED)"))
    func pdfHasThePage() async throws {
        try await House.empty { house in
            try house.write(try SharedMaterial.example("M1-06-electric"), to: "\(house.root)/m.xml")
            let done = try await house.ecocctl(
                "page", "\(house.root)/m.xml", "--language", "pl", "--duplicate", "--pdf", "-o", "\(house.root)/m.pdf")
            try #require(done.status == 0, "\(done.everything)")
            let information = try await Programs.run(try #require(Programs.stock("pdfinfo")), ["\(house.root)/m.pdf"]).text
            #expect(information.contains("(A4)") && !information.contains("Pages:           1\n"))
            let text = try await Programs.run(try #require(Programs.stock("pdftotext")), ["-layout", "\(house.root)/m.pdf", "-"]).text
            for page in text.split(separator: "\u{C}").dropLast(0) {
                #expect(page.contains("Duplikat · Kopia do odczytu") && page.contains("Strona"))
            }
            #expect(text.contains("Świadectwo zgodności pojazdu") && text.contains("Masa pojazdu gotowego do jazdy"))
        }
    }
}

/// What makes and reads PDFs.
enum PaperTools {
    static let arePresent: Bool = {
        guard ["pdfinfo", "pdftotext", "weasyprint", "unshare"].allSatisfy({ Programs.stock($0) != nil }) else { return false }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/unshare")
        process.arguments = ["--map-root-user", "--net", "/bin/true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()
}
