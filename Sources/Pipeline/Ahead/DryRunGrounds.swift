import Audit
public import Configuration
import Ingest
import Linux
import Spool
import Validate

/// What a look ahead at a file is judged by: the reference data in force, and what the ledger knows of earlier certificates. Both are only
/// read, beside a running daemon or without one, with the rights of whoever looks; where these don't suffice, it says so and why.
public struct DryRunGrounds: Sendable {
    /// Whether something could be asked.
    public enum Sight: Sendable, Equatable {
        case asked
        /// Nothing is there yet: the daemon has never run.
        case none
        /// The reason is a whole clause without its full stop.
        case closed(reason: String)
    }

    public let ledger, reference: Sight
    /// Why earlier certificates can't be compared with, though the ledger knows of them; nil when they can.
    public let archive: String?
    /// Nil where it isn't known what is in force.
    let library: ReferenceLibrary?
    /// Nil where the ledger can't be asked.
    let known: (any KnownCertificates)?
    let messages: EarlierMessages

    /// - Parameter referenceFolder: a folder whose files count as in force, whether they were ever received or not; nil: what is in force.
    /// - Throws: for a folder that can't be read, and for a file in it that is no reference data.
    public init(_ configuration: Configuration, referenceFolder: String? = nil) throws {
        let places = configuration.places
        (known, ledger) = Self.ledger(places.ledger)
        messages = EarlierMessages(spool: places.spool)
        archive = known is ReadOnlyLedger ? Self.barrier("\(places.spool)/\(Stage.archive.rawValue)") : nil
        switch (referenceFolder, ledger) {
        case (let folder?, _): (library, reference) = (try Self.library(folder), .asked)
        case (nil, .none): (library, reference) = try Self.inbox(configuration.reference.intake.path)
        case (nil, .asked): (library, reference) = Self.stored(places)
        case (nil, .closed(let reason)): (library, reference) = (nil, .closed(reason: reason))
        }
    }

    private static func ledger(_ path: String) -> ((any KnownCertificates)?, Sight) {
        do {
            // SQLite's own error doesn't say whether the file is missing or closed.
            _ = try Descriptor.open(path)
            return (try ReadOnlyLedger(path: path), .asked)
        } catch let error as SystemError where error.isNotFound {
            return (NoCertificates(), .none)
        } catch {
            return (nil, .closed(reason: "\(error)"))
        }
    }

    private static func stored(_ places: Configuration.Places) -> (ReferenceLibrary?, Sight) {
        do { return (try StoredReferences(places).library(), .asked) } catch { return (nil, .closed(reason: "\(error)")) }
    }

    /// Before the daemon's first start nothing is in force: what lies in the inbox is what there will be.
    private static func inbox(_ folder: String) throws -> (ReferenceLibrary?, Sight) {
        do { return (try library(folder), .none) } catch let error as SystemError {
            return error.isNotFound ? (ReferenceLibrary([]), .none) : (nil, .closed(reason: "\(error)"))
        }
    }

    private static func barrier(_ folder: String) -> String? {
        do {
            _ = try Directory(folder)
            return nil
        } catch { return error.isNotFound ? nil : "\(error)" }
    }

    /// All reference records of a folder; none without a folder.
    static func library(_ folder: String?) throws -> ReferenceLibrary {
        guard let folder else { return ReferenceLibrary([]) }
        return ReferenceLibrary(
            try Directory(folder).entries().compactMap(\.text).filter { isReference($0) }.sorted().flatMap { name in
                switch try ReferenceFile.read(path: "\(folder)/\(name)", name: name, today: .todayInUTC()) {
                case .sound(let candidates): return candidates.map(\.record)
                case .rejected(let findings): throw ReferenceRejection(name: name, findings: findings)
                }
            })
    }

    private static func isReference(_ name: String) -> Bool { !name.hasPrefix(".") && ReferenceFile.Kind(name: name) != nil }
}

/// Before the daemon's first start nothing was received or certified.
private struct NoCertificates: KnownCertificates {
    func firstSubmission(source: String, sha256: String, before submission: String) -> String? { nil }
    func certificate(vin: String, stage: Int) -> CertificateState? { nil }
    func certificate(vin: String, stage: Int, standingBelow version: Int) -> CertificateState? { nil }
    func certificate(referenceID: String) -> CertificateState? { nil }
}
