public import Certificate

/// A record merged with its reference data and checked: all that is known before ecocd gives the header values.
public struct CertificateDraft: Sendable {
    /// Constants, reference record and record, in this order laid over each other.
    public let values: FieldValues
    /// The reference record that was used.
    public let reference: ReferenceRecord?
    public let findings: [Finding]

    public init(values: FieldValues, reference: ReferenceRecord?, findings: [Finding]) {
        self.values = values
        self.reference = reference
        self.findings = findings
    }

    /// Whether a certificate may be made of it: no finding is an error.
    public var isAcceptable: Bool { !findings.contains { $0.severity == .error } }

    /// The VIN as given; nil when it is missing. Sound when the draft is acceptable.
    public var vehicleIdentificationNumber: String? {
        Place.vehicleIdentificationNumber.key().flatMap { values[$0] }
    }

    /// The highest ManufacturerStageNumber: the stage that the message is about.
    public var stage: Int? { Vehicle(values).stage }

    /// The identity of the certificate in that version; nil when VIN or stage aren't sound.
    public func identity(version: Int) -> CertificateIdentity? {
        guard let text = vehicleIdentificationNumber, let number = try? VehicleIdentificationNumber(text), let stage else { return nil }
        return CertificateIdentity(vin: number, stage: stage, version: version)
    }
}

extension CertificateDraft {
    /// The content for telling a repetition from a correction: every value except the four header values that are new in each message,
    /// in document order, as name, group numbers and value. Says nothing about origins; doesn't change with the catalogue's numbering.
    public func contentDigestInput() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * 48)
        let catalogue = Catalogue.initialVehicleInformation
        for field in values.fields where !Self.newInEachMessage.contains(field.key) {
            Self.append(field.key, catalogue, to: &bytes)
            // XML can't carry NUL, so no value imitates the end of another.
            bytes.append(0)
            bytes.append(contentsOf: field.value.utf8)
            bytes.append(0)
        }
        return bytes
    }

    private static func append(_ key: FieldKey, _ catalogue: Catalogue, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: key.element(in: catalogue).name.utf8)
        key.forEachGroup(in: catalogue) { number in
            bytes.append(UInt8(ascii: "["))
            if number >= 100 { bytes.append(UInt8(ascii: "0") + UInt8(number / 100)) }
            if number >= 10 { bytes.append(UInt8(ascii: "0") + UInt8(number / 10 % 10)) }
            bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
            bytes.append(UInt8(ascii: "]"))
        }
    }

    static let newInEachMessage = Set(
        [Place.iviReferenceId, .iviVersionNumberXsd, .iviVersionNumber, .iviVersionDateTime].compactMap { $0.key() })
}
