import Audit
import Foundation
import Hashing
import Testing

/// `ecocctl show` and `watch`: each answer against what lies on disk.
@Suite struct ShowTests {
    private typealias JSON = [String: Any]

    private func json(_ done: Programs.Output) throws -> JSON {
        try #require(try JSONSerialization.jsonObject(with: Data(done.text.utf8)) as? JSON, "\(done.everything)")
    }

    private func sha256(_ path: String) throws -> String { SHA256.hexadecimal(of: Array(try Data(contentsOf: URL(filePath: path)))) }

    private func position(_ value: Any?) -> Int? { (value as? JSON)?["position"] as? Int }

    @Test func answersEachQuestion() async throws {
        try await House.run { house in
            try house.drop(Export.file([1, 2]), as: "it's <b>.csv")
            let report = try await house.report(of: "it's <b>.csv")
            let bundle = "\(house.outbox)/\(Export.bundle(1))"
            let bundleSHA256 = try sha256(bundle)
            let unpacked = try await house.unpack(Export.bundle(1))
            try FileManager.default.removeItem(atPath: bundle)
            try house.write(
                "{\"bundle\": \"\(Export.bundle(1))\", \"outcome\": \"rejected\", \"reference\": \"<7>\", \"message\": \"<script>x</script>\"}",
                to: "\(house.outbox)/receipts/\(Export.bundle(1).replacing("asice", with: "json"))")
            try await house.eventually("it is collected and answered") {
                let delivery = try house.reader.deliveries(vin: Export.vin(1)).first
                return delivery?.collected != nil && delivery?.acknowledgements.count == 1
            }
            try await house.end()

            let page = "\(house.root)/page.html"
            let answer = try json(try await house.ecocctl("show", Export.vin(1), "--json", "--html", page))
            let certificate = try #require(answer["certificate"] as? JSON)
            #expect(certificate["bundleSHA256"] as? String == bundleSHA256)
            #expect(try certificate["xmlSHA256"] as? String == sha256("\(unpacked)/\(Export.vin(1)).xml"))
            let origin = try #require(certificate["origin"] as? JSON)
            #expect(origin["file"] as? String == "it's <b>.csv" && origin["row"] as? Int == 2 && origin["source"] as? String == "erp")
            #expect(origin["sha256"] as? String == SHA256.hexadecimal(of: Array(Export.file([1, 2]).utf8)))
            #expect(origin["owner"] as? Int == Int(getuid()) && origin["submission"] as? String == report.submission)
            let checks = try #require(certificate["checks"] as? JSON)
            #expect(checks["program"] as? String == "0.1.0" && (checks["ruleSet"] as? String)?.isEmpty == false)
            let reference = try #require(certificate["reference"] as? JSON)
            let file = "\(Programs.packageRoot)/Samples/reference/\(reference["name"] as? String ?? "")"
            #expect(try reference["sha256"] as? String == sha256(file))
            let release = try #require(certificate["release"] as? JSON)
            #expect(release["path"] as? String == house.config && (release["fileOwner"] as? String)?.hasPrefix("\(getuid()):") == true)
            let seal = try #require(certificate["seal"] as? JSON)
            #expect((seal["subject"] as? String)?.contains("House Motors") == true && seal["notBefore"] != nil && seal["notAfter"] != nil)
            let delivery = try #require((certificate["deliveries"] as? [JSON])?.first)
            let words = try #require((delivery["answers"] as? [JSON])?.first)
            #expect(words["outcome"] as? String == "rejected" && words["reference"] as? String == "<7>")

            // Every step is where the ledger has it.
            let reader = try house.reader
            let steps: [(Any?, String)] = [
                (origin["received"], "received"), (checks["validated"], "validated"), (reference["activated"], "reference-activated"),
                (release["configured"], "configured"), (seal["sealed"], "sealed"), (seal["keyUsed"], "key-used"),
                (delivery["published"], "published"), (delivery["collected"], "collected"), (words["acknowledged"], "acknowledged"),
            ]
            for (entry, kind) in steps {
                let place = try #require(position(entry), "\(kind)")
                let record = try #require(try reader.entries(place..<place + 1).first?.record)
                #expect(record.kind == kind && record.time == (entry as? JSON)?["at"] as? String)
            }
            try await checkText(house, bundleSHA256)
            try await checkPage(page)
        }
    }

