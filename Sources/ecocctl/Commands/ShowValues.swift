import Certificate
import Foundation
import Publish

/// `ecocctl show VIN --values`: every value of a published certificate, and where it came from.
struct ShowValues {
    let common: CommonOptions
    let vin: String
    /// Nil is the highest.
    let stage, version: Int?

    private struct Answer: Encodable {
        var bundle: String
        var withdrawn: Bool
        var certificate: String?
        var record: Provenance.Record?
        var reference: Provenance.Reference?
        var profile: Provenance.Profile?
        var values: [ValueLine]
    }

    func run() throws {
        let (path, isWithdrawn) = try CertificateFile.published(vin: vin, stage: stage, version: version, common.places())
        let contents = try CertificateFile.bundle(path)
        guard let message = contents.message else { throw CommandRefusal(.usage, "\(path) holds no message, or several.") }
        let values: FieldValues
        do { values = try MessageReader.read(message.bytes).values } catch {
            throw CommandRefusal(.usage, "\(path): \(error.finding.message)")
        }
        let provenance = try contents.files[BundleFile.provenance].map { bytes in
            do { return try Provenance(bytes) } catch {
                throw CommandRefusal(.usage, "\(path): \(BundleFile.provenance) isn't in the form that ecocd writes.")
            }
        }
        let showsItems = ValueLine.showsItems(values)
        let lines = values.fields.map { line($0, provenance, showsItems: showsItems) }
        if common.json {
            return try Console.json(
                Answer(
                    bundle: path, withdrawn: isWithdrawn, certificate: provenance?.certificate, record: provenance?.record,
                    reference: provenance?.reference,
                    profile: provenance?.profile, values: lines))
        }
        show(lines, path, provenance)
        if isWithdrawn { Console.line("withdrawn  this certificate doesn't hold any more: ecocctl show \(vin)") }
    }

    private func line(_ field: Field, _ provenance: Provenance?, showsItems: Bool) -> ValueLine {
        let origin = provenance?.origin(of: FieldPath.write(field.key))
        return ValueLine(
            field, showsItems: showsItems, origin: origin?.kind ?? "unknown", column: origin?.column, name: origin?.name, line: origin?.line
        )
    }

    private func show(_ lines: [ValueLine], _ path: String, _ provenance: Provenance?) {
        ValueLine.show(lines)
        Console.line()
        Console.line("bundle     \(path)")
        guard let provenance else { return Console.line("origins    unknown: the bundle carries no \(BundleFile.provenance)") }
        let record = provenance.record
        Console.line(
            "record     row \(record.row) of \(Console.visible(record.file)), SHA-256 \(record.sha256), submission \(record.submission)")
        if let reference = provenance.reference { Console.line("reference  SHA-256 \(reference.sha256)") }
        Console.line("profile    source \(provenance.profile.source), SHA-256 \(provenance.profile.sha256)")
    }
}

/// `provenance.json` of a bundle as it is read (docs/bundle.md).
struct Provenance {
    let certificate: String
    let profile: Profile
    let record: Record
    let reference: Reference?
    /// By path, of the values that the file names.
    private let named: [String: Origin]
    /// Where all others came from; nil where there are none.
    private let others: String?

    struct Profile: Codable { var sha256, source: String }
    struct Record: Codable {
        var file: String
        var row: Int
        var sha256, submission: String
    }
    struct Reference: Codable { var sha256: String }

    struct Origin {
        /// `record`, `reference`, `constant` or `assigned`.
        var kind: String
        var column: Int?
        var name: String?
        var line: Int?
    }

    private struct File: Decodable {
        var certificate: String
        var format: Int
        var profile: Profile
        var record: Record
        var reference: Reference?
        var values: Values

        struct Values: Decodable {
            var assigned, constant: [String]
            var others: String?
            var record: [Cell]
        }

        struct Cell: Decodable {
            var element: String
            var column: Int?
            var name: String?
            var line: Int?
        }
    }

    init(_ bytes: [UInt8]) throws {
        let file = try JSONDecoder().decode(File.self, from: Data(bytes))
        guard file.format == 2 else { throw CocoaError(.fileReadUnknown) }
        (certificate, profile, record, reference) = (file.certificate, file.profile, file.record, file.reference)
        var origins: [String: Origin] = [:]
        for (kind, paths) in [("assigned", file.values.assigned), ("constant", file.values.constant)] {
            for path in paths { origins[path] = Origin(kind: kind) }
        }
        for cell in file.values.record {
            origins[cell.element] = Origin(kind: "record", column: cell.column, name: cell.name, line: cell.line)
        }
        named = origins
        others = file.values.others
    }

    func origin(of path: String) -> Origin? { named[path] ?? others.map { Origin(kind: $0) } }
}
