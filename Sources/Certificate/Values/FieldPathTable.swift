/// The parts of every value's path as bytes, so that many paths are written cheaply: made once.
struct FieldPathTable: Sendable {
    static let initialVehicleInformation = FieldPathTable(.initialVehicleInformation)

    /// By `ElementID`: what stands before, between and behind the numbers of a value's path; empty for groups.
    private let parts: [[[UInt8]]]
    private let isRepeating: [Bool]

    private init(_ catalogue: Catalogue) {
        isRepeating = catalogue.elements.map(\.isRepeating)
        parts = catalogue.elements.map { element in
            guard element.isValue, let key = FieldKey(element, indices: element.repeatingAncestors.map { _ in 1 }) else { return [] }
            let path = FieldPath.write(key, in: catalogue)
            return path.split(separator: "[1]", omittingEmptySubsequences: false).enumerated().map { number, part in
                Array((number == 0 ? part : "]\(part)").utf8)
            }
        }
    }

    func append(_ key: FieldKey, to bytes: inout [UInt8]) {
        var levels = 0
        var element = Int(key.element(behind: 0).rawValue)
        while isRepeating[element] {
            levels += 1
            element = Int(key.element(behind: levels).rawValue)
        }
        for (level, part) in parts[element].enumerated() {
            if level > 0 {
                bytes.append(UInt8(ascii: "["))
                append(number: Int(key.place(levels: level) & 0xFF), to: &bytes)
            }
            bytes.append(contentsOf: part)
        }
    }

    /// From 1 to 255.
    private func append(number: Int, to bytes: inout [UInt8]) {
        if number >= 100 { bytes.append(UInt8(ascii: "0") + UInt8(number / 100)) }
        if number >= 10 { bytes.append(UInt8(ascii: "0") + UInt8(number / 10 % 10)) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}

extension FieldPath {
    /// Appends the full path of a key of IVI 2.0, as `write` gives it.
    public static func append(_ key: FieldKey, to bytes: inout [UInt8]) { FieldPathTable.initialVehicleInformation.append(key, to: &bytes) }
}
