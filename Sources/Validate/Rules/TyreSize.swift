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
        if let prefix = Self.prefixes.first(where: { rest.hasPrefix($0) }) {
            rest = rest.dropFirst(prefix.utf8.count)
            rest.skipBlanks()
        }
        guard let first = rest.takeNumber() else { return nil }
        var aspect: Int?
        var isInches = first.utf8.contains(UInt8(ascii: ".")) || first.utf8.count < 3
        if rest.take("/") {
            guard let ratio = rest.takeNumber(), let number = Int(ratio), 20...110 ~= number else { return nil }
            aspect = number
            isInches = isInches && number > 110
        } else if rest.take("x") || rest.take("X") {
            guard rest.takeNumber() != nil else { return nil }
            isInches = true
        }
        rest.skipBlanks()
        guard let construction = Self.constructions.first(where: { rest.hasPrefix($0) }) else { return nil }
        rest = rest.dropFirst(construction.utf8.count)
        rest.skipBlanks()
        guard let rim = rest.takeNumber(), rim.utf8.prefix(while: { $0 != UInt8(ascii: ".") }).count <= 2 else { return nil }
        rest.skipBlanks()
        guard rest.isEmpty || Self.endings.contains(String(rest)) else { return nil }
        if !isInches {
            guard let number = Int(first), 60...900 ~= number, number % 5 == 0 else { return nil }
            width = number
        } else {
            width = nil
        }
        self.rim = rim
        aspectRatio = aspect
    }

    private static let prefixes = ["VF", "IF", "LT", "P", "T"]
    private static let constructions = ["ZRF", "ZR", "RF", "R", "D", "B", "-"]
    private static let endings = ["C", "CP", "LT", "M/C", "IMP", "CFO", "CHO", "XL"]

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
    /// Takes digits, with a point and digits behind it, from the beginning. Bytes are looked at, which costs a tenth of what characters do.
    fileprivate mutating func takeNumber() -> Substring? {
        func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
        let bytes = utf8
        var end = bytes.firstIndex { !isDigit($0) } ?? bytes.endIndex
        guard end > bytes.startIndex else { return nil }
        if end < bytes.endIndex, bytes[end] == UInt8(ascii: ".") {
            let decimals = bytes[bytes.index(after: end)...].prefix(while: isDigit)
            if !decimals.isEmpty { end = decimals.endIndex }
        }
        defer { self = self[end...] }
        return self[startIndex..<end]
    }

    fileprivate mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard utf8.first == UInt8(ascii: sign) else { return false }
        self = self[utf8.index(after: startIndex)...]
        return true
    }

    fileprivate mutating func skipBlanks() { while take(" ") {} }
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
