import Foundation
import Glibc
import Hashing
import Testing

@testable import Pipeline

/// Reference data and header values are chosen once, when a record is validated.
@Suite struct ReferenceDataTests {
    /// A change between validation and generation can't matter: the copy of the submission is used.
    @Test func changeAfterValidationDoesNotMatter() async throws {
        try await House.run { house in
            let (name, vehicles, _) = try await house.interrupt(in: "generate", with: SIGKILL, count: 900)
            let text = try house.reference("haul-trailer.xml")
            let changed = text.replacing("<ManufacturerName>", with: "<ManufacturerName>Changed ")
            #expect(changed != text)
            try house.write(changed, to: "\(house.spool)/reference/haul-trailer.xml")
            try await house.start()
            let report = try await house.report(of: name)
            #expect(report.outcome == "published" && report.counts.published == 900)
            let folder = try await house.unpack(Export.bundle(vehicles.upperBound))
            let sealed = try String(contentsOfFile: "\(folder)/\(Export.vin(vehicles.upperBound)).xml", encoding: .utf8)
            #expect(!sealed.contains("Changed "))
        }
    }

    /// The same records with the same header values give the same unsigned bytes, so an interrupted generation repeats itself exactly.
    @Test func generatingAgainGivesTheSameBytes() async throws {
        try await House.run { house in
            let (name, _, _) = try await house.interrupt(in: "generate", after: 128, with: SIGKILL, count: 900)
            let first = try unsigned(house, in: "generate")
            #expect(!first.isEmpty)
            try await house.start()
            let report = try await house.report(of: name)
            var digests: [String: Set<String>] = [:]
            for entry in try house.reader.history(submission: report.submission) where entry.record?.kind == "generated" {
                guard let vin = entry.record?.text("vin"), let digest = entry.record?.text("sha256") else { continue }
                digests[vin, default: []].insert(digest)
            }
            #expect(digests.count == 900)
            for (vin, bytes) in first { #expect(digests[vin] == [SHA256.hexadecimal(of: bytes)], "\(vin)") }
        }
    }

    /// VIN to unsigned message; the last one may be cut off by the kill.
    private func unsigned(_ house: House, in stage: String) throws -> [String: [UInt8]] {
        let root = "\(house.spool)/\(stage)"
        guard let id = try FileManager.default.contentsOfDirectory(atPath: root).first else { return [:] }
        let reader = try MessagePack.Reader(path: "\(root)/\(id)/certificates/unsigned.pack")
        var messages: [String: [UInt8]] = [:]
        while let entry = (try? reader.next()) ?? nil { messages[entry.line.vin] = entry.message }
        return messages
    }
}
