@testable import Sign

/// A message as `MessageSealer` takes it.
struct PlainMessage {
    let bytes: [UInt8]
    let documentStart: Int
    let signatureOffset: Int
}

/// Messages to seal.
enum Messages {
    /// A small message in the generator's form, with escapes and letters beyond ASCII.
    static let plain: PlainMessage = {
        let body =
            "<Header><IviReferenceId>1</IviReferenceId></Header><CocDataGroup><VehicleIdentificationNumber>WVWZZZ1JZXW000001"
            + "</VehicleIdentificationNumber><Type>A &amp; B &lt;é&gt;\u{1F697}</Type><Remarks>line\nline&#xD;</Remarks></CocDataGroup>"
        return wrap(body)
    }()

    static func wrap(_ body: String, rootAttributes: String = "") -> PlainMessage {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        let start = "<InitialVehicleInformation xmlns=\"http://eu.ereg.initialvehicleinformation.v2\"\(rootAttributes)>"
        let bytes = Array((declaration + start + body + "</InitialVehicleInformation>").utf8)
        return PlainMessage(
            bytes: bytes, documentStart: declaration.utf8.count,
            signatureOffset: declaration.utf8.count + start.utf8.count + body.utf8.count)
    }

    static let sealed: [UInt8] = {
        do { return try seal(plain) } catch { fatalError("\(error)") }
    }()

    static func seal(_ message: PlainMessage, with key: SealKey = Authority.shared.key) throws -> [UInt8] {
        try MessageSealer(key: key).seal(
            message.bytes, documentStart: message.documentStart, signatureOffset: message.signatureOffset)
    }

    /// The sealed message with one text replaced by another; fails when it isn't there.
    static func replacing(_ old: String, by new: String, in bytes: [UInt8] = sealed) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { fatalError("no \(old) in the message") }
        return Array("\(parts[0])\(new)\(parts[1])".utf8)
    }
}
