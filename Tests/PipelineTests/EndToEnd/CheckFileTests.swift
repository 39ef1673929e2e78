import Foundation
import Glibc
import Testing

/// `ecocctl check FILE`: what is said before sealing is what the daemon then does.
@Suite struct CheckFileTests {
    // MARK: The same verdict

    /// New, known, changed, faulty and repeated vehicles, under each policy: rows, rules and words as in the daemon's report.
    @Test(arguments: ["valid", "all"]) func saysWhatTheDaemonDoes(policy: String) async throws {
        try await House.run([
            "erp": House.csv + "corrections = \"auto\"\n", "all": House.csv + "policy = \"all\"\ncorrections = \"reject\"\n",
        ]) { house in
            try house.drop(Export.file([1, 2]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            let source = policy == "all" ? "all" : "erp"
            let text = Export.file([
                Export.row(1), Export.row(2, mass: "671"), Export.row(3), Export.row(4, mass: "heavy"), Export.row(5), Export.row(5),
            ])
            try house.write(text, to: "\(house.root)/second.csv")
            let check = try await house.check("second.csv", "--source", source, "--all")
            try house.drop(text, as: "second.csv", in: source)
            let report = try await house.report(of: "second.csv", in: source)

            #expect(check.answer.findings.compactMap(\.told).sorted() == report.records.flatMap(\.told).sorted())
            #expect(check.answer.rejected == report.counts.rejected && check.answer.duplicates == report.counts.duplicates)
            #expect(check.answer.accepted == report.counts.published && check.answer.records == report.counts.records)
            #expect(check.answer.corrections == (policy == "all" ? 0 : 1) && check.status == 1 && check.answer.ledger.asked)
        }
    }

    /// The same bytes again are answered as a whole.
    @Test func knowsTheFileAgain() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "file.csv")
            let report = try await house.report(of: "file.csv")
            try house.write(Export.file([1]), to: "\(house.root)/file.csv")
            let check = try await house.check("file.csv")
            #expect(check.status == 0 && check.answer.duplicates == 1 && check.answer.accepted == 0)
            #expect(check.answer.findings.contains { $0.rule == "FILE-90" && $0.message.contains(report.submission) })
        }
    }

    @Test func tellsDuplicateCorrectionAndHold() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "file.csv")
            let report = try await house.report(of: "file.csv")
            try house.write(Export.file([Export.row(1), Export.row(2)]), to: "\(house.root)/same.csv")
            try house.write(Export.file([1], mass: "671"), to: "\(house.root)/other.csv")

            let same = try await house.check("same.csv", "--row", "2")
            #expect(same.status == 0 && same.answer.vehicle?.outcome == "duplicate" && same.answer.vehicle?.version == 1)
            #expect(same.answer.vehicle?.first == report.submission)
            let new = try await house.check("same.csv", "--row", "3")
            #expect(new.status == 0 && new.answer.vehicle?.outcome == "new" && new.answer.vehicle?.version == 1)
            let other = try await house.check("other.csv", "--row", "2")
            #expect(other.answer.vehicle?.outcome == "correction" && other.answer.vehicle?.version == 2)
            #expect(other.answer.vehicle?.corrects == 1 && other.answer.hold == .init(reason: "corrections", release: "auto"))
            let words = try await house.ecocctl("check", "\(house.root)/other.csv", "--row", "2")
            #expect(words.text.contains("would be accepted as version 2, a correction of version 1"), "\(words.everything)")
            let held = try await house.ecocctl("check", "\(house.root)/other.csv")
            #expect(held.text.tells("held until somebody who may release lets them go (corrections = \"hold\")"))

            try house.configure("erp", House.csv + "release = \"four-eyes\"\n")
            let watched = try await house.ecocctl("check", "\(house.root)/same.csv")
            #expect(watched.text.tells("somebody who may release, and didn't drop the file"), "\(watched.everything)")
            let policy = try await house.check("same.csv")
            #expect(policy.answer.hold == .init(reason: "policy", release: "four-eyes"))
        }
    }

    /// The daemon isn't needed, and nothing is left where it keeps its things.
    @Test func looksWithoutTheDaemon() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            try await house.end()
            try house.write(Export.file([1, 2]), to: "\(house.root)/next.csv")
            let before = try house.everything()
            let check = try await house.check("next.csv", "--row", "2", "--values")
            #expect(check.status == 0 && check.answer.ledger.asked && check.answer.vehicle?.outcome == "duplicate", "\(check.text)")
            let after = try house.everything()
            #expect(after == before, "\(Set(after).symmetricDifference(before).sorted())")
        }
    }

    // MARK: Values and page

    private static let withConstant =
        House.csv + "\n[constants]\n\"RemarkTable[1].RemarkSubjectDescription\" = \"COMTS\"\n"
        + "\"RemarkTable[1].RemarkSubjectLanguage\" = \"en\"\n\"RemarkTable[1].Remark\" = \"painted twice\"\n"

    /// Each value with its origin as the bundle then has it; only what the daemon gives at the sealing is missing.
    @Test func valuesAreThoseOfTheBundle() async throws {
        try await House.run(["erp": Self.withConstant]) { house in
            let file = Export.file([Export.row(1), Export.row(2)])
            try house.write(file, to: "\(house.root)/file.csv")
            let before = try await house.check("file.csv", "--row", "3", "--values")
            try house.drop(file, as: "file.csv")
            _ = try await house.report(of: "file.csv")
            let shown = try await house.ecocctl("show", Export.vin(2), "--values", "--json")
            let after = try JSONDecoder().decode(Check.Vehicle.Values.self, from: Data(shown.text.utf8)).values
            let values = try #require(before.answer.vehicle?.values)
            let given = ["Header.IviReferenceId", "Header.IviVersionDateTime"]
            #expect(values.map(\.facts) == after.filter { !given.contains($0.element) }.map(\.facts))
            #expect(Set(values.map(\.origin)) == ["record", "reference", "assigned", "constant"])
            let mass = values.first { $0.element.hasSuffix(".ActualMass") }
            #expect(mass?.column == 8 && mass?.name == "ActualMass" && mass?.value == "670")

            let text = try await house.ecocctl("check", "\(house.root)/file.csv", "--row", "3", "--values")
            #expect(text.text.contains("reference data: haul-trailer.xml, version "), "\(text.everything)")
        }
    }

    /// A value that stands in for another one says so.
    @Test func saysWhatAValueReplaces() async throws {
        try await House.empty(["erp": House.csv]) { house in
            let text = Export.header + ",NumberOfWheels\n" + Export.row(1) + ",3\n"
            try house.write(text, to: "\(house.root)/file.csv")
            let check = try await house.check("file.csv", "--row", "2", "--values")
            let wheels = check.answer.vehicle?.values?.first { $0.element.hasSuffix("NumberOfWheels") }
            #expect(wheels?.value == "3" && wheels?.origin == "record" && wheels?.replaced?.origin == "reference", "\(check.text)")
        }
    }

    @Test func drawsThePageAsADraft() async throws {
        try await House.empty { house in
            try house.write(Export.file([Export.row(1), Export.row(2, mass: "heavy")]), to: "\(house.root)/file.csv")
            let page = "\(house.root)/page.html"
            let written = try await house.ecocctl("check", "\(house.root)/file.csv", "--row", "2", "--page", page)
            #expect(written.status == 0 && written.text.contains("wrote \(page), a draft: not sealed"), "\(written.everything)")
            let html = try String(contentsOfFile: page, encoding: .utf8)
            #expect(
                html.contains("Draft") && html.contains(Export.vin(1)) && html.contains("It is no certificate.")
                    && !html.contains("SHA-256"))
            let printed = try await house.ecocctl("check", "\(house.root)/file.csv", "--row", "2", "--page")
            #expect(printed.text == html && printed.errors.isEmpty)
            let german = try await house.ecocctl("check", "\(house.root)/file.csv", "--row", "3", "--page", "--language", "de")
            #expect(german.status == 1 && german.text.contains("Entwurf") && german.errors.contains("would be rejected"))
        }
    }

    /// A ready message has one record and its own header, which came from its lines.
    @Test(.enabled(if: SharedMaterial.isPresent, "the official examples aren't beside the project (ECOCD_SHARED)"))
    func looksAtReadyMessages() async throws {
        try await House.empty(["ready": House.ready]) { house in
            try house.write(try SharedMaterial.example("M1-06-electric"), to: "\(house.root)/m.xml")
            let check = try await house.check("m.xml", "--values")
            let header = check.answer.vehicle?.values?.first { $0.element == "Header.IviReferenceId" }
            #expect(header?.origin == "record" && header?.column == nil && check.text.contains("\"line\" : "), "\(check.text.prefix(3000))")
            let page = try await house.ecocctl("check", "\(house.root)/m.xml", "--page")
            #expect(page.text.contains("Draft") && page.text.contains(header?.value ?? "nothing"))
        }
    }

    /// On paper, too, no page can be taken for one of a certificate.
    @Test(.enabled(if: PaperTools.arePresent, "weasyprint or poppler-utils isn't installed, or user namespaces aren't allowed"))
    func everySheetIsADraft() async throws {
        try await House.empty { house in
            try house.write(Export.file([1]), to: "\(house.root)/file.csv")
            let done = try await house.ecocctl("check", "\(house.root)/file.csv", "--row", "2", "--page", "\(house.root)/page.pdf")
            #expect(done.status == 0, "\(done.everything)")
            let text = try await Programs.run(try #require(Programs.stock("pdftotext")), ["\(house.root)/page.pdf", "-"]).text
            let sheets = text.split(separator: "\u{0C}").filter { !$0.allSatisfy(\.isWhitespace) }
            #expect(!sheets.isEmpty && sheets.allSatisfy { $0.contains("Draft") })
        }
    }

    @Test func refusesWhatMakesNoSense() async throws {
        try await House.empty { house in
            let file = "\(house.root)/file.csv"
            let text = Export.file([1])
            try house.write(text, to: file)
            for arguments in [
                ["--row", "9"], ["--values"], ["--page"], ["--row", "2", "--all"], ["--row", "2", "--page", "--json"],
                ["--row", "2", "--page", "--values"], ["--row", "2", "--page", "--language", "xx"], ["--row", "2", "--page", file],
            ] {
                let done = try await Programs.run(Programs.ecocctl, ["check", file, "--config", house.config] + arguments)
                #expect(done.status == 2 && done.text.isEmpty && done.errors.hasPrefix("ecocctl: "), "\(arguments): \(done.everything)")
            }
            // Nothing but a page comes where a page is asked for.
            try house.write("no such column\n1\n", to: "\(house.root)/bad.csv")
            let whole = try await house.ecocctl("check", "\(house.root)/bad.csv", "--row", "2", "--page")
            #expect(whole.status == 1 && whole.text.isEmpty && whole.errors.contains("there is no page"), "\(whole.everything)")
            // What may follow --page by mistake is the ERP's file: it is left alone.
            let mistaken = try await house.ecocctl("check", "--row", "2", "--page", file)
            #expect(mistaken.status == 2)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
        }
    }

    // MARK: Many findings

    /// 20,000 equal findings are one, whose text fits one screen: its words, ten rows and a remedy. The work grows with the rows and no faster: ten
    /// times the rows may take twenty times the processor time (starting counts for the small file only, so it is less than ten).
    @Test func manyEqualFindingsAreOne() async throws {
        try await House.empty { house in
            for count in [2000, 20_000] {
                let rows = (1...count).map { Export.row($0).replacing("*00886*03", with: "*00886*09") }
                try house.write(Export.file(rows), to: "\(house.root)/\(count).csv")
            }
            let small = try await house.timedCheck("\(house.root)/2000.csv")
            let large = try await house.timedCheck("\(house.root)/20000.csv")
            #expect(
                large.text.contains("error REF-01, 20000 rows: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 19990 more"), "\(large.text.prefix(2000))"
            )
            #expect(large.text.utf8.count < 24 * 81 && large.seconds < 20 * small.seconds, "\(large.seconds) s, \(small.seconds) s")
            let check = try await house.check("20000.csv")
            #expect(check.answer.findings.count == 1 && check.answer.findings[0].count == 20_000 && check.text.utf8.count < 4096)
        }
    }

    /// Where every row says something else, the first speaks for all.
    @Test func manyDifferentFindingsAreOne() async throws {
        try await House.empty { house in
            try house.write(Export.file((1...500).map { Export.row($0, mass: "heavy \($0)") }), to: "\(house.root)/file.csv")
            let check = try await house.check("file.csv")
            #expect(check.answer.findings.count == 1 && check.answer.findings[0].count == 500 && check.answer.findings[0].varied == true)
            let all = try await house.check("file.csv", "--all")
            #expect(all.answer.findings.count == 500 && Set(all.answer.findings.map(\.value)).count == 500)
        }
    }

    // MARK: On a terminal

    /// Nothing is wider than the terminal, and nothing of what is said gets lost by that.
    @Test(.enabled(if: Programs.stock("script") != nil, "script (util-linux) isn't installed"))
    func fitsTheTerminal() async throws {
        try await House.run { house in
            let long = Export.row(2).replacing("*00886*03", with: "*00886*09")
            try house.write(Export.file([Export.row(1), long, Export.row(3, mass: "1800")]), to: "\(house.root)/file.csv")
            for columns in [80, 60] {
                for arguments in [
                    ["check", "\(house.root)/file.csv"], ["check", "\(house.root)/file.csv", "--row", "2", "--values"],
                    ["check", "\(house.root)/file.csv", "--row", "3"], ["rules", "list"], ["rules", "coverage"],
                    ["rules", "explain", "COC-21"], ["elements", "mass"],
                    ["elements", "CodeForBodywork"],
                ] {
                    let lines = try await house.onTerminal(arguments, columns: columns)
                    #expect(
                        lines.count > 4 && lines.allSatisfy { $0.count <= columns },
                        "\(arguments): \(lines.filter { $0.count > columns }.prefix(3))")
                }
            }
            let wrapped = try await house.onTerminal(["check", "\(house.root)/file.csv"], columns: 80).joined(separator: "\n")
            let check = try await house.check("file.csv")
            for finding in check.answer.findings { #expect(wrapped.tells(finding.message), "\(finding.message)") }
        }
    }

    /// Who watches sees how far it is; programs and files don't.
    @Test(.enabled(if: Programs.stock("script") != nil, "script (util-linux) isn't installed"))
    func showsProgressToPeople() async throws {
        try await House.empty { house in
            // Longer than the half second in which nothing is shown, in a release build, too.
            try house.write(Export.file((1...20_000).map { Export.row($0) }), to: "\(house.root)/file.csv")
            let shown = try await house.terminalText(["check", "\(house.root)/file.csv"], columns: 80)
            #expect(shown.contains("records checked") && shown.contains("20000 would be accepted"), "\(shown.suffix(500))")
            let json = try await house.terminalText(["check", "\(house.root)/file.csv", "--json"], columns: 80)
            #expect(!json.contains("records checked") && json.contains("\"accepted\" : 20000"))
        }
    }

    // MARK: Rights

    /// Who may not read the ledger is told so, and what can be said without it is said.
    @Test(.enabled(if: getuid() == 0 && Programs.stock("setpriv") != nil, "needs root and setpriv"))
    func withoutRightsToTheLedger() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            try house.write(Export.file([Export.row(1), Export.row(2, mass: "heavy")]), to: "\(house.root)/next.csv")
            chmod(house.state, 0o700)
            let samples = "\(Programs.packageRoot)/Samples/reference"

            let known = try await house.asNobody("check", "\(house.root)/next.csv", "--reference", samples)
            #expect(known.status == 1 && known.text.tells("The ledger can't be asked"), "\(known.everything)")
            #expect(known.text.contains("Permission denied") && known.text.tells("2 records, 1 would be accepted, 1 rejected"))
            let row = try await house.asNobody("check", "\(house.root)/next.csv", "--reference", samples, "--row", "2", "--json")
            #expect(row.status == 0 && row.text.contains("\"outcome\" : \"acceptable\""), "\(row.everything)")

            // Nor is it known what is in force: REF-01 would be a guess.
            let blind = try await house.asNobody("check", "\(house.root)/next.csv", "--row", "2")
            #expect(blind.status == 3 && blind.text.tells("reference data in force isn't known"), "\(blind.everything)")
            #expect(!blind.text.contains("REF-01"))
            let told = try await house.asNobody("check", "\(house.root)/next.csv")
            #expect(told.status == 1 && told.text.contains("CAT-01") && !told.text.contains("REF-01"), "\(told.everything)")

            // With the ledger, but without the archive, corrections are known and not compared.
            try house.write(Export.file([1], mass: "671"), to: "\(house.root)/correction.csv")
            chmod(house.state, 0o755)
            for name in try FileManager.default.contentsOfDirectory(atPath: house.state) { chmod("\(house.state)/\(name)", 0o644) }
            chmod("\(house.spool)/archive", 0o700)
            let apart = try await house.asNobody("check", "\(house.root)/correction.csv", "--reference", samples)
            #expect(apart.status == 0 && apart.text.tells("1 of the accepted would be corrections"), "\(apart.everything)")
            #expect(apart.text.tells("weren't compared with the certificates that they would correct"), "\(apart.everything)")
        }
    }
}

