import Certificate

/// TYR: tyres that fit their rim, their axle's load and the vehicle's speed.
enum TyreFitRules {
    static let all = [form, rim, load, speed, twinIndex, offset, tyreClass]

    private static let isoSource = "ISO 4000-1; UN Regulations 30, 54 and 142 (from memory)"

    /// One group of an axle's tyre table.
    private struct Tyre {
        let axle: Vehicle.Axle
        let group: Int
        let indices: [Int]

        /// As people count: `tyre 1 of axle 2`.
        var name: String { "tyre \(group) of \(axle.title)" }
    }

    private static func forEachTyre(_ check: inout CheckContext, _ body: (inout CheckContext, Tyre) -> Void) {
        for axle in check.vehicle.axles {
            for group in axle.tyres { body(&check, Tyre(axle: axle, group: group, indices: [axle.group, group])) }
        }
    }

    static let form = Rule(
        "TYR-01", "The tyre size is one", .warning,
        appliesTo: "tyres with TyreSize", source: "the manners of writing of ISO 4000-1 and ETRTO",
        explanation: """
            Such as 235/50R20, 225/75 R16C, 110/70-13M/C, 155R13, 12R22.5, 31x10.50R15 and VF 650/65 R42: width, aspect ratio, construction \
            and rim diameter. The width in mm is a multiple of 5.
            """,
        remedy: "Correct TyreSize; load index and speed symbol have elements of their own."
    ) { check in
        forEachTyre(&check) { check, tyre in
            // A size with its service description is AXL-18.
            guard let text = check.text(.tyreSize, tyre.indices), TyreSize(text) == nil, text.split(separator: " ").count < 3 else {
                return
            }
            check.report(.tyreSize, at: tyre.indices, "TyreSize '\(text)' of \(tyre.name) isn't written like the size of a tyre.")
        }
    }

    static let rim = Rule(
        "TYR-02", "The tyre fits the rim", .warning,
        appliesTo: "tyres with TyreSize and RimSize", source: "geometry; the official examples keep it",
        explanation: "The rim diameter of TyreSize, such as the 17 of 205/55R17, is one of the numbers of RimSize, such as 7Jx17.",
        remedy: "Check TyreSize and RimSize."
    ) { check in
        forEachTyre(&check) { check, tyre in
            guard let text = check.text(.tyreSize, tyre.indices), let size = TyreSize(text), let rim = check.text(.rimSize, tyre.indices),
                !size.fits(rim: rim)
            else { return }
            check.report(.rimSize, at: tyre.indices, "RimSize is '\(rim)', but \(tyre.name) is for rims of \(size.rim) inches ('\(text)').")
        }
    }

    static let load = Rule(
        "TYR-03", "The tyres carry the axle", .warning,
        appliesTo: "axles with a permissible mass and tyres with a load index", source: isoSource,
        explanation: """
            The loads of the tyres of an axle (LoadCapacityIndexSingleWheel for two, LoadCapacityIndexTwinWheel for four) are at least \
            TechnicallyPermissibleMassAxle. UN Regulation 142 allows a little more for towing and for low speeds, so it only warns.
            """,
        remedy: "Check the load index, the permissible mass of the axle and the number of wheels."
    ) { check in
        let axles = check.vehicle.axles
        let hasTwins = axles.contains { check.text(.twinWheelsAxleIndicator, [$0.group]) == "Y" }
        let wheels = check.number(.numberOfWheels).map { Double($0) / Double(max(1, axles.count)) } ?? 2
        forEachTyre(&check) { check, tyre in
            guard let mass = check.number(.technicallyPermissibleMassAxle, [tyre.axle.group]) else { return }
            let isTwin = check.text(.twinWheelsAxleIndicator, [tyre.axle.group]) == "Y"
            let place: Place = isTwin ? .loadCapacityIndexTwinWheel : .loadCapacityIndexSingleWheel
            guard let index = check.number(place, tyre.indices), let each = TyreMarking.load(index) else { return }
            let count = isTwin ? 4 : hasTwins ? 2 : min(2, max(1, wheels.rounded(.up)))
            guard each * count * 1.005 < Double(mass) else { return }
            check.report(
                place, at: tyre.indices,
                "The load index \(index) of \(tyre.name) is for \(Int(each)) kg, too little for an axle that may carry \(mass) kg.")
        }
    }

