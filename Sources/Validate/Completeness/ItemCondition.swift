import Certificate

/// What makes an element of the table of items demanded or forbidden besides category and completion.
enum ItemCondition: String, Sendable, CaseIterable {
    case smallSeries = "small-series"
    case notSmallSeries = "not-small-series"
    case firstStage = "first-stage"
    case laterStage = "later-stage"
    case provisional
    case notProvisional = "not-provisional"
    case massTo2585 = "mass-to-2585"
    case massTo2355 = "mass-to-2355"
    case poweredAxle = "powered-axle"
    case tows
    case towingTable = "towing-table"
    case combinationMass = "combination-mass"
    case noDrawbarBody = "no-drawbar-body"
    case burnsWithoutPrinciple = "burns-without-principle"
    case burnsWithoutCapacity = "burns-without-capacity"
    case hasCapacity = "has-capacity"
    case hasNoCapacity = "has-no-capacity"
    case hasCylindersByCapacity = "has-cylinders-by-capacity"
    case hasEngine = "has-engine"
    case electricityAndFuel = "electricity-and-fuel"
    case burnsSomething = "burns-something"
    case dualFuel = "dual-fuel"
    case severalMotors = "several-motors"
    case noConsolidatedPower = "no-consolidated-power"
    case brakedTrailer = "braked-trailer"
    case doorsBySide = "doors-by-side"
    case testedWithoutCharging = "tested-without-charging"
    case testedWithCharging = "tested-with-charging"
    case electricAndTested = "electric-and-tested"
    case chargedAndTested = "charged-and-tested"
    case notChargedOutside = "not-charged-outside"
    case ecoInnovations = "eco-innovations"
    case noEcoInnovations = "no-eco-innovations"

    /// As the end of a sentence that begins with what is demanded or forbidden.
    var words: String {
        switch self {
        case .smallSeries: "where TypeApprovalType is a small series (ESS, NSS)"
        case .notSmallSeries: "where TypeApprovalType is EU"
        case .firstStage: "where ManufacturerStageNumber is 1"
        case .laterStage: "where ManufacturerStageNumber is more than 1"
        case .provisional: "where ProvisionalTypeApprovalIndicator is Y"
        case .notProvisional: "where ProvisionalTypeApprovalIndicator is N"
        case .massTo2585: "where MassInRunningOrder is at most 2585 kg"
        case .massTo2355: "where MassInRunningOrder is at most 2355 kg"
        case .poweredAxle: "where an axle is powered"
        case .tows: "where a towable mass is above 0"
        case .towingTable: "where TowingBrakedTypeTrailTable is present"
        case .combinationMass: "where a mass of the combination is given"
        case .noDrawbarBody: "where CodeForBodywork isn't DB (drawbar trailer)"
        case .burnsWithoutPrinciple: "where it burns fuel and WorkingPrinciple isn't INTCI or INTPI"
        case .burnsWithoutCapacity: "where it burns fuel and has no EngineCapacity"
        case .hasCapacity: "where it has an EngineCapacity"
        case .hasNoCapacity: "where its engine has no EngineCapacity"
        case .hasCylindersByCapacity: "where it has an EngineCapacity and isn't a rotary engine"
        case .hasEngine: "where an energy convertor has an EngineCapacity"
        case .electricityAndFuel: "where the energy sources are electricity and another"
        case .burnsSomething: "where an energy source isn't electricity"
        case .dualFuel: "where FuelType is D"
        case .severalMotors: "where several energy sources are electricity"
        case .noConsolidatedPower: "where no consolidated power is given"
        case .brakedTrailer: "where BrakedTypeTrail is BRK"
        case .doorsBySide: "where ConfigurationDoorsGroup is present"
        case .testedWithoutCharging: "where test mass and EngineCapacity are given and the vehicle isn't charged from outside"
        case .testedWithCharging: "where test mass and EngineCapacity are given and ClassHybridVehicle is OVC"
        case .electricAndTested: "where every energy source is electricity and the test mass is given"
        case .chargedAndTested: "where ClassHybridVehicle is OVC and the test mass is given"
        case .notChargedOutside: "where ClassHybridVehicle isn't OVC"
        case .ecoInnovations: "where EcoInnovationsFittedIndicator is Y"
        case .noEcoInnovations: "where EcoInnovationsFittedIndicator is N"
        }
    }

    /// The codes of the sources that are burnt in a cylinder of known capacity: petrol, diesel, gas and their mixtures.
    private static let burnt: Set<String> = ["10", "11", "12", "15", "16", "19", "20", "21", "22", "30", "40", "44", "55", "60"]

