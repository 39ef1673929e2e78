import Certificate

/// One value of a certificate and where it came from, as people and programs get it told.
struct ValueLine: Encodable {
    var element: String
    var item: String?
    var value: String
    var unit: String?
    /// `record`, `reference`, `constant`, `assigned` or `unknown`.
    var origin: String
    var column: Int?
    var name: String?
    var line: Int?
    /// What a layer below would have given.
    var replaced: Replaced?

    struct Replaced: Encodable { var value, origin: String }

    init(
        _ field: Field, showsItems: Bool, origin: String, column: Int? = nil, name: String? = nil, line: Int? = nil,
        replaced: Replaced? = nil
    ) {
        let resolved = field.key.resolve(in: .initialVehicleInformation).element
        element = FieldPath.write(field.key)
        item = showsItems ? resolved.item : nil
        (value, unit) = (field.value, resolved.unit)
        (self.origin, self.column, self.name, self.line, self.replaced) = (origin, column, name, line, replaced)
    }

    /// The numbers of items are those of Regulation (EU) 2020/683: certificates of other acts have others.
    static func showsItems(_ values: FieldValues) -> Bool {
        let category = FieldKey(Catalogue.initialVehicleInformation.known("VehicleCategory")).flatMap { values[$0] } ?? ""
        return ["M", "N", "O"].contains(category.prefix(1))
    }

    /// As a table. Where it has to fit a terminal, paths begin where they say more than the element's name: a table with its number.
    static func show(_ lines: [ValueLine]) {
        let isNarrow = TextWidth.terminal != nil
        let showsItems = lines.contains { $0.item != nil }
        Console.table(
            ["ELEMENT"] + (showsItems ? ["ITEM"] : []) + ["VALUE", "ORIGIN"],
            lines.map { line in
                [isNarrow ? line.shortPath : line.element] + (showsItems ? [line.item ?? "-"] : [])
                    + [[line.value, line.unit].compactMap(\.self).joined(separator: " "), line.originWords]
            }, breaksWords: true)
    }

    private var shortPath: String {
        let parts = element.split(separator: ".")
        return (parts.dropLast().drop { !$0.hasSuffix("]") } + parts.suffix(1)).joined(separator: ".")
    }

    private var originWords: String {
        let words =
            switch (column, line) {
            case (let column?, _): "record, column \(column)" + (name.map { element.hasSuffix($0) ? "" : " (\($0))" } ?? "")
            case (_, let number?): "record, line \(number)"
            default: Self.words(origin)
            }
        return words + (replaced.map { ", instead of '\($0.value)' (\(Self.words($0.origin)))" } ?? "")
    }

    private static func words(_ origin: String) -> String {
        switch origin {
        case "constant": "constant of the profile"
        case "assigned": "given by ecocd"
        case "reference": "reference data"
        default: origin
        }
    }
}
