import Certificate

/// How often a vehicle must have an element: once, or on each axle, tyre, energy convertor and so on.
enum ItemFrame: String, Sendable, CaseIterable {
    case vehicle
    case axle
    case axleButLast = "axle-but-last"
    case lastAxle = "last-axle"
    case tyre
    case convertor
    case fuel
    case electricity
    case towedMass = "towed-mass"

    /// For a sentence: `on each axle`.
    var words: String {
        switch self {
        case .vehicle: ""
        case .axle: "on each axle"
        case .axleButLast: "on each axle but the last"
        case .lastAxle: "on the last axle"
        case .tyre: "for each tyre"
        case .convertor: "for each engine and motor"
        case .fuel: "for each fuel"
        case .electricity: "for each energy source 95 (electricity)"
        case .towedMass: "for each towable mass"
        }
    }

    /// The group numbers of each of them. A vehicle without axles, tyres or engines lacks what the first one should have.
    func groups(_ check: CheckContext) -> [[Int]] {
        switch self {
        case .vehicle: [[]]
        case .axle: Self.axles(check)
        case .axleButLast: check.vehicle.axles.isEmpty ? Self.firstOfSeveral(check) : Self.axles(check) { $0 < $1 }
        case .lastAxle: Self.axles(check) { $0 == $1 }
        case .tyre:
            Self.axles(check).flatMap { axle in
                let tyres = check.groups(.tyreAxleGroup, axle)
                return (tyres.isEmpty ? [1] : tyres).map { axle + [$0] }
            }
        case .convertor: check.vehicle.convertors.isEmpty ? [[1]] : check.vehicle.convertors.map { [$0] }
        case .fuel: check.vehicle.sources.filter { $0.code != nil && !$0.isElectricity }.map(\.indices)
        case .electricity: check.vehicle.sources.filter(\.isElectricity).map(\.indices)
        case .towedMass:
            check.groups(.towingBrakedTypeTrailGroup).flatMap { outer in
                check.groups(.bodyworkTypeGroup, [outer]).map { [outer, $0] }
                    .filter { check.isPresent(.technicallyPermissibleMaximumTowableMass, $0) }
            }
        }
    }

    /// A crawler (category C) may have none.
    private static func axles(_ check: CheckContext) -> [[Int]] {
        if check.vehicle.axles.isEmpty { return check.vehicle.category?.letter == "C" ? [] : [[1]] }
        return check.vehicle.axles.map { [$0.group] }
    }

    /// The axles whose number compares so with the count of axles.
    private static func axles(_ check: CheckContext, where compares: (Int, Int) -> Bool) -> [[Int]] {
        let axles = check.vehicle.axles
        return axles.filter { axle in axle.number.map { 1...axles.count ~= $0 && compares($0, axles.count) } ?? false }.map { [$0.group] }
    }

    /// Without an axle table only a vehicle that says it has several axles is known to have a first one with a spacing.
    private static func firstOfSeveral(_ check: CheckContext) -> [[Int]] {
        (check.number(.numberOfAxles) ?? 0) > 1 ? [[1]] : []
    }

    /// Where that is, as people count: `tyre 1 of axle 2`; nil for the vehicle as a whole.
    func place(_ indices: [Int], _ check: CheckContext) -> String? {
        switch self {
        case .vehicle: nil
        case .axle, .axleButLast, .lastAxle: check.axleTitle(indices)
        case .tyre: "tyre \(indices.last ?? 1) of \(check.axleTitle(indices))"
        case .convertor: "energy convertor \(indices.first ?? 1)"
        case .fuel, .electricity: "energy source \(check.text(.energySource, indices) ?? "?") of energy convertor \(indices.first ?? 1)"
        case .towedMass: "the towable mass of group \(indices.map(String.init).joined(separator: "."))"
        }
    }
}

extension CheckContext {
    fileprivate func axleTitle(_ indices: [Int]) -> String {
        vehicle.axles.first { $0.group == indices.first }?.title ?? "axle \(indices.first ?? 1)"
    }
}
