import ArgumentParser
import Audit
import Certificate
import FoundationEssentials
import Linux
import Pipeline
import Publish
import Validate

/// `ecocctl reference import`: a reference record out of a certificate. Needs no daemon.
struct ReferenceImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Make reference data out of an existing certificate.",
        discussion: """
            Leaves out what is the vehicle's own: \(ReferenceExtract.vehiclesOwn.joined(separator: ", ")), and the header values that are new in \
            each message. Exit code 1 when the certificate isn't known, or doesn't name approval, type, variant and version.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "An IVI message (.xml), a bundle (.asice), or the VIN of a published vehicle.")
    var certificate: String

    @Option(
        help: ArgumentHelp("A further element that is the vehicle's own, such as WltpCo2Combined. May be repeated.", valueName: "element"))
    var vehicle: [String] = []

    @Option(help: ArgumentHelp("The first day of manufacture it is for.", valueName: "YYYY-MM-DD"))
    var validFrom: String?

    @Option(help: ArgumentHelp("The last day of manufacture it is for.", valueName: "YYYY-MM-DD"))
    var validTo: String?

    @Option(help: ArgumentHelp("Write the reference data into this new file. Default: print it.", valueName: "file"))
    var output: String?

    @Flag(help: "Drop it into the spool's reference folder, where the daemon takes it.")
    var drop = false

    @Option(
        help: ArgumentHelp(
            "Write what was left out into this new file: a CSV row that makes the same certificate again.", valueName: "file"))
    var row: String?

    private struct Answer: Encodable {
        let approval, type, variant, version: String
        let elements: Int
        /// The paths of the vehicle's own values.
        let leftOut: [String]
        let file: String?
        let xml: String?
    }

    func run() throws {
        for name in vehicle where Catalogue.initialVehicleInformation.element(named: name)?.isValue != true {
            throw CommandRefusal(.usage, "IVI 2.0 has no value '\(name)'. docs/catalogue.md lists them.")
        }
        let validity: Validity
        do { validity = try Validity(from: validFrom, to: validTo) } catch { throw CommandRefusal(.usage, "\(error)") }
        let message: FieldValues
        do { message = try MessageReader.read(try messageBytes()).values } catch let failure as MessageReadingFailure {
            throw CommandRefusal(.usage, "\(certificate): \(failure)")
        }
        guard let extract = ReferenceExtract(message, vehiclesOwn: vehicle) else {
            throw CommandRefusal(.no, "\(certificate) doesn't name approval number, type, variant and version.")
        }
        try show(extract, ReferenceText.write(extract.reference, validity: validity))
    }

    private func show(_ extract: ReferenceExtract, _ xml: [UInt8]) throws {
        func value(_ name: String) -> String { (try? FieldPath.parse(name)).flatMap { extract.reference[$0] } ?? "" }
        let key = ["TypeApprovalNumber", "Type", "Variant", "Version"]
        let own = extract.vehicle.fields.map { FieldPath.write($0.key) }.filter { path in !key.contains { path == "CocDataGroup.\($0)" } }
        if let row { try write(Self.csv(extract.vehicle), to: row) }
        let file = try deliver(xml, value("Version"))
        if common.json {
            return try Console.json(
                Answer(
                    approval: value("TypeApprovalNumber"), type: value("Type"), variant: value("Variant"), version: value("Version"),
                    elements: extract.reference.count, leftOut: own, file: file,
                    xml: file == nil ? String(decoding: xml, as: UTF8.self) : nil))
        }
        guard let file else { return print(String(decoding: xml, as: UTF8.self), terminator: "") }
        Console.line("\(file): \(extract.reference.count) values for \(key.map(value).joined(separator: ", "))")
        Console.line("left out, as the vehicle's own: \(own.joined(separator: ", "))")
    }

    // MARK: In

    private func messageBytes() throws -> [UInt8] {
        if FileManager.default.fileExists(atPath: certificate) { return try message(in: read(certificate), certificate) }
        guard (try? VehicleIdentificationNumber(certificate)) != nil else {
            throw CommandRefusal(.usage, "'\(certificate)' is neither a file nor a VIN.")
        }
        let places = try common.places()
        let published: CertificateState?
        do {
            published = try LedgerHistory(path: places.ledger).certificates(vin: certificate).last { $0.state >= .published }
        } catch { throw CommandRefusal(.usage, "\(error)") }
        guard let published, let bundle = published.bundle else {
            throw CommandRefusal(.no, "No certificate of \(certificate) is published.")
        }
        let path = "\(places.spool)/archive/\(published.submission)/bundles/\(bundle)"
        return try message(in: read(path), path)
    }

    private func read(_ path: String) throws -> [UInt8] {
        do { return try Descriptor.open(path).readAll(limit: VerifyCommand.maximumBytes) } catch {
            throw CommandRefusal(.usage, "\(error)")
        }
    }

    private func message(in bytes: [UInt8], _ path: String) throws -> [UInt8] {
        // A bundle is a ZIP file.
        guard bytes.starts(with: [0x50, 0x4B]) else { return bytes }
        do {
            if let message = try BundleContents(reading: bytes).message { return message.bytes }
        } catch { throw CommandRefusal(.usage, "\(path): \(error)") }
        throw CommandRefusal(.usage, "\(path) doesn't hold one message.")
    }

    // MARK: Out

    /// - Returns: the path written to, or nil when the reference data is to be printed.
    private func deliver(_ xml: [UInt8], _ version: String) throws -> String? {
        if let output { try write(xml, to: output) }
        guard drop else { return output }
        let plain = String(
            version.unicodeScalars.map { $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0) ? Character($0) : "-" })
        let name = "import-\(plain)-\(Timestamp.now().text.filter { $0.isNumber }).xml"
        let path = "\(try common.places().spool)/reference/\(name)"
        do {
            let inbox = try Directory("\(common.places().spool)/reference")
            try inbox.writeFile(".\(name).part", xml)
            try inbox.renameNoReplace(".\(name).part", to: inbox, as: name)
            try inbox.sync()
        } catch { throw CommandRefusal(.usage, "\(error)") }
        return path
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        do { try Directory(parts.count == 1 ? "." : folder.isEmpty ? "/" : folder).writeFile(String(parts.last ?? ""), bytes) } catch {
            throw CommandRefusal(.usage, "\(error)")
        }
    }

    /// Two rows: paths and values (RFC 4180).
    private static func csv(_ values: FieldValues) -> [UInt8] {
        func line(_ cells: [String]) -> String {
            cells.map { cell in
                cell.contains { ",\"\r\n".contains($0) } ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
            }.joined(separator: ",") + "\r\n"
        }
        return Array((line(values.fields.map { FieldPath.write($0.key) }) + line(values.fields.map(\.value))).utf8)
    }
}
