import Foundation
import Hashing

@testable import Publish
@testable import Sign

/// A sealed message with what a bundle needs, made once a run.
struct BundleFixture: Sendable {
    let trustedPEM: [UInt8]
    let key: SealKey
    /// Another key of the same authority, for another organisation.
    let otherKey: SealKey
    /// Another key of the same authority and organisation.
    let renewedKey: SealKey

    static let vin = "WVWZZZ1JZXW000001"
    static let signingTime = ASN1Time.now - 600
    static let shared = make()

    private static func make() -> BundleFixture {
        let start = ASN1Time.now - 3600
        func template(_ organisation: String) -> CertificateTemplate {
            CertificateTemplate(commonName: "Seal", organisation: organisation, bits: 2048, notBefore: start, notAfter: start + 86400)
        }
        do {
            var root = template("Authority")
            root.isAuthority = true
            root.keyUsage = "critical,keyCertSign"
            let issuer = try CertificateIssuer(root)
            func key(_ organisation: String) throws -> SealKey {
                let issued = try CertificateIssuer(template(organisation), issuer: issuer)
                return try SealKey(
                    keyPEM: issued.keyPEM(), certificatesPEM: [issued.certificatePEM()], trustedPEM: issuer.certificatePEM())
            }
            return BundleFixture(
                trustedPEM: try issuer.certificatePEM(), key: try key("Maker"), otherKey: try key("Other"), renewedKey: try key("Maker"))
        } catch { fatalError("the test authority can't be made: \(error)") }
    }

    /// A sealed message of about 12 KB.
    static func message(vin: String = vin, key: SealKey = shared.key) throws -> [UInt8] {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        var text = declaration + "<InitialVehicleInformation xmlns=\"http://eu.ereg.initialvehicleinformation.v2\">"
        text += "<Header><IviReferenceId>1</IviReferenceId></Header><CocDataGroup>"
        text += "<VehicleIdentificationNumber>\(vin)</VehicleIdentificationNumber><RemarksTable>"
        for line in 0..<120 { text += "<RemarksGroup><Remark>line \(line) of the remarks &amp; more</Remark></RemarksGroup>" }
        text += "</RemarksTable></CocDataGroup>"
        let offset = text.utf8.count
        let bytes = Array((text + "</InitialVehicleInformation>").utf8)
        return try MessageSealer(key: key).seal(bytes, documentStart: declaration.utf8.count, signatureOffset: offset)
    }

    static let sealed: [UInt8] = {
        do { return try message() } catch { fatalError("\(error)") }
    }()

    /// As much of a reading copy as a verifier looks at.
    static func page(of message: [UInt8], vin: String = vin) -> [UInt8] {
        Array("<!DOCTYPE html><title>\(vin)</title><p>\(SHA256.hexadecimal(of: message))</p>".utf8)
    }

    static let entries = [
        BundleEntry(name: "\(vin).xml", bytes: sealed),
        BundleEntry(name: "certificate.html", bytes: page(of: sealed)),
        BundleEntry(name: "notes/empty.txt", bytes: []),
    ]

    static func bundle(_ entries: [BundleEntry] = entries, key: SealKey = shared.key, modified: Int = signingTime) throws -> [UInt8] {
        let signer = DetachedSigner(key: key)
        return try BundleWriter.write(entries: entries, modified: modified) { manifest throws(SealError) in
            try signer.sign(manifest, signingTime: signingTime)
        }
    }

    /// The other kind of container: the notice of a withdrawal.
    static func notice() throws -> [UInt8] {
        let signer = DetachedSigner(key: shared.key)
        let content = BundleEntry(name: "withdrawal.json", bytes: Array("{\"reason\":\"a mistake\"}".utf8))
        return try BundleWriter.writeNotice(content, modified: signingTime) { manifest throws(SealError) in
            try signer.sign(manifest, signingTime: signingTime)
        }
    }

    static let whole: [UInt8] = {
        do { return try bundle() } catch { fatalError("\(error)") }
    }()

    static let verifier: BundleVerifier = {
        do { return try BundleVerifier(trustedPEM: shared.trustedPEM) } catch { fatalError("\(error)") }
    }()

    /// What a bundle of stored entries holds, for a forger to change.
    static func honestEntries(
        _ entries: [BundleEntry] = entries, manifestOf listed: [BundleEntry]? = nil, key: SealKey = shared.key
    ) throws -> [ForgedEntry] {
        let manifest = ASiCManifest(of: listed ?? entries).bytes
        let signature = try DetachedSigner(key: key).sign(manifest, signingTime: signingTime)
        return [ForgedEntry(ContainerFormat.mimetypeName, ContainerFormat.mimetype)] + entries.map { ForgedEntry($0.name, $0.bytes) }
            + [ForgedEntry(ContainerFormat.manifestName, manifest), ForgedEntry(ContainerFormat.signatureName, signature)]
    }
}

