import Certificate

/// Numbers in another unit or notation than IVI's.
enum NumberHint {
    /// A text that begins with a number, as people write it.
    private struct Written {
        /// Digits with at most one point.
        let number: String
        /// What follows them.
        let unit: String
        let hasComma: Bool
        let hasGroups: Bool

        init?(_ text: String) {
            let end = text.firstIndex { !($0.isASCII && $0.isNumber) && !".,'+- \u{A0}\u{202F}\u{2009}".contains($0) } ?? text.endIndex
            let digits = text[..<end].filter { !" \u{A0}\u{202F}\u{2009}'".contains($0) }
            unit = String(text[end...].filter { !$0.isWhitespace })
            let head = text[..<end].reversed().drop { $0.isWhitespace }
            hasGroups = digits.count < head.count
            hasComma = digits.contains(",")
            let parts = digits.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
            guard 1...2 ~= parts.count, parts.allSatisfy({ !$0.isEmpty && $0.drop { "+-".contains($0) }.allSatisfy(\.isNumber) }) else {
                return nil
            }
            number = digits.replacing(",", with: ".")
        }
    }

    /// Units that people write, with IVI's unit and the power of ten between them.
    private static let units: [(names: [String], power: Int, ivi: String)] = [
        (["t", "to", "tonnes", "tons", "tonnen"], 3, "kg"), (["g", "gr"], -3, "kg"), (["kg", "kgs", "kilo"], 0, "kg"),
        (["m", "metres", "meter"], 3, "mm"), (["cm"], 1, "mm"), (["mm"], 0, "mm"), (["w", "watt"], -3, "kW"), (["kw"], 0, "kW"),
        (["l", "liter", "litre", "litres", "dm3", "dm³"], 3, "cm³"), (["ccm", "cc", "cm3", "cm³"], 0, "cm³"),
        (["kwh/100km"], 1, "Wh/km"), (["kwh/km"], 3, "Wh/km"), (["wh/km"], 0, "Wh/km"), (["m"], -3, "km"), (["km"], 0, "km"),
        (["km/h", "kmh", "kph"], 0, "km/h"), (["g/km"], 0, "g/km"), (["mg/km"], -3, "g/km"), (["g/km"], 3, "mg/km"),
        (["mg/km"], 0, "mg/km"),
        (["rpm", "1/min", "min-1", "min⁻¹", "u/min"], 0, "min⁻¹"), (["db", "dba", "db(a)"], 0, "dB(A)"), (["m2", "m²"], 4, "cm²"),
        (["cm2", "cm²"], -4, "m²"), (["m2", "m²"], 0, "m²"), (["cm2", "cm²"], 0, "cm²"), (["n"], 0, "N"),
    ]

    static func about(_ text: String, for element: Element, _ type: SimpleType) -> String? {
        guard let written = Written(text) else { return nil }
        return unitWritten(written, text, element) ?? grouping(written, text, element, type) ?? otherUnit(written, element, type)
            ?? pointless(written, element, type)
    }

    /// `1.54 t` and `85 kW`.
    private static func unitWritten(_ written: Written, _ text: String, _ element: Element) -> String? {
        guard !written.unit.isEmpty else { return nil }
        let unit = written.unit.lowercased()
        if ["ps", "hp", "bhp", "cv"].contains(unit), element.unit == "kW" {
            return "IVI has \(element.name) in kW: 1 PS is 0.7355 kW. Export the power in kW, and leave the unit out."
        }
        if ["mph"].contains(unit), element.unit == "km/h" { return "IVI has \(element.name) in km/h: 1 mph is 1.609 km/h." }
        guard let known = units.first(where: { $0.ivi == element.unit && $0.names.contains(unit) }) else {
            return unit.allSatisfy(\.isLetter)
                ? "Give the number alone\(element.unit.map { "; IVI has \(element.name) in \($0)" } ?? "")." : nil
        }
        guard known.power != 0 else { return "Leave the unit out: IVI has \(element.name) in \(known.ivi) anyway." }
        return "IVI has \(element.name) in \(known.ivi): write \(shifted(written.number, by: known.power)), without the unit."
    }

    /// `99,341` and `1 540`.
    private static func grouping(_ written: Written, _ text: String, _ element: Element, _ type: SimpleType) -> String? {
        if written.hasGroups, type.problem(with: written.number) == nil {
            return "Write \(written.number), without separators between thousands; 'thousands' for the column takes them out."
        }
        guard written.hasComma else { return nil }
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        let mayBeThousands = groups.count == 2 && groups[1].count == 3 && 1...3 ~= groups[0].count
        if mayBeThousands, case .integer = type.form {
            return """
                If the comma stands between thousands, write \(groups.joined()), or set thousands = "," for the column; if it is a decimal \
                sign, set decimal-comma = true, and a factor for the unit.
                """
        }
        guard type.problem(with: written.number) == nil else { return nil }
        return "Write \(written.number) with a point, or set decimal-comma = true for the column."
    }

    /// A number that fits the element in another unit only.
    private static func otherUnit(_ written: Written, _ element: Element, _ type: SimpleType) -> String? {
        guard let value = Double(written.number), value > 0 else { return nil }
        let isFraction = value != value.rounded()
        let guess: (name: String, power: Int)? =
            switch element.unit {
            case "kg" where isFraction && value < 100: ("tonnes", 3)
            case "kg" where value >= 100_000: ("grams", -3)
            case "mm" where isFraction && value < 30: ("metres", 3)
            case "mm" where isFraction && value < 3000: ("centimetres", 1)
            case "kW" where value >= 10_000: ("watts", -3)
            case "cm³" where isFraction && value < 30: ("litres", 3)
            case "km" where value >= 10_000: ("metres", -3)
            default: nil
            }
        guard let guess, let unit = element.unit else { return nil }
        let right = shifted(written.number, by: guess.power)
        guard type.problem(with: right) == nil else { return nil }
        let factor = guess.power > 0 ? "1" + String(repeating: "0", count: guess.power) : shifted("1", by: guess.power)
        return """
            This looks like \(guess.name), and IVI has \(element.name) in \(unit): \(right). Set factor = "\(factor)" for the column\
            \(written.hasComma ? ", and decimal-comma = true" : "").
            """
    }

    /// `1540.0` where a whole number is asked for.
    private static func pointless(_ written: Written, _ element: Element, _ type: SimpleType) -> String? {
        guard case .integer = type.form, let value = Double(written.number), abs(value) < 1e9, value == value.rounded(),
            type.problem(with: String(Int(value))) == nil
        else { return nil }
        return "Write \(Int(value)), without a point."
    }

    /// The number times ten to the power, to the digit.
    static func shifted(_ number: String, by power: Int) -> String {
        let sign = number.prefix { "+-".contains($0) }
        let parts = number.dropFirst(sign.count).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var whole = Array(parts[0])
        var fraction = parts.count > 1 ? Array(parts[1]) : []
        for _ in 0..<max(0, power) { whole.append(fraction.isEmpty ? "0" : fraction.removeFirst()) }
        for _ in 0..<max(0, -power) { fraction.insert(whole.isEmpty ? "0" : whole.removeLast(), at: 0) }
        let head = String(whole.drop { $0 == "0" })
        let tail = String(fraction.reversed().drop { $0 == "0" }.reversed())
        return (sign == "-" ? "-" : "") + (head.isEmpty ? "0" : head) + (tail.isEmpty ? "" : ".\(tail)")
    }
}
