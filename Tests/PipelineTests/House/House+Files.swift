import Audit
import Foundation
import Testing

/// What goes into a house and what comes out.
extension House {
    func inbox(_ source: String = "erp") -> String { "\(spool)/inbox/\(source)" }

    /// Drops a file as a careful producer does: written under another name, then renamed.
    func drop(_ text: String, as name: String, in source: String = "erp") throws {
        try drop(Array(text.utf8), as: name, in: source)
    }

    func drop(_ bytes: [UInt8], as name: String, in source: String = "erp") throws {
        let part = "\(inbox(source))/.\(name).part"
        try Data(bytes).write(to: URL(filePath: part))
        try FileManager.default.moveItem(atPath: part, toPath: "\(inbox(source))/\(name)")
    }

    /// Drops a file of reference data, and waits until the daemon has answered it.
    func dropReference(_ text: String, as name: String) async throws -> Report {
        let part = "\(spool)/reference/.\(name).part"
        try write(text, to: part)
        let before = reports(of: name, in: "reference").count
        let all = reports(of: "", in: "reference").count
        try FileManager.default.moveItem(atPath: part, toPath: "\(spool)/reference/\(name)")
        try await referencesTaken(all + 1)
        return try await report(of: name, in: "reference", number: before + 1)
    }

    /// Waits until so many files of reference data have been answered and nothing is done about another.
    func referencesTaken(_ count: Int) async throws {
        try await eventually("\(count) files of reference data are answered") {
            let answered = reports(of: "", in: "reference")
            return try answered.count >= count
                && answered.allSatisfy { end(of: String($0.split(separator: ".").dropLast(2).suffix(2).joined(separator: "."))) != nil }
                && status().working.allSatisfy { $0.source != "reference" }
        }
    }

    /// The names of the reports for a dropped file, oldest first.
    func reports(of name: String, in source: String = "erp") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(spool)/returns/\(source)")) ?? []
        return names.filter { ($0.hasPrefix("\(name).") || name.isEmpty) && $0.hasSuffix(".report.json") }.sorted()
    }

    func reference(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Programs.packageRoot)/Samples/reference/\(name)", encoding: .utf8)
    }

    /// Waits for the report of a dropped file.
    /// - Parameter number: of the file's drops under this name, from 1.
    func report(of name: String, in source: String = "erp", number: Int = 1, seconds: Double = 300) async throws -> Report {
        try await eventually("'\(name)' of '\(source)' is answered", seconds: seconds) { reports(of: name, in: source).count >= number }
        let path = "\(spool)/returns/\(source)/\(reports(of: name, in: source)[number - 1])"
        let report = try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(filePath: path)))
        // The report comes before the move to the stage where the submission ends.
        try await eventually("submission \(report.submission) has come to its end") { end(of: report.submission) != nil }
        return report
    }

    /// `archive` or `rejected`, once the submission lies there.
    func end(of submission: String) -> String? {
        ["archive", "rejected"].first { FileManager.default.fileExists(atPath: "\(spool)/\($0)/\(submission)") }
    }

    func folder(of submission: String) -> String { "\(spool)/\(end(of: submission) ?? "nowhere")/\(submission)" }

    /// The bytes of the file as kept; nil when it isn't there.
    func original(of submission: String) -> [UInt8]? {
        let folder = "\(folder(of: submission))/original"
        guard let name = try? FileManager.default.contentsOfDirectory(atPath: folder).first else { return nil }
        return (try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))).map(Array.init)
    }

    /// The names of the bundles in the outbox.
    func bundles() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: outbox)) ?? []).filter { $0.hasSuffix(".asice") && !$0.hasPrefix(".") }
            .sorted()
    }

    /// What only an interrupted publication leaves in the outbox, and in ecocd's own folder there.
    func leftovers() -> [String] {
        let manager = FileManager.default
        let hidden = ((try? manager.contentsOfDirectory(atPath: outbox)) ?? []).filter { $0.hasPrefix(".") && $0 != ".ecocd" }
        return hidden + ((try? manager.contentsOfDirectory(atPath: "\(outbox)/.ecocd")) ?? []).filter { $0 != "README" }
    }

    /// The rules of the rejections that the ledger knows of a submission.
    func rejections(of submission: String) throws -> [String] {
        try reader.history(submission: submission).compactMap { entry in
            entry.record?.kind == "rejected" ? entry.record?.text("rules") : nil
        }
    }

    /// Unpacks a bundle of the outbox into a folder of its own.
    func unpack(_ bundle: String) async throws -> String {
        let folder = "\(root)/unpacked/\(bundle)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let done = try await Programs.run(try #require(Programs.stock("unzip")), ["-q", "\(outbox)/\(bundle)"], in: folder)
        #expect(done.status == 0, "\(done.everything)")
        return folder
    }
}