/// One entry of a ZIP container made by hand; the defaults are honest.
struct ForgedEntry {
    var name: String
    var bytes: [UInt8]
    var localName: String?
    var localBytesInHeader: Int?
    var flags: UInt16 = 0
    var method: UInt16 = 0
    /// What the central directory says; nil is the true size.
    var claimedSize: Int?
    var localExtra: [UInt8] = []
    var centralExtra: [UInt8] = []
    var comment: [UInt8] = []
    var unixMode: UInt32 = 0o100644
    var madeBy: UInt16 = 0x0314
    var versionNeeded: UInt16?
    var internalAttributes: UInt16 = 0
    /// The lower half of the external attributes.
    var dosAttributes: UInt32 = 0
    var dosTime = ContainerLayout.dosTime(BundleFixture.signingTime) ?? 0
    /// Sizes and checksum behind the data instead of in the local header.
    var hasDescriptor = false
    /// What the CRC and the size are of, where `bytes` are deflated.
    var inflated: [UInt8]?
    var isInDirectory = true
    /// Bytes between this entry and the next.
    var gap: [UInt8] = []

    init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Writes ZIP containers, honest or not.
enum ContainerForge {
    static func write(_ entries: [ForgedEntry], prefix: [UInt8] = [], suffix: [UInt8] = [], comment: [UInt8] = []) -> [UInt8] {
        var bytes = prefix
        var directory: [UInt8] = []
        var count: UInt16 = 0
        for entry in entries {
            let offset = bytes.count
            bytes += header(entry, isLocal: true, offset: offset) + entry.bytes + descriptor(of: entry) + entry.gap
            guard entry.isInDirectory else { continue }
            count += 1
            directory += header(entry, isLocal: false, offset: offset)
        }
        let start = bytes.count
        bytes += directory
        bytes.append(littleEndian: ContainerFormat.endSignature)
        bytes.append(littleEndian: UInt32(0))
        bytes.append(littleEndian: count)
        bytes.append(littleEndian: count)
        bytes.append(littleEndian: UInt32(directory.count))
        bytes.append(littleEndian: UInt32(start))
        bytes.append(littleEndian: UInt16(comment.count))
        return bytes + comment + suffix
    }

    private static func descriptor(of entry: ForgedEntry) -> [UInt8] {
        guard entry.hasDescriptor else { return [] }
        var bytes: [UInt8] = []
        bytes.append(littleEndian: ContainerFormat.descriptorSignature)
        bytes.append(littleEndian: checksum(entry.inflated ?? entry.bytes))
        bytes.append(littleEndian: UInt32(entry.bytes.count))
        bytes.append(littleEndian: UInt32(entry.inflated?.count ?? entry.bytes.count))
        return bytes
    }

    private static func header(_ entry: ForgedEntry, isLocal: Bool, offset: Int) -> [UInt8] {
        let name = Array((isLocal ? entry.localName ?? entry.name : entry.name).utf8)
        let extra = isLocal ? entry.localExtra : entry.centralExtra
        let trueSize = entry.inflated?.count ?? entry.bytes.count
        let size = isLocal ? entry.localBytesInHeader ?? trueSize : entry.claimedSize ?? trueSize
        let isLeftOut = isLocal && entry.hasDescriptor
        var bytes: [UInt8] = []
        bytes.append(littleEndian: isLocal ? ContainerFormat.localSignature : ContainerFormat.centralSignature)
        if !isLocal { bytes.append(littleEndian: entry.madeBy) }
        bytes.append(littleEndian: entry.versionNeeded ?? (entry.method == 0 ? 10 : 20))
        bytes.append(littleEndian: entry.flags | (entry.hasDescriptor ? 8 : 0))
        bytes.append(littleEndian: entry.method)
        bytes.append(littleEndian: entry.dosTime)
        bytes.append(littleEndian: isLeftOut ? 0 : checksum(entry.inflated ?? entry.bytes))
        bytes.append(littleEndian: isLeftOut ? 0 : UInt32(entry.bytes.count))
        bytes.append(littleEndian: isLeftOut ? 0 : UInt32(size))
        bytes.append(littleEndian: UInt16(name.count))
        bytes.append(littleEndian: UInt16(extra.count))
        if !isLocal {
            bytes.append(littleEndian: UInt16(entry.comment.count))
            bytes.append(littleEndian: UInt16(0))  // disk
            bytes.append(littleEndian: entry.internalAttributes)
            bytes.append(littleEndian: entry.unixMode << 16 | entry.dosAttributes)
            bytes.append(littleEndian: UInt32(offset))
        }
        return bytes + name + extra + (isLocal ? [] : entry.comment)
    }

    /// CRC-32 as ZIP has it.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var register: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 { register = register >> 1 ^ (register & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~register
    }
}