// MARK: - What a program of the ERP team reads

private struct Check: Decodable {
    var records, accepted, corrections, duplicates, rejected: Int
    var hold: Hold?
    var ledger: Sight
    var findings: [Finding]
    var vehicle: Vehicle?

    struct Hold: Decodable, Equatable { var reason, release: String }
    struct Sight: Decodable { var asked: Bool }

    struct Finding: Decodable {
        var rule, severity, message: String
        var row: Int?
        var value: String?
        var count: Int
        var varied: Bool?

        /// Where and what, but for submissions and times.
        var told: String? { row.map { "\($0) \(rule) \(severity) \(message)" } }
    }

    struct Vehicle: Decodable {
        var outcome: String
        var version, corrects: Int?
        var first: String?
        var values: [Value]?

        struct Values: Decodable { var values: [Value] }

        struct Value: Decodable {
            var element, value, origin: String
            var column: Int?
            var name: String?
            var replaced: Replaced?

            struct Replaced: Decodable { var value, origin: String }

            var facts: String { "\(element) \(value) \(origin) \(column ?? 0) \(name ?? "")" }
        }
    }
}

extension Report.Record {
    fileprivate var told: [String] { findings.map { "\(row) \($0.rule) \($0.severity) \($0.message)" } }
}

extension House {
    /// Every file of the daemon with its size and the time of its last change.
    fileprivate func everything() throws -> [String] {
        try [state, spool].flatMap { folder in
            // SQLite's side files come and go with whoever has the ledger open.
            try FileManager.default.subpathsOfDirectory(atPath: folder).filter { !$0.hasPrefix("ledger.db-") }.map { name in
                let facts = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
                return "\(folder)/\(name) \(facts[.size] ?? 0) \(facts[.modificationDate] ?? 0)"
            }
        }.sorted()
    }

