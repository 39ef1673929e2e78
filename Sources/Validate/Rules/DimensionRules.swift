import Certificate

/// DIM: lengths, widths and heights that law, geometry and experience allow. All in mm.
enum DimensionRules {
    static let all = [
        width, height, length, ofLightCategories, ofTractors, wheelbaseInLength, trackInWidth, overhangInLength, loadingAreaInLength,
        usual, unit, wheelbaseShare,
    ]

    private static let directive = "Directive 96/53/EC, Annex I; the receivers' published conditions (second-hand)"
    private static let geometry = "geometry"
    private static let experience = "experience with vehicles of the category"

    /// Reports a value over its limit: a warning where the message doesn't say whether the vehicle makes use of the derogation.
    private static func report(_ check: inout CheckContext, _ place: Place, over limit: Int, of category: VehicleCategory) {
        let derogation = check.text(.maximumAuthorisedDimensionsDerogationIndicator)
        guard derogation != "Y", let value = check.number(place), value > limit else { return }
        let severity: Finding.Severity? = derogation == nil ? .warning : nil
        check.report(
            place, "\(place.element.name) is \(value) mm; a vehicle of category \(category.code) may have \(limit) mm.", severity: severity)
    }

    static let width = Rule(
        "DIM-01", "The vehicle isn't wider than the law allows", .error,
        appliesTo: "categories M, N and O, unless MaximumAuthorisedDimensionsDerogationIndicator is Y", source: directive,
        explanation: """
            Width: M at most 2550 mm, N and O 2600 mm (conditioned bodies; others 2550). Without the indicator of the derogation it only warns.
            """,
        remedy: "Check Width and its unit, or set the indicator of the derogation."
    ) { check in
        guard let category = check.vehicle.category, category.isRoadVehicle else { return }
        report(&check, .width, over: category.letter == "M" ? 2550 : 2600, of: category)
    }

    static let height = Rule(
        "DIM-02", "The vehicle isn't higher than the law allows", .error,
        appliesTo: "categories M, N and O, unless MaximumAuthorisedDimensionsDerogationIndicator is Y", source: directive,
        explanation: "Height is at most 4000 mm. Without the indicator of the derogation it only warns.",
        remedy: "Check Height and its unit, or set the indicator of the derogation."
    ) { check in
        guard let category = check.vehicle.category, category.isRoadVehicle else { return }
        report(&check, .height, over: 4000, of: category)
    }

    static let length = Rule(
        "DIM-03", "The vehicle isn't longer than the law allows", .error,
        appliesTo: "categories M, N and O but semi-trailers, unless MaximumAuthorisedDimensionsDerogationIndicator is Y", source: directive,
        explanation: """
            Length: M1, N1, N2, N3 and O at most 12000 mm (14000 with an elongated cab), M2 and M3 18750 mm. Without the indicator of the \
            derogation it only warns.
            """,
        remedy: "Check Length and its unit, or set the indicator of the derogation."
    ) { check in
        guard let category = check.vehicle.category, category.isRoadVehicle else { return }
        if category.letter == "O", check.groups(.bodyworkGroup).contains(where: { check.text(.codeForBodywork, [$0]) == "DA" }) { return }
        let hasLongCab = category.letter == "N" && check.text(.elongatedCabIndicator) == "Y"
        report(
            &check, .length, over: category.base == "M2" || category.base == "M3" ? 18750 : hasLongCab ? 14000 : 12000, of: category)
    }

    static let ofLightCategories = Rule(
        "DIM-04", "A vehicle of category L is small", .warning,
        appliesTo: "category L", source: "Regulation (EU) 168/2013, Annex I (from memory)",
        explanation: """
            At most 4000 mm long (L6e-B 3000, L7e-C 3700), 2000 mm wide (L1e 1000, L6e-B and L7e-C 1500) and 2500 mm high.
            """,
        remedy: "Check the dimensions and their unit, and VehicleCategory."
    ) { check in
        guard let category = check.vehicle.category, category.letter == "L" else { return }
        let isCar = category.code.hasPrefix("L6e-B") || category.code.hasPrefix("L7e-C")
        let limits: [(Place, Int)] = [
            (.length, category.code.hasPrefix("L6e-B") ? 3000 : category.code.hasPrefix("L7e-C") ? 3700 : 4000),
            (.width, category.base == "L1" ? 1000 : isCar ? 1500 : 2000), (.height, 2500),
        ]
        for (place, limit) in limits {
            guard let value = check.number(place), value > limit else { continue }
            check.report(place, "\(place.element.name) is \(value) mm; category \(category.code) ends at \(limit) mm.")
        }
    }

    static let ofTractors = Rule(
        "DIM-05", "A tractor or farm trailer has road dimensions", .warning,
        appliesTo: "categories T, C, R and S", source: "Regulation (EU) 2015/208 (from memory)",
        explanation: "At most 12000 mm long, 3000 mm wide (2550 without wide tyres or tracks) and 4000 mm high.",
        remedy: "Check the dimensions and their unit."
    ) { check in
        guard let category = check.vehicle.category, "TCRS".contains(category.letter) else { return }
        for (place, limit) in [(Place.length, 12000), (.width, 3000), (.height, 4000)] {
            guard let value = check.number(place), value > limit else { continue }
            check.report(place, "\(place.element.name) is \(value) mm; category \(category.code) ends at \(limit) mm.")
        }
    }

