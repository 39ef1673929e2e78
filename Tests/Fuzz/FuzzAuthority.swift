import Foundation
@testable import Sign

/// Keys that stay the same from run to run, so that kept inputs mean the same: in the folder of `make fuzz`, made where there are none.
struct FuzzAuthority {
    let trusted: [UInt8]
    let key: SealKey
    let keyPEM: [UInt8]
    let certificatesPEM: [UInt8]
    /// A time-stamping authority to trust, where its certificate was put into the folder.
    let stamps: [UInt8]?

    /// Within the certificates' validity.
    let time = ASN1Time.now

    static let folder = ProcessInfo.processInfo.environment["ECOCD_FUZZ_FOLDER"] ?? ".build/fuzz-inputs"

    init() throws {
        let keys = "\(Self.folder)/keys"
        if !FileManager.default.fileExists(atPath: "\(keys)/seal.pem") {
            try FileManager.default.createDirectory(atPath: keys, withIntermediateDirectories: true)
            try DemoAuthority.create(in: keys, organisation: "Fuzz", days: 3650)
        }
        func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
        trusted = try read("\(keys)/ca.pem")
        keyPEM = try read("\(keys)/seal.key")
        certificatesPEM = try read("\(keys)/seal.pem")
        key = try SealKey(keyPEM: keyPEM, certificatesPEM: [certificatesPEM], trustedPEM: trusted)
        stamps = try? read("\(Self.folder)/stamps/ca.pem")
    }

    /// What the detached signatures are over.
    static let content = Array("the manifest".utf8)

    static let vin = "WZAM1A1BXTA000017"

    /// A message as the generator writes it, sealed.
    func sealedMessage() throws -> [UInt8] {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        let body =
            declaration + "<InitialVehicleInformation xmlns=\"http://eu.ereg.initialvehicleinformation.v2\"><Header><IviReferenceId>1"
            + "</IviReferenceId></Header><Body><CocDataGroup><VehicleIdentificationNumber>\(Self.vin)</VehicleIdentificationNumber><Type>"
            + "A &amp; B &lt;é&gt;&#xD;</Type></CocDataGroup></Body>"
        return try MessageSealer(key: key).seal(
            Array("\(body)</InitialVehicleInformation>".utf8), documentStart: declaration.utf8.count, signatureOffset: body.utf8.count)
    }
}
