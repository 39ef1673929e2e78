import Audit
public import Configuration
import Foundation
import TOML

/// The name that the ledger goes by for life: `<organisation>/ecoc`, and a number for each volume. Every signed head and every proof carries it.
///
/// A new ledger is named after `organisation`, and without that after the organisation that the seal was issued for. Later starts take the name
/// from the ledger itself, so that neither a renewed seal nor a changed setting gives a ledger two names.
public struct LedgerName {
    /// The origin of the first volume.
    let origin: String

    /// - Parameter sealOrganisation: asked only where a new ledger has no other name.
    /// - Throws: `ConfigurationError` when the settings want a name that the ledger hasn't, or that it must not get.
    init(_ configuration: Configuration, sealOrganisation: () throws -> String?) throws {
        if let organisation = try Self.organisation(ofLedgerIn: configuration) {
            origin = "\(organisation)\(Self.ending)"
        } else if let organisation = configuration.organisation {
            origin = "\(organisation)\(Self.ending)"
        } else if let name = try sealOrganisation().flatMap(Self.plain) {
            origin = "\(name)\(Self.ending)"
        } else {
            throw ConfigurationError(
                file: configuration.path, message: "'organisation' is missing, and the seal's organisation can't stand for it",
                remedy: "Set it to the internet domain of the organisation: the ledger is named after it.")
        }
    }

    /// What is wrong with `organisation`, judged by the settings and the ledger alone; nil when nothing is.
    public static func problem(_ configuration: Configuration) -> ConfigurationError? {
        do {
            _ = try organisation(ofLedgerIn: configuration)
            return nil
        } catch { return error }
    }

    private static let ending = "/ecoc/1"

    /// - Returns: nil when there is no ledger yet, or one whose name can't be read: what is wrong with that is for its opening to say.
    private static func organisation(ofLedgerIn configuration: Configuration) throws(ConfigurationError) -> String? {
        guard let origin = (try? LedgerReader(path: configuration.ledger).head()).flatMap(CheckpointNote.init)?.origin else {
            if let organisation = configuration.organisation, isPlaceholder(organisation), !isThere(configuration.ledger) {
                throw fault(
                    configuration, "'organisation = \"\(organisation)\"' is an example, and the ledger is named after it for life",
                    "Write your internet domain, or remove the line: the ledger is then named after the organisation of the seal.")
            }
            return nil
        }
        // A ledger of somebody else's making may have any name.
        guard let volume = VolumeName(origin), let end = volume.origin.range(of: "/ecoc/", options: .backwards) else { return nil }
        let name = String(origin[..<end.lowerBound])
        guard let wanted = configuration.organisation, wanted != name else { return name }
        throw fault(
            configuration,
            "'organisation = \"\(wanted)\"' isn't the name of the ledger in \(configuration.state), which is \"\(name)\"",
            "A ledger keeps its name for life, because its signed heads and the proofs in delivered bundles carry it: write organisation = "
                + "\"\(name)\" again. The organisation's own name may change all the same; the seal and the certificates carry that.")
    }

    /// Domains that stand in examples (RFC 2606, section 3).
    private static func isPlaceholder(_ organisation: String) -> Bool {
        let name = organisation.lowercased()
        return ["example.org", "example.com", "example.net"].contains { name == $0 || name.hasSuffix(".\($0)") }
    }

    private static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Lower-case letters, digits and hyphens; nil when nothing of the name is left.
    static func plain(_ organisation: String) -> String? {
        let letters = organisation.decomposedStringWithCanonicalMapping.lowercased().utf8
        let words = letters.filter { $0 < 0x80 }.split { !(0x61...0x7A ~= $0 || 0x30...0x39 ~= $0) }
        guard !words.isEmpty else { return nil }
        return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
    }

    private static func fault(_ configuration: Configuration, _ message: String, _ remedy: String) -> ConfigurationError {
        let position = configuration.files.first.flatMap { try? TOMLDocument($0.bytes).root["organisation"]?.value.position }
        return ConfigurationError(
            file: configuration.path, line: position?.line, column: position?.column, message: message, remedy: remedy)
    }
}
