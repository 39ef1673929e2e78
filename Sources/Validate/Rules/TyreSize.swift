/// A tyre's size as it is written on its sidewall (ETRTO and ISO 4000 manners of writing), without load index and speed symbol.
struct TyreSize: Equatable {
    /// The diameter of the rim that it is for, as a text such as `17` or `22.5`: rims write it the same way.
    let rim: Substring
    /// The section width in mm; nil for sizes in inches.
    let width: Int?
    let aspectRatio: Int?

    /// - Returns: nil for a text that is no size in any of the usual manners.
    init?(_ text: String) {
        var rest = text[...]
        for prefix in ["VF", "IF", "LT", "P", "T"] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count).drop { $0 == " " }
            break
        }
        guard let first = rest.takeNumber() else { return nil }
        var aspect: Int?
        var isInches = first.contains(".") || first.count < 3
        if rest.first == "/" {
            rest.removeFirst()
            guard let ratio = rest.takeNumber(), let number = Int(ratio), 20...110 ~= number else { return nil }
            aspect = number
            isInches = isInches && number > 110
        } else if rest.first == "x" || rest.first == "X" {
            rest.removeFirst()
            guard rest.takeNumber() != nil else { return nil }
            isInches = true
        }
        rest = rest.drop { $0 == " " }
        guard let construction = ["ZRF", "ZR", "RF", "R", "D", "B", "-"].first(where: { rest.hasPrefix($0) }) else { return nil }
        rest = rest.dropFirst(construction.count).drop { $0 == " " }
        guard let rim = rest.takeNumber(), rim.prefix(while: { $0 != "." }).count <= 2 else { return nil }
        rest = rest.drop { $0 == " " }
        guard rest.isEmpty || ["C", "CP", "LT", "M/C", "IMP", "CFO", "CHO", "XL"].contains(String(rest)) else { return nil }
        if !isInches {
            guard let number = Int(first), 60...900 ~= number, number % 5 == 0 else { return nil }
            width = number
        } else {
            width = nil
        }
        self.rim = rim
        aspectRatio = aspect
    }

    /// Whether a rim's size names this rim diameter: `7Jx17`, `20X8J`, `13M/CxMT2.75`.
    func fits(rim size: String) -> Bool {
        var rest = size[...]
        while !rest.isEmpty {
            if let number = rest.takeNumber() {
                if number == rim { return true }
            } else {
                rest.removeFirst()
            }
        }
        return false
    }
}

extension Substring {
    /// Takes digits, with a point and digits behind it, from the beginning.
    fileprivate mutating func takeNumber() -> Substring? {
        let digits = prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        var end = digits.endIndex
        if end < endIndex, self[end] == "." {
            let decimals = self[index(after: end)...].prefix { $0.isASCII && $0.isNumber }
            if !decimals.isEmpty { end = decimals.endIndex }
        }
        defer { self = self[end...] }
        return self[startIndex..<end]
    }
}

/// The load that a tyre of a load index may carry, in kg, and the speed of a speed symbol, in km/h (ISO 4000-1; UN Regulations 30 and 54).
enum TyreMarking {
    /// From index 80; 80 more is ten times the load.
    private static let loads = [
        450, 462, 475, 487, 500, 515, 530, 545, 560, 580, 600, 615, 630, 650, 670, 690, 710, 730, 750, 775, 800, 825, 850, 875, 900, 925,
        950, 975, 1000, 1030, 1060, 1090, 1120, 1150, 1180, 1215, 1250, 1285, 1320, 1360, 1400, 1450, 1500, 1550, 1600, 1650, 1700, 1750,
        1800, 1850, 1900, 1950, 2000, 2060, 2120, 2180, 2240, 2300, 2360, 2430, 2500, 2575, 2650, 2725, 2800, 2900, 3000, 3075, 3150, 3250,
        3350, 3450, 3550, 3650, 3750, 3875, 4000, 4125, 4250, 4375,
    ]

    static func load(_ index: Int) -> Double? {
        switch index {
        case 0..<80: Double(loads[index]) / 10
        case 80..<160: Double(loads[index - 80])
        case 160..<240: Double(loads[index - 160]) * 10
        default: nil
        }
    }

    private static let speeds: [String: Int] = [
        "A1": 5, "A2": 10, "A3": 15, "A4": 20, "A5": 25, "A6": 30, "A7": 35, "A8": 40, "B": 50, "C": 60, "D": 65, "E": 70, "F": 80, "G": 90,
        "J": 100, "K": 110, "L": 120, "M": 130, "N": 140, "P": 150, "Q": 160, "R": 170, "S": 180, "T": 190, "U": 200, "H": 210, "V": 240,
        "W": 270, "Y": 300,
    ]

    static func speed(_ symbol: String) -> Int? { speeds[symbol] }
}
