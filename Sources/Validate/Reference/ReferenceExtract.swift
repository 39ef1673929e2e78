public import Certificate

/// A certificate taken apart: what its version shares, and what was the vehicle's own (docs/reference-data.md lists it).
public struct ReferenceExtract: Sendable {
    /// Without the vehicle's own values and the header's new ones.
    public let reference: FieldValues
    /// The key's values and the vehicle's own, in the order of the message: what a row must give to make the same certificate again.
    public let vehicle: FieldValues

    /// The elements whose values belong to one vehicle, wherever they stand.
    public static let vehiclesOwn = [
        "IntendedCountryRegistration", "VehicleIdentificationNumber", "DateManufactureVehicle", "ProductionSequentialNumberSmallSeries",
        "SignatureDate", "ActualMass", "Colour", "WltpEmissionTestMass",
    ]

    /// - Parameter more: further elements that belong to the vehicle, by name.
    /// - Returns: nil when the message doesn't name approval, type, variant and version.
    public init?(_ message: FieldValues, vehiclesOwn more: [String] = []) {
        guard case .key = ReferenceKey.read(message) else { return nil }
        let own = Set(Self.vehiclesOwn + more)
        let key = Set(ReferenceKey.places.compactMap { $0.key() })
        var reference: [Field] = []
        var vehicle: [Field] = []
        for field in message.fields where !CertificateDraft.newInEachMessage.contains(field.key) {
            let isOwn = own.contains(field.key.resolve(in: .initialVehicleInformation).element.name)
            if !isOwn || key.contains(field.key) { reference.append(field) }
            if isOwn || key.contains(field.key) { vehicle.append(field) }
        }
        self.reference = FieldValues(reference)
        self.vehicle = FieldValues(vehicle)
    }
}
