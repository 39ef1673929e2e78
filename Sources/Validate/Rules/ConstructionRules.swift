import Certificate

/// CON: markings, doors, colours and the indicators that announce a table.
enum ConstructionRules {
    static let all = [
        markings, markingsOfOtherScope, markingsOfTwoWheelers, doors, tyrePressure, seatArrangement, dangerousGoods, dimensionsDerogation,
        colours, sideOfSection,
    ]

    static let markings = Rule(
        "CON-01", "The places of VIN and statutory plate are given", .error,
        appliesTo: "categories M, N, O, T, C, R and S", source: "RULES 28; SM p8-9",
        explanation: "LocationMarkingsTable has a group with the subject VIN and one with STAT.",
        remedy: "Give both places in LocationMarkingsTable."
    ) { check in
        guard let category = check.vehicle.category, category.letter != "L" else { return }
        let groups = check.groups(.locationMarkingsGroup)
        let subjects = groups.compactMap { check.text(.locationMarkingsSubject, [$0]) }
        let missing = ["VIN", "STAT"].filter { !subjects.contains($0) }
        guard !missing.isEmpty else { return }
        check.report(.locationMarkingsTable, "LocationMarkingsTable has no place for the subject \(missing.listed).")
    }

    static let markingsOfOtherScope = Rule(
        "CON-02", "Markings are given in the form of the category", .error,
        appliesTo: "every vehicle", source: "RULES 28; SM p8-9; CO p11",
        explanation: "LocationStatutoryPlate23Wheel and LocationVin23Wheel are for category L only, LocationMarkingsTable for all others.",
        remedy: "Leave out the element that isn't for this category."
    ) { check in
        guard let category = check.vehicle.category else { return }
        if category.letter == "L" {
            guard check.holdsValues(.locationMarkingsTable) else { return }
            check.report(.locationMarkingsTable, "LocationMarkingsTable isn't for a vehicle of category \(category.code).")
        } else {
            for place in [Place.locationStatutoryPlate23Wheel, .locationVin23Wheel] where check.isPresent(place) {
                check.report(place, "\(place.element.name) isn't for a vehicle of category \(category.code).")
            }
        }
    }

    static let markingsOfTwoWheelers = Rule(
        "CON-03", "The places of VIN and statutory plate are given for category L", .error,
        appliesTo: "category L", source: "RULES 28; SM p8-9",
        explanation: "LocationStatutoryPlate23Wheel and LocationVin23Wheel are both present.",
        remedy: "Give the missing place."
    ) { check in
        guard check.vehicle.category?.letter == "L" else { return }
        for place in [Place.locationStatutoryPlate23Wheel, .locationVin23Wheel] where !check.isPresent(place) {
            check.report(place, "\(place.element.name) is missing.")
        }
    }

    static let doors = Rule(
        "CON-04", "The doors add up", .warning,
        appliesTo: "vehicles with NumberOfDoors and ConfigurationDoorsGroup", source: "RULES 29, 30; MODEL R-DO1",
        explanation: "NumberOfDoors is the sum of the doors at the front, left, right and back; a side without doors may be left out.",
        remedy: "Check NumberOfDoors and the doors on each side."
    ) { check in
        let sides = [Place.numberOfDoorsFront, .numberOfDoorsLeft, .numberOfDoorsRight, .numberOfDoorsBack].compactMap { check.number($0) }
        guard let doors = check.number(.numberOfDoors), !sides.isEmpty, sides.reduce(0, +) != doors else { return }
        check.report(.numberOfDoors, "NumberOfDoors says \(doors), but the sides have \(sides.reduce(0, +).counted("door")) together.")
    }

    static let tyrePressure = Rule(
        "CON-05", "Only category L has a recommended tyre pressure", .error,
        appliesTo: "every category but L", source: "RULES 18, 31; MODEL R-FD1; CO p19",
        explanation: "RecommendedTyrePressure isn't in the data set of other categories, and receivers reject what isn't in the data set.",
        remedy: "Leave RecommendedTyrePressure out."
    ) { check in
        guard let category = check.vehicle.category, category.letter != "L" else { return }
        for axle in check.vehicle.axles {
            for tyre in axle.tyres where check.isPresent(.recommendedTyrePressure, [axle.group, tyre]) {
                check.report(
                    .recommendedTyrePressure, at: [axle.group, tyre],
                    "RecommendedTyrePressure isn't for a vehicle of category \(category.code).")
            }
        }
    }