    private func checkText(_ house: House, _ bundleSHA256: String) async throws {
        let text = try await house.ecocctl("show", Export.vin(1)).text
        for words in [bundleSHA256, "it's <b>.csv, row 2", "House Motors", "rejected", "<7>", "ecocctl ledger prove \(Export.vin(1))"] {
            #expect(text.contains(words), "\(words) in\n\(text)")
        }
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 50, "one screen:\n\(text)")
        for arguments in [["--stage", "1", "--version", "1"], ["--certificate-version", "1"]] {
            #expect(try await Programs.run(Programs.ecocctl, ["show", Export.vin(1), "--config", house.config] + arguments).text == text)
        }
        for arguments in [["--stage", "2"], ["--version", "2"]] {
            let done = try await Programs.run(Programs.ecocctl, ["show", Export.vin(1), "--config", house.config] + arguments)
            #expect(done.status == 1 && done.errors.contains("no certificate"), "\(done)")
        }
        let denied = try await house.ecocctl("show", Export.vin(1), "--html", "/nowhere/page.html")
        #expect(denied.status == 2 && denied.errors.contains("/nowhere/page.html"))
    }

    /// Foreign texts can't become markup, and nothing comes from elsewhere.
    private func checkPage(_ path: String) async throws {
        let page = try String(contentsOfFile: path, encoding: .utf8)
        #expect(page.contains("it&#39;s &lt;b&gt;.csv") && page.contains("&lt;script&gt;x&lt;/script&gt;") && !page.contains("<script"))
        for word in ["http:", "https:", "src=", "url(", "<link", "@import"] { #expect(!page.contains(word), "\(word)") }
        guard let xmllint = Programs.stock("xmllint") else { return }
        let done = try await Programs.run(xmllint, ["--html", "--noout", path])
        // libxml2 knows HTML 4 only: the elements that came later are no fault.
        let faults = done.errors.split(separator: "\n").filter { $0.contains("error") && !$0.contains("invalid") }
        #expect(faults.isEmpty, "\(done.errors)")
    }

    @Test func rejectedVehiclesAndSubmissions() async throws {
        try await House.run { house in
            try house.drop(Export.file([Export.row(1), Export.row(2, mass: "heavy")]), as: "file.csv")
            let report = try await house.report(of: "file.csv")
            let vehicle = try json(try await house.ecocctl("show", Export.vin(2), "--json"))
            #expect(vehicle["certificate"] == nil)
            let rejection = try #require((vehicle["rejections"] as? [JSON])?.first)
            #expect(rejection["row"] as? Int == 3 && rejection["submission"] as? String == report.submission)
            #expect(try await house.ecocctl("show", Export.vin(2)).text.contains("NOTHING PUBLISHED"))

            let submission = try json(try await house.ecocctl("show", report.submission, "--json"))
            #expect(submission["stage"] as? String == "archive" && submission["file"] as? String == "file.csv")
            #expect(submission["counts"] as? [String: Int] == ["accepted": 1, "rejected": 1, "sealed": 1, "published": 1])
            let way = try #require(submission["way"] as? [JSON]).compactMap { $0["what"] as? String }
            #expect(way.first == "received" && way.last == "moved from publish to archive")
            #expect(way.filter { $0.hasPrefix("moved") }.count == 6)

            let history = try await house.ecocctl("show", Export.vin(1), "--history", "--json")
            let entries = try #require(try JSONSerialization.jsonObject(with: Data(history.text.utf8)) as? [JSON])
            #expect(
                entries.compactMap { $0["kind"] as? String } == ["validated", "generated", "sealed", "publishing", "published"])
        }
    }

    /// Who released, corrected and withdrew, by name.
    @Test func decisionsOfPeople() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            try house.drop(Export.file([1], mass: "671"), as: "second.csv")
            try await house.eventually("the correction is held") { try !house.reader.submissions(stage: "hold").isEmpty }
            let held = try #require(try house.reader.submissions(stage: "hold").first?.id)
            let waiting = try json(try await house.ecocctl("show", Export.vin(1), "--json"))
            let undecided = try #require((waiting["certificate"] as? JSON)?["release"] as? JSON)
            #expect(undecided["released"] == nil && undecided["heldReason"] as? String == "corrections")
            #expect(try await house.ecocctl("release", held, "--reason", "Weighed again.").status == 0)
            try await house.eventually("it is published") { house.end(of: held) != nil }
            #expect(try await house.ecocctl("withdraw", Export.vin(1), "--reason", "Wrong axle.").status == 0)

            let person = "\(getuid()):"
            let answer = try json(try await house.ecocctl("show", Export.vin(1), "--json", "--html", "\(house.root)/page.html"))
            let certificate = try #require(answer["certificate"] as? JSON)
            #expect(certificate["version"] as? Int == 2 && certificate["state"] as? String == "withdrawn")
            let correction = try #require(certificate["correction"] as? JSON)
            #expect(correction["replaces"] as? Int == 1 && correction["changes"] as? Int == 1)
            let release = try #require(certificate["release"] as? JSON)
            #expect(((release["released"] as? JSON)?["by"] as? String)?.hasPrefix(person) == true)
            #expect(release["reason"] as? String == "Weighed again.")
            let withdrawal = try #require(certificate["withdrawal"] as? JSON)
            #expect(((withdrawal["withdrawn"] as? JSON)?["by"] as? String)?.hasPrefix(person) == true)
            #expect(withdrawal["reason"] as? String == "Wrong axle.")
            let others = try #require(answer["others"] as? [JSON])
            #expect(others.count == 1 && others[0]["version"] as? Int == 1 && others[0]["state"] as? String == "published")
            let text = try await house.ecocctl("show", Export.vin(1)).text
            for words in ["WITHDRAWN", "Wrong axle.", "Weighed again.", "version 1, 1 values differ", "also       stage 1, version 1"] {
                #expect(text.contains(words), "\(words) in\n\(text)")
            }
            let page = try String(contentsOfFile: "\(house.root)/page.html", encoding: .utf8)
            #expect(page.contains("Wrong axle.") && page.contains("Weighed again."))
            #expect(try await house.verifyLedger() == 0)
        }
    }

    @Test func watchFollows() async throws {
        try await House.run { house in
            let output = "\(house.root)/watch.log"
            FileManager.default.createFile(atPath: output, contents: nil)
            let watch = Process()
            watch.executableURL = URL(filePath: Programs.ecocctl)
            watch.arguments = ["watch", "--json", "--interval", "0.1", "--source", "erp", "--config", house.config]
            watch.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
            try watch.run()
            defer { watch.terminate() }
            func steps() throws -> [JSON] {
                try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").compactMap {
                    try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? JSON
                }
            }
            // It follows from where it began: a file dropped before isn't told.
            var number = 0
            try await house.eventually("it shows a submission's whole way") {
                if number < 40, try steps().isEmpty, house.reports(of: "file-\(number).csv").count == 1 || number == 0 {
                    number += 1
                    try house.drop(Export.file([number]), as: "file-\(number).csv")
                }
                return try steps().contains { $0["kind"] as? String == "moved" && $0["detail"] as? String == "to archive" }
            }
            let published = try #require(try steps().first { $0["kind"] as? String == "published" })
            #expect(
                published["count"] as? Int == 1 && published["detail"] as? String == "to nap" && published["source"] as? String == "erp")
        }
    }
}
