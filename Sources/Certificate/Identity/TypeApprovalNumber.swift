/// An EU type-approval number in its four parts, such as `e6*2018/858*00264*01` (Regulation (EU) 2020/683, Annex IV).
public struct TypeApprovalNumber: Sendable, Hashable, CustomStringConvertible {
    /// The approving state's code, `e` and its number, as `DesignatedTypeApprovalCountry` writes it.
    public let country: String
    /// The act as written, such as `2018/858`; small series have `KS18/858`.
    public let act: String
    /// The number of the approval: 4 to 6 digits.
    public let base: String
    /// The number of the extension: two digits, `00` for none.
    public let `extension`: String
    public let framework: Framework
    /// Whether the act names a small series (`KS`).
    public var isSmallSeries: Bool { act.hasPrefix("KS") }

    /// The framework regulation, which decides the vehicle categories.
    public enum Framework: Sendable, Hashable, CaseIterable {
        /// (EU) 2018/858, before 2007/46/EC.
        case motorVehiclesAndTrailers
        /// (EU) 168/2013.
        case twoAndThreeWheelers
        /// (EU) 167/2013.
        case agriculturalVehicles

        /// The first letters of `VehicleCategory` that it allows.
        public var categoryLetters: Set<Character> {
            switch self {
            case .motorVehiclesAndTrailers: ["M", "N", "O"]
            case .twoAndThreeWheelers: ["L"]
            case .agriculturalVehicles: ["T", "C", "R", "S"]
            }
        }
    }

    /// Why a text isn't of that shape. `reason` says what differs, without naming the text.
    public struct Malformed: Error, Equatable, CustomStringConvertible {
        public let reason: String
        public var description: String { reason }
    }

    public init(_ text: String) throws(Malformed) {
        let parts = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4 else { throw Self.wrongShape(text, parts.count) }
        (country, act, base, self.extension) = (parts[0], parts[1], parts[2], parts[3])
        guard Self.countries.contains(country) else { throw Self.wrongCountry(country) }
        guard let framework = Self.acts[act] else { throw Self.wrongAct(act) }
        guard 4...6 ~= base.utf8.count, Self.isDigits(base) else { throw Malformed(reason: "its third part '\(base)' isn't 4 to 6 digits") }
        guard self.extension.utf8.count == 2, Self.isDigits(self.extension) else {
            throw Malformed(reason: "its last part '\(self.extension)' isn't the two digits of an extension")
        }
        self.framework = framework
    }

    public var description: String { "\(country)*\(act)*\(base)*\(self.extension)" }

    private static let acts: [String: Framework] = [
        "2018/858": .motorVehiclesAndTrailers, "KS18/858": .motorVehiclesAndTrailers, "2007/46": .motorVehiclesAndTrailers,
        "KS07/46": .motorVehiclesAndTrailers, "168/2013": .twoAndThreeWheelers, "167/2013": .agriculturalVehicles,
    ]

    private static let countries: Set<String> = {
        guard
            case .codes(let codes, _)? = Catalogue.initialVehicleInformation.element(named: "DesignatedTypeApprovalCountry")?.simpleType?
                .form
        else { return [] }
        return Set(codes)
    }()

    private static func isDigits(_ text: String) -> Bool { text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }

    private static func wrongShape(_ text: String, _ count: Int) -> Malformed {
        if text.contains(where: \.isWhitespace) { return Malformed(reason: "it holds white space") }
        guard count == 1 else { return Malformed(reason: "it has \(count) parts between '*', not 4 as in e4*2018/858*00123*00") }
        return Malformed(reason: "its parts aren't joined by '*' as in e4*2018/858*00123*00")
    }

    private static func wrongCountry(_ country: String) -> Malformed {
        let lower = country.lowercased()
        if countries.contains(lower) { return Malformed(reason: "it begins with '\(country)' instead of '\(lower)'") }
        return Malformed(reason: "'\(country)' isn't the code of a Member State (e1 to e50)")
    }

    private static func wrongAct(_ act: String) -> Malformed {
        let nearest = EditDistance.nearest(to: act, in: acts.keys.sorted())
        let hint = nearest.map { ", nearest is \($0)" } ?? ""
        return Malformed(reason: "'\(act)' isn't one of the acts \(acts.keys.sorted().joined(separator: ", "))\(hint)")
    }
}
