/// The name of one volume of a ledger: the log's name and a number, as in `example.org/ecoc/1`. It is the origin of the volume's heads.
public struct VolumeName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// What all volumes of a ledger have in common.
    let log: String
    public let number: Int

    private init(log: String, number: Int) { (self.log, self.number) = (log, number) }

    /// Nil for an origin whose last part isn't a number: such a ledger has one volume for ever.
    public init?(_ origin: String) {
        guard let slash = origin.lastIndex(of: "/"), let number = Int(origin[origin.index(after: slash)...]), number > 0,
            "\(origin[..<slash])/\(number)" == origin
        else { return nil }
        (log, self.number) = (String(origin[..<slash]), number)
    }

    public var origin: String { "\(log)/\(number)" }
    public var description: String { origin }

    var next: VolumeName { VolumeName(log: log, number: number + 1) }

    /// Whether both are volumes of one ledger.
    func isSibling(of other: VolumeName) -> Bool { log == other.log }

    public static func < (left: VolumeName, right: VolumeName) -> Bool { (left.log, left.number) < (right.log, right.number) }
}
