import Certificate

/// What most rules ask about a vehicle, read once a record.
struct Vehicle {
    let category: VehicleCategory?
    let axles: [Axle]
    let sources: [Source]
    /// The numbers of the energy convertor groups.
    let convertors: [Int]
    /// The stage that the message is about: the highest of its manufacturers' stage numbers.
    let stage: Int?
    let hybridClass: String?
    /// PureElectricVehicleIndicator: nil when absent.
    let isPureElectric: Bool?

    /// One group of the axle table.
    struct Axle {
        let group: Int
        /// AxleNumber; nil when it is absent or no number.
        let number: Int?
        /// The groups of its tyre table.
        let tyres: [Int]
    }

    /// One energy source of one energy convertor.
    struct Source {
        let convertor: Int
        let group: Int
        let code: String?

        var isElectricity: Bool { code == "95" }
        var indices: [Int] { [convertor, group] }
    }

    init(_ values: FieldValues) {
        func text(_ place: Place, _ indices: [Int] = []) -> String? { place.key(indices).flatMap { values[$0] } }
        category = text(.vehicleCategory).flatMap { VehicleCategory($0) }
        axles = values.groups(of: Place.axleGroup.element).map { group in
            Axle(
                group: group, number: text(.axleNumber, [group]).flatMap { Int($0) },
                tyres: values.groups(of: Place.tyreAxleGroup.element, within: [group]))
        }
        convertors = values.groups(of: Place.energyConvertorGroup.element)
        sources = convertors.flatMap { convertor in
            values.groups(of: Place.energySourceGroup.element, within: [convertor]).map { group in
                Source(convertor: convertor, group: group, code: text(.energySource, [convertor, group]))
            }
        }
        stage = values.groups(of: Place.manufacturerGroup.element).compactMap { text(.manufacturerStageNumber, [$0]).flatMap { Int($0) } }
            .max()
        hybridClass = text(.classHybridVehicle)
        isPureElectric = text(.pureElectricVehicleIndicator).map { $0 == "Y" }
    }

    /// Whether the vehicle is charged from outside beside another source of energy; nil when a later stage leaves its class to
    /// an earlier one.
    var isOffVehicleChargingHybrid: Bool? {
        guard let hybridClass else { return (stage ?? 1) > 1 ? nil : false }
        return hybridClass.hasPrefix("OVC-")
    }

    /// A later stage may leave to the earlier ones what it doesn't change.
    var isFirstStage: Bool { (stage ?? 1) <= 1 }
}

/// A vehicle category such as `M1`, `N2G` or `L1e-B` (Regulations (EU) 2018/858, 167/2013 and 168/2013).
struct VehicleCategory {
    let code: String
    /// M, N, O, L, T, C, R or S.
    let letter: Character

    init?(_ code: String) {
        guard let letter = code.first else { return nil }
        self.code = code
        self.letter = letter
    }

    /// Without the supplements G (off-road) and S (special purpose): `N2` for `N2G`.
    var base: Substring { code.prefix(2) }

    /// Whether it has the supplement S, as in `M1S` and `N2GS`.
    var isSpecialPurpose: Bool { isRoadVehicle && code.dropFirst(2).contains("S") }

    /// Motor vehicles and trailers under Regulation (EU) 2018/858.
    var isRoadVehicle: Bool { "MNO".contains(letter) }
    /// Cars and vans, whose emissions are measured by WLTP.
    var isLightDuty: Bool { base == "M1" || base == "N1" }
}
