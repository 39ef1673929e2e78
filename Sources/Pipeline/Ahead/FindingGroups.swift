public import Certificate

/// The findings of a file, brought together: the same rule at the same place with the same words is one group, however many rows it is
/// said of. Where more than `mostWordings` rows' words differ, one group with the first of them stands for all; beyond `mostGroups` places, one for
/// each rule. So a file of any size gives an answer of bounded size.
public struct FindingGroups: Sendable {
    /// Equal findings of several rows.
    public struct Group: Sendable {
        /// The first of them.
        public let finding: Finding
        /// The VIN of the first one's record.
        public let vin: String?
        public fileprivate(set) var count = 0
        /// The first rows, at most `mostRows`; none for a finding about the whole file.
        public fileprivate(set) var rows: [Int] = []
        /// The words or the value differ from row to row; `finding` has those of the first.
        public fileprivate(set) var isVaried = false

        fileprivate init(_ finding: Finding, _ vin: String?) { (self.finding, self.vin) = (finding, vin) }

        fileprivate mutating func add(_ row: Int?) {
            count += 1
            if let row, rows.count < FindingGroups.mostRows { rows.append(row) }
        }

        fileprivate mutating func merge(_ other: Group) {
            count += other.count
            rows = Array((rows + other.rows).sorted().prefix(FindingGroups.mostRows))
            isVaried = true
        }
    }

    public static let mostRows = 10
    /// Different words that are told one by one, of one rule at one place.
    public static let mostWordings = 3
    /// Some ten times the rules that there are.
    public static let mostGroups = 2000

    /// A rule and where it was broken.
    private struct Place: Hashable {
        var rule: String
        var severity: Finding.Severity
        var column, element: String?
    }

    private var places: [Place: [Group]] = [:]
    private var size = 0
    /// How many findings were added.
    public private(set) var count = 0

    public init() {}

    /// - Parameter vin: of the finding's record.
    public mutating func add(_ finding: Finding, vin: String?) {
        count += 1
        var place = Place(rule: finding.rule, severity: finding.severity, column: finding.column, element: finding.element)
        let isFull = places[place] == nil && size >= Self.mostGroups
        if isFull { (place.column, place.element) = (nil, nil) }
        var groups = places[place] ?? []
        if let index = groups.firstIndex(where: { $0.isVaried || $0.finding.saysTheSame(as: finding) }) {
            groups[index].add(finding.row)
        } else {
            var group = Group(finding, vin)
            group.add(finding.row)
            groups.append(group)
        }
        if groups.count > (isFull ? 1 : Self.mostWordings) {
            for other in groups.dropFirst() { groups[0].merge(other) }
            groups.removeSubrange(1...)
        }
        size += groups.count - (places[place]?.count ?? 0)
        places[place] = groups
    }

    /// The gravest first, then by the first row.
    public var sorted: [Group] {
        places.values.flatMap(\.self).sorted { left, right in
            (right.finding.severity, left.rows.first ?? 0, left.finding.rule, left.finding.element ?? "", left.finding.message)
                < (left.finding.severity, right.rows.first ?? 0, right.finding.rule, right.finding.element ?? "", right.finding.message)
        }
    }
}

extension Finding {
    fileprivate func saysTheSame(as other: Finding) -> Bool {
        message == other.message && value == other.value && remedy == other.remedy && change == other.change
    }
}