    static let seatArrangement = Rule(
        "CON-06", "Only category L has a location of the seats", .error,
        appliesTo: "every category but L", source: "RULES 18, 32; MODEL R-FD1; CO p13",
        explanation: "LocationArrangementSeats isn't in the data set of other categories, and receivers reject what isn't in the data set.",
        remedy: "Leave LocationArrangementSeats out."
    ) { check in
        guard let category = check.vehicle.category, category.letter != "L", check.isPresent(.locationArrangementSeats) else { return }
        check.report(.locationArrangementSeats, "LocationArrangementSeats isn't for a vehicle of category \(category.code).")
    }

    static let dangerousGoods = Rule(
        "CON-07", "The indicator of dangerous goods agrees with their table", .warning,
        appliesTo: "vehicles with the indicator or the table", source: "RULES 88; CO p14-15",
        explanation: "TypeApprovalTransportDangerousGoodsIndicator is Y exactly when the table of classes is present.",
        remedy: "Give the classes of dangerous goods, or correct the indicator."
    ) { check in
        check.requireAgreement(.typeApprovalTransportDangerousGoodsIndicator, with: .typeApprovalTransportDangerousGoodsTable)
    }

    static let dimensionsDerogation = Rule(
        "CON-08", "A derogation from the authorised dimensions has its remark", .warning,
        appliesTo: "MaximumAuthorisedDimensionsDerogationIndicator Y", source: "RULES 21; CO p18-19",
        explanation: """
            Item 52 also says that the vehicle makes use of the derogation (Regulation (EU) 2018/858, Article 6(5)), so there \
            is a remark.
            """,
        remedy: "Add the remark about the derogation to RemarkTable."
    ) { check in
        guard check.text(.maximumAuthorisedDimensionsDerogationIndicator) == "Y", !check.holdsValues(.remarkTable) else { return }
        check.report(
            .maximumAuthorisedDimensionsDerogationIndicator, "MaximumAuthorisedDimensionsDerogationIndicator is Y, but there is no remark.")
    }

    static let colours = Rule(
        "CON-09", "Each colour is named once", .warning,
        appliesTo: "vehicles with several colours", source: "RULES 85",
        explanation: "ColourTable lists different colours.",
        remedy: "Remove the repeated colour."
    ) { check in
        var seen: Set<String> = []
        for group in check.groups(.colourGroup) {
            guard let colour = check.text(.colour, [group]), !seen.insert(colour).inserted else { continue }
            check.report(.colour, at: [group], "Colour \(colour) is named twice.")
        }
    }

    static let sideOfSection = Rule(
        "CON-10", "A section of a side names the side", .warning,
        appliesTo: "markings with LocationMarkingsVehiclePartSideSection", source: "the receivers' published conditions (second-hand)",
        explanation: "LocationMarkingsVehiclePartSide is present beside LocationMarkingsVehiclePartSideSection.",
        remedy: "Give LocationMarkingsVehiclePartSide."
    ) { check in
        for group in check.groups(.locationMarkingsGroup)
        where check.isPresent(.locationMarkingsVehiclePartSideSection, [group])
            && !check.isPresent(.locationMarkingsVehiclePartSide, [group])
        {
            check.report(
                .locationMarkingsVehiclePartSide, at: [group], "A section of a side is given for marking \(group), but not which side.")
        }
    }
}

extension CheckContext {
    /// Reports an indicator that is Y without its table, or a table whose indicator isn't Y.
    mutating func requireAgreement(_ indicator: Place, with table: Place) {
        let value = text(indicator)
        let hasTable = holdsValues(table)
        if value == "Y", !hasTable {
            report(indicator, "\(indicator.element.name) is Y, but \(table.element.name) is missing.")
        } else if value != "Y", hasTable {
            report(
                indicator, "\(table.element.name) is present, but \(indicator.element.name) \(value.map { "is \($0)" } ?? "is missing").")
        }
    }
}
