import TestSupport
@testable import Certificate

/// Values of a message that the schema would allow: everything required, and a random part of the rest.
struct RandomMessage {
    private(set) var values = FieldValues()
    private var generator: SplitMix
    private let catalogue = Catalogue.initialVehicleInformation

    init(seed: UInt64) {
        generator = SplitMix(seed: seed)
        _ = add(catalogue.root, indices: [])
    }

    /// The same values with other group numbers in the same order, so that there are gaps.
    func withGaps() throws -> FieldValues {
        FieldValues(
            try values.fields.map { field in
                let (element, indices) = field.key.resolve(in: catalogue)
                guard let key = FieldKey(element, indices: indices.map { $0 * 7 + 1 }) else {
                    throw FieldPath.Unknown(path: element.name, reason: "number")
                }
                return Field(key, field.value, field.origin)
            })
    }

    /// - Returns: whether any value was added.
    private mutating func add(_ element: Element, indices: [Int]) -> Bool {
        switch element.content {
        case .signature: return false
        case .value(let type):
            guard let key = FieldKey(element, indices: indices) else { return false }
            values.set(Field(key, text(type), .constant))
            return true
        case .group:
            return element.children.map { catalogue[$0] }.reduce(false) { addChild($1, indices) || $0 }
        }
    }

    private mutating func addChild(_ child: Element, _ indices: [Int]) -> Bool {
        switch child.occurrence {
        case .required: return add(child, indices: indices)
        case .optional: return Int.random(in: 0..<10, using: &generator) < 4 && add(child, indices: indices)
        case .repeating(let minimum):
            var number = 0
            // A group that got no value isn't written, so its number isn't taken either.
            for _ in 0..<minimum + Int.random(in: 0...2, using: &generator) where add(child, indices: indices + [number + 1]) {
                number += 1
            }
            return number > 0
        }
    }

    private mutating func text(_ type: SimpleType) -> String {
        switch type.form {
        case .text(_, .some) where type.name == "VehicleIdentificationNumber": string(17, "ABCDEFGHJKLMNPRSTUVWXYZ0123456789")
        case .text(_, .some):
            [8, 4, 3, 3, 12].map { string($0, "0123456789abcdefABCDEF") }.enumerated().map { ["", "", "4", "8", ""][$0] + $1 }.joined(
                separator: "-")
        case .text(let length, nil): string(Int.random(in: 1...min(length?.upperBound ?? 1, 60), using: &generator), Self.alphabet)
        case .codes(let codes, _): codes.randomElement(using: &generator) ?? ""
        case .decimal(let total, let fraction, _, _):
            string(Int.random(in: 1...total - fraction, using: &generator), "0123456789") + "."
                + string(Int.random(in: 1...fraction, using: &generator), "0123456789")
        case .integer(let range, _): String(Int.random(in: range, using: &generator))
        case .date: "20" + string(2, "0123456789") + "-0" + string(1, "123456789") + "-1" + string(1, "0123456789")
        case .dateTime: "20" + string(2, "0123456789") + "-01-1" + string(1, "0123456789") + "T13:35:10.500+02:00"
        }
    }

    private static let alphabet = "abcXYZ 019-*/()<>&\"'\r\n\t]]>ÄéßŁŽğ€中\u{301}\u{85}\u{A0}\u{2028}🚗\u{10FFFD}"

    private mutating func string(_ count: Int, _ alphabet: String) -> String {
        let scalars = Array(alphabet.unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<count { text.append(scalars[Int.random(in: scalars.indices, using: &generator)]) }
        return String(text)
    }
}