    /// - Parameter indices: the groups of the axle, tyre, convertor or source that the clause is about.
    func holds(_ check: CheckContext, _ indices: [Int]) -> Bool {
        let vehicle = check.vehicle
        let convertor = indices.first ?? 1
        func tows(_ place: Place) -> Bool { check.towing(place).contains { $0 > 0 } }
        func hasCapacity(_ convertor: Int) -> Bool { check.isPresent(.engineCapacity, [convertor]) }
        func burns(_ convertor: Int) -> Bool {
            vehicle.sources.contains { $0.convertor == convertor && $0.code.map(Self.burnt.contains) ?? false }
        }
        switch self {
        case .smallSeries: return ["ESS", "NSS"].contains(check.text(.typeApprovalType))
        case .notSmallSeries: return check.text(.typeApprovalType) == "EU"
        case .firstStage: return vehicle.stage == 1
        case .laterStage: return (vehicle.stage ?? 1) > 1
        case .provisional: return check.text(.provisionalTypeApprovalIndicator) == "Y"
        case .notProvisional: return check.text(.provisionalTypeApprovalIndicator) == "N"
        case .massTo2585: return check.number(.massInRunningOrder).map { $0 <= 2585 } ?? false
        case .massTo2355: return check.number(.massInRunningOrder).map { $0 <= 2355 } ?? false
        case .poweredAxle: return vehicle.axles.contains { check.text(.poweredAxleIndicator, [$0.group]) == "Y" }
        case .tows: return tows(.technicallyPermissibleMaximumTowableMass)
        case .towingTable: return check.holdsValues(.towingBrakedTypeTrailTable)
        case .combinationMass: return tows(.technicallyPermissibleMaximumCombinationMass)
        case .noDrawbarBody: return !check.groups(.bodyworkGroup).contains { check.text(.codeForBodywork, [$0]) == "DB" }
        case .burnsWithoutPrinciple:
            return burns(convertor) && !["INTCI", "INTPI"].contains(check.text(.workingPrinciple, [convertor]))
        case .burnsWithoutCapacity: return burns(convertor) && !hasCapacity(convertor)
        case .hasCapacity: return hasCapacity(convertor)
        case .hasNoCapacity: return !hasCapacity(convertor)
        case .hasCylindersByCapacity: return hasCapacity(convertor) && check.text(.combustionCycle, [convertor]) != "ROT"
        case .hasEngine: return vehicle.convertors.contains(where: hasCapacity)
        case .electricityAndFuel: return vehicle.sources.contains { $0.isElectricity } && vehicle.sources.contains { !$0.isElectricity }
        case .burnsSomething: return vehicle.sources.contains { $0.code != nil && !$0.isElectricity }
        case .dualFuel: return check.text(.fuelType) == "D"
        case .severalMotors: return vehicle.sources.count(where: \.isElectricity) > 1
        case .noConsolidatedPower:
            return ![Place.consolidatedMaximum30MinutesPower, .consolidatedMaximumNetPowerElectric].contains { check.isPresent($0) }
        case .brakedTrailer: return check.text(.brakedTypeTrail, Array(indices.prefix(1))) == "BRK"
        case .doorsBySide: return check.holdsValues(.configurationDoorsGroup)
        case .testedWithoutCharging:
            return check.isPresent(.wltpEmissionTestMass) && hasCapacity(convertor) && vehicle.isOffVehicleChargingHybrid == false
        case .testedWithCharging:
            return check.isPresent(.wltpEmissionTestMass) && hasCapacity(convertor) && vehicle.isOffVehicleChargingHybrid == true
        case .electricAndTested:
            return !vehicle.sources.isEmpty && vehicle.sources.allSatisfy(\.isElectricity) && check.isPresent(.wltpEmissionTestMass)
        case .chargedAndTested:
            return vehicle.isOffVehicleChargingHybrid == true && vehicle.sources.contains { $0.isElectricity }
                && check.isPresent(.wltpEmissionTestMass)
        case .notChargedOutside: return vehicle.isOffVehicleChargingHybrid == false
        case .ecoInnovations: return check.text(.ecoInnovationsFittedIndicator) == "Y"
        case .noEcoInnovations: return check.text(.ecoInnovationsFittedIndicator) == "N"
        }
    }
}

extension CheckContext {
    /// The masses, in kg, that the rows about towing give for that element.
    func towing(_ place: Place) -> [Int] {
        groups(.towingBrakedTypeTrailGroup).flatMap { outer in
            groups(.bodyworkTypeGroup, [outer]).compactMap { number(place, [outer, $0]) }
        }
    }
}