    fileprivate func check(_ file: String, _ options: String...) async throws -> (status: Int32, text: String, answer: Check) {
        let done = try await Programs.run(Programs.ecocctl, ["check", "\(root)/\(file)", "--json", "--config", config] + options)
        do {
            return (done.status, done.text, try JSONDecoder().decode(Check.self, from: Data(done.text.utf8)))
        } catch { throw Disappointment(what: "\(error): \(done.everything)") }
    }

    /// With the processor time that it takes: others may use the processors meanwhile.
    fileprivate func timedCheck(_ path: String) async throws -> (text: String, seconds: Double) {
        let done = try await Programs.run(
            "/bin/bash", ["-c", "TIMEFORMAT='%U'; time \"$0\" check \"$1\" --config \"$2\"", Programs.ecocctl, path, config])
        return (done.text, try #require(Double(done.errors.trimmingCharacters(in: .whitespacesAndNewlines)), "\(done.errors)"))
    }

    fileprivate func onTerminal(_ arguments: [String], columns: Int) async throws -> [String] {
        try await terminalText(arguments, columns: columns).replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
    }

    fileprivate func terminalText(_ arguments: [String], columns: Int) async throws -> String {
        let command = ([Programs.ecocctl] + arguments + ["--config", config]).map { "'\($0)'" }.joined(separator: " ")
        let script = try #require(Programs.stock("script"))
        return try await Programs.run(
            script, ["-qec", "TERM=xterm; export TERM; stty cols \(columns) rows 24; \(command)", "/dev/null"]
        ).text
    }

    fileprivate func asNobody(_ arguments: String...) async throws -> Programs.Output {
        try await Programs.run(
            try #require(Programs.stock("setpriv")),
            ["--reuid=65534", "--regid=65534", "--clear-groups", Programs.ecocctl] + arguments + ["--config", config])
    }
}

extension String {
    /// Whether it says that, wherever it was broken into lines.
    fileprivate func tells(_ words: String) -> Bool { filter { !$0.isWhitespace }.contains(words.filter { !$0.isWhitespace }) }
}
