import Certificate
import FoundationEssentials
import Hashing

/// What a receipt says: learnt from our small JSON form, from the ending of its name, or not at all.
struct ReceiptContent: Sendable, Equatable {
    enum Outcome: String, Sendable { case accepted, rejected, unknown }

    /// The bundle's name without `.asice`: the stem of the receipt's name.
    let bundle: CertificateIdentity
    let outcome: Outcome
    let reference: String?
    let message: String?

    /// What can't be taken, and why.
    struct Refused: Error, Equatable { let finding: Finding }

    private struct Form: Decodable {
        var bundle: String
        var outcome: String
        var reference: String?
        var message: String?
    }

    /// - Parameter name: the receipt's file name, UTF-8 without control characters.
    init(name: String, bytes: [UInt8]) throws(Refused) {
        guard let dot = name.firstIndex(of: "."), let identity = CertificateIdentity(name: name[..<dot]) else {
            throw Refused(finding: ReceiptRule.name.finding("The name '\(name)' doesn't begin with a bundle's name and a dot."))
        }
        guard !name[dot...].hasPrefix(".withdrawn.") else {
            throw Refused(
                finding: ReceiptRule.unknownBundle.finding("It answers the notice of a withdrawal, and such answers aren't taken."))
        }
        bundle = identity
        let ending: Outcome? = name.hasSuffix(".accepted") ? .accepted : name.hasSuffix(".rejected") ? .rejected : nil
        guard let form = Self.form(bytes) else {
            (outcome, reference, message) = (ending ?? .unknown, nil, nil)
            return
        }
        guard form.bundle == identity.name || form.bundle == "\(identity.name).asice" else {
            let other = Self.line(form.bundle, 100)
            throw Refused(finding: ReceiptRule.otherBundle.finding("It is named after \(identity.name), but speaks of '\(other)'."))
        }
        guard let said = Outcome(rawValue: form.outcome), said != .unknown, ending == nil || ending == said else {
            throw Refused(
                finding: ReceiptRule.outcome.finding(
                    "Its outcome is '\(Self.line(form.outcome, 100))'\(ending.map { ", its name says \($0.rawValue)" } ?? "")."))
        }
        outcome = said
        reference = form.reference.map { Self.line($0, 200) }.flatMap { $0.isEmpty ? nil : $0 }
        message = form.message.map { Self.line($0, 1_000) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Nil for any other content, however near it comes.
    private static func form(_ bytes: [UInt8]) -> Form? {
        guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return nil }
        return try? JSONDecoder().decode(Form.self, from: Data(bytes))
    }

    /// One line of at most so many characters: control characters, and marks that turn the direction of writing around, become spaces.
    private static func line(_ text: String, _ limit: Int) -> String {
        let scalars = text.unicodeScalars.prefix(limit).map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: " "
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
