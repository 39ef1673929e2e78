/// What tells one certificate from every other: the vehicle, the stage of its manufacture and the version of the certificate.
public struct CertificateIdentity: Sendable, Hashable, CustomStringConvertible {
    public let vin: VehicleIdentificationNumber
    /// `ManufacturerStageNumber`: 0...99, 1 for a vehicle made in one stage.
    public let stage: Int
    /// `IviVersionNumber`: 0...99, 1 for the first certificate, one more for each correction.
    public let version: Int

    /// - Returns: nil when the stage or the version isn't within 0...99.
    public init?(vin: VehicleIdentificationNumber, stage: Int, version: Int) {
        guard 0...99 ~= stage, 0...99 ~= version else { return nil }
        self.vin = vin
        self.stage = stage
        self.version = version
    }

    /// Reads a `name` back; nil when the text isn't exactly one.
    public init?(name: some StringProtocol) {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].hasPrefix("v"), let vin = try? VehicleIdentificationNumber(String(parts[0])),
            let stage = Int(parts[1]), let version = Int(parts[2].dropFirst())
        else { return nil }
        self.init(vin: vin, stage: stage, version: version)
        guard self.name == name else { return nil }
    }

    /// `<VIN>-<stage>-v<version>`: the stem of the certificate's file names. It holds only A-Z, 0-9, `-` and `v`.
    public var name: String { "\(vin)-\(stage)-v\(version)" }

    public var description: String { name }
}
