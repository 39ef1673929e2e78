public import Certificate

/// What the rules must know about a record besides its values.
public struct RecordContext: Sendable {
    /// The row of the submission, from 1 (the header is row 1).
    public let row: Int
    /// The name that the ERP gave to the place `Origin.record(n)` speaks of; nil where it has none.
    public let columnName: @Sendable (Int) -> String?
    /// The text that was received for a value of the record; nil where it is the value itself.
    public let receivedText: @Sendable (FieldKey) -> String?
    /// The date on which the record is checked; nothing may be manufactured later.
    public let today: CalendarDate
    /// Whether ecocd gives the header values that must be new (reference id, version numbers, date-time) later, so that they
    /// aren't demanded.
    public let headerAssigned: Bool
    /// Whether a record without matching reference data is refused even when it is complete by itself.
    public let referenceRequired: Bool
    /// The manufacturers and representatives for whom the record may be sealed; empty: that isn't judged.
    public let manufacturers: Set<String>
    /// The elements in which the record may differ from its reference data.
    public let vehiclesOwn: VehicleElements

    public init(
        row: Int, today: CalendarDate, headerAssigned: Bool = true, referenceRequired: Bool = false, manufacturers: Set<String> = [],
        vehiclesOwn: VehicleElements = .own, columnName: @escaping @Sendable (Int) -> String? = { _ in nil },
        receivedText: @escaping @Sendable (FieldKey) -> String? = { _ in nil }
    ) {
        self.row = row
        self.today = today
        self.headerAssigned = headerAssigned
        self.referenceRequired = referenceRequired
        self.manufacturers = manufacturers
        self.vehiclesOwn = vehiclesOwn
        self.columnName = columnName
        self.receivedText = receivedText
    }
}
