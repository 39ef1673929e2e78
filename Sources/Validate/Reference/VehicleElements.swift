public import Certificate

/// The elements in which a vehicle may differ from the reference data of its version: what no approval fixes, and what its source adds.
public struct VehicleElements: Sendable, Equatable {
    private let elements: Set<ElementID>

    /// What the approval leaves to the vehicle, by name; a group stands for all that is in it (docs/reference-data.md says why each).
    public static let byNature =
        ReferenceExtract.vehiclesOwn + [
            // The vehicle and the person who signs for it.
            "ProductionYearSmallSeries", "SigningAuthorityTable",
            // Where it goes, and under which name it is sold there.
            "CommercialNameTable", "RightLeftHandTraffic", "MetricImperialSpeedometer", "MetricImperialOdometer",
            "InServiceMaximumMassTable",
            "InServiceMaximumPermissibleLadenMassAxleTable", "InServiceMaximumPermissibleLadenMassAxleGroupTable",
            // Which of the approved tyres it stands on, and of which make.
            "TyreFittedProductionIndicator", "RollingResistanceClass",
            // What is simulated for each truck and bus.
            "VectoGroup",
        ]

    /// - Parameter overrides: further elements or groups, by name. One that the catalogue doesn't have is left out: the settings refuse it.
    public init(overrides: [String] = [], in catalogue: Catalogue = .initialVehicleInformation) {
        var elements: Set<ElementID> = []
        for name in Self.byNature + overrides {
            guard let element = catalogue.element(named: name) else { continue }
            for number in element.id.rawValue...element.lastDescendant.rawValue { elements.insert(ElementID(rawValue: number)) }
        }
        self.elements = elements
    }

    /// Those that every vehicle has.
    public static let own = VehicleElements()

    func contains(_ element: Element) -> Bool { elements.contains(element.id) }
}