    static let wheelbaseInLength = Rule(
        "DIM-06", "The wheelbase is shorter than the vehicle", .error,
        appliesTo: "categories M, N, L and T", source: geometry,
        explanation: "0 < Wheelbase < Length.",
        remedy: "Check Wheelbase and Length, and that both are in mm."
    ) { check in
        guard let category = check.vehicle.category, "MNLT".contains(category.letter), let wheelbase = check.number(.wheelbase),
            let length = check.number(.length), !(1..<max(length, 1) ~= wheelbase)
        else { return }
        check.report(.wheelbase, "Wheelbase is \(wheelbase) mm, but Length is \(length) mm.")
    }

    static let trackInWidth = Rule(
        "DIM-07", "The track is narrower than the vehicle", .error,
        appliesTo: "vehicles with Width and AxleTrack", source: "geometry; the receivers' published conditions (second-hand)",
        explanation: "AxleTrack < Width on each axle. It only warns for categories other than M and N1.",
        remedy: "Check AxleTrack and Width, and that both are in mm."
    ) { check in
        guard let category = check.vehicle.category, let width = check.number(.width) else { return }
        let isCertain = category.letter == "M" || category.base == "N1"
        for axle in check.vehicle.axles {
            guard let track = check.number(.axleTrack, [axle.group]), track >= width else { continue }
            check.report(
                .axleTrack, at: [axle.group], "AxleTrack of \(axle.title) is \(track) mm, but Width is \(width) mm.",
                severity: isCertain ? nil : .warning)
        }
    }

    static let overhangInLength = Rule(
        "DIM-08", "Wheelbase and rear overhang fit into the length", .error,
        appliesTo: "categories M, N, L and T", source: geometry,
        explanation: "Wheelbase + RearOverhang <= Length.",
        remedy: "Check Wheelbase, RearOverhang and Length, and that all are in mm."
    ) { check in
        guard let category = check.vehicle.category, "MNLT".contains(category.letter), let wheelbase = check.number(.wheelbase),
            let overhang = check.number(.rearOverhang), let length = check.number(.length), wheelbase < length,
            wheelbase + overhang > length
        else { return }
        check.report(
            .rearOverhang, "Wheelbase and RearOverhang are \(wheelbase + overhang) mm together, but Length is \(length) mm.")
    }

    static let loadingAreaInLength = Rule(
        "DIM-10", "The loading area is no longer than the vehicle", .warning,
        appliesTo: "vehicles with LengthLoadingArea and Length", source: geometry,
        explanation: "LengthLoadingArea <= Length; certificates of small trailers give both alike.",
        remedy: "Check LengthLoadingArea and Length."
    ) { check in
        guard let area = check.number(.lengthLoadingArea), let length = check.number(.length), area > length else { return }
        check.report(.lengthLoadingArea, "LengthLoadingArea is \(area) mm, but Length is \(length) mm.")
    }

    /// Length, width and height that cars and vans have.
    private static let usualRanges: [Substring: [(Place, ClosedRange<Int>)]] = [
        "M1": [(.length, 2200...7000), (.width, 1300...2350), (.height, 1000...3200)],
        "N1": [(.length, 2200...7000), (.width, 1300...2350), (.height, 1000...3300)],
    ]

    static let usual = Rule(
        "DIM-11", "A car or van has the size of one", .warning,
        appliesTo: "categories M1 and N1", source: experience,
        explanation: "Length 2200 to 7000 mm, Width 1300 to 2350 mm, Height 1000 to 3200 mm (N1 3300).",
        remedy: "Check the value and its unit: IVI has dimensions in mm."
    ) { check in
        guard let category = check.vehicle.category, let ranges = usualRanges[category.base] else { return }
        for (place, range) in ranges {
            guard let value = check.number(place), value >= 1000 || place.element.id != Place.length.element.id, !range.contains(value)
            else { continue }
            check.report(
                place,
                "\(place.element.name) is \(value) mm; those of category \(category.code) are between \(range.lowerBound) and \(range.upperBound)."
            )
        }
    }

    static let unit = Rule(
        "DIM-12", "The length is in millimetres", .warning,
        appliesTo: "categories M, N and O", source: experience,
        explanation: "No road vehicle is shorter than a metre: a Length under 1000 is one in cm or in m.",
        remedy: "Give Length in mm; the source's mapping can multiply (factor = 10 or 1000)."
    ) { check in
        guard let category = check.vehicle.category, category.isRoadVehicle, let length = check.number(.length), length < 1000 else {
            return
        }
        check.report(.length, "Length is \(length) mm, which looks like \(length < 100 ? "metres" : "centimetres").")
    }

    static let wheelbaseShare = Rule(
        "DIM-13", "The wheelbase is a usual share of the length", .warning,
        appliesTo: "categories M and N with two axles", source: experience,
        explanation: "Wheelbase is between 0.35 and 0.85 of Length; the official examples have 0.58 to 0.70.",
        remedy: "Check Wheelbase and Length."
    ) { check in
        guard let category = check.vehicle.category, "MN".contains(category.letter), check.vehicle.axles.count == 2,
            let wheelbase = check.number(.wheelbase), let length = check.number(.length), length >= 1000, wheelbase < length,
            !(0.35...0.85 ~= Double(wheelbase) / Double(length))
        else { return }
        check.report(.wheelbase, "Wheelbase is \(wheelbase) mm of \(length) mm Length.")
    }
}