    static let speed = Rule(
        "TYR-04", "The tyres are fast enough", .warning,
        appliesTo: "tyres with a speed symbol on vehicles with MaximumSpeed, but snow tyres and those with TyreMaximumSpeedIndicator N",
        source: isoSource,
        explanation: "The speed of SpeedCategorySymbol is at least MaximumSpeed.",
        remedy: "Check SpeedCategorySymbol and MaximumSpeed, or set TyreMaximumSpeedIndicator to N."
    ) { check in
        guard let maximum = check.decimal(.maximumSpeed) else { return }
        forEachTyre(&check) { check, tyre in
            guard let symbol = check.text(.speedCategorySymbol, tyre.indices), let speed = TyreMarking.speed(symbol),
                Double(speed) < maximum, check.text(.tyreMaximumSpeedIndicator, tyre.indices) != "N",
                !check.holdsValues(.tyreTypeTable, tyre.indices)
            else { return }
            check.report(
                .speedCategorySymbol, at: tyre.indices,
                "The speed symbol \(symbol) of \(tyre.name) is for \(speed) km/h, but MaximumSpeed is \(maximum).")
        }
    }

    static let twinIndex = Rule(
        "TYR-05", "A tyre carries a little less beside another", .warning,
        appliesTo: "tyres with both load indices", source: isoSource,
        explanation: "LoadCapacityIndexTwinWheel <= LoadCapacityIndexSingleWheel <= LoadCapacityIndexTwinWheel + 8.",
        remedy: "Check both load indices; perhaps they are exchanged."
    ) { check in
        forEachTyre(&check) { check, tyre in
            guard let single = check.number(.loadCapacityIndexSingleWheel, tyre.indices),
                let twin = check.number(.loadCapacityIndexTwinWheel, tyre.indices), !(twin...(max(twin, 0) + 8) ~= single)
            else { return }
            check.report(
                .loadCapacityIndexTwinWheel, at: tyre.indices,
                "The load indices of \(tyre.name) are \(single) for a single wheel and \(twin) for twins.")
        }
    }

    static let offset = Rule(
        "TYR-06", "The rim offset is in millimetres", .warning,
        appliesTo: "tyres with RimOffSet", source: "experience; the official examples have 27 to 68",
        explanation: "RimOffSet is between -200 and 200 mm.",
        remedy: "Check RimOffSet and its unit."
    ) { check in
        forEachTyre(&check) { check, tyre in
            guard let offset = check.decimal(.rimOffSet, tyre.indices), abs(offset) > 200 else { return }
            check.report(.rimOffSet, at: tyre.indices, "RimOffSet of \(tyre.name) is \(offset) mm.")
        }
    }

    static let tyreClass = Rule(
        "TYR-07", "The tyre's class is one of the category", .warning,
        appliesTo: "tyres with TyreCategory", source: "UN Regulation 117 (from memory)",
        explanation: "C1 or C2 for M1 and N1, C2 or C3 for N3 and M3, none for L, T and C.",
        remedy: "Check TyreCategory."
    ) { check in
        guard let category = check.vehicle.category else { return }
        let allowed: Set<String>? =
            switch category.base {
            case "M1", "N1": ["C1", "C2"]
            case "M3", "N3": ["C2", "C3"]
            default: "LT".contains(category.letter) ? [] : nil
            }
        guard let allowed else { return }
        forEachTyre(&check) { check, tyre in
            guard let tyreClass = check.text(.tyreCategory, tyre.indices), !allowed.contains(tyreClass) else { return }
            check.report(
                .tyreCategory, at: tyre.indices, "\(tyreClass) isn't a class for \(tyre.name) of a vehicle of category \(category.code).")
        }
    }
}
