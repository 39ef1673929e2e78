/// Where a tile lies below the export's folder (C2SP tlog-tiles).
struct TilePath {
    static let width = 256

    /// The folders from the top, and the file's name.
    let folders: [String]
    let name: String

    /// - Parameters:
    ///   - kind: a level's number, or `entries`.
    ///   - count: the hashes or entries in it: 256 in a full one.
    init(_ kind: String, position: Int, count: Int) {
        var (folders, name) = Self.number(position)
        if count < Self.width { (folders, name) = (folders + ["\(name).p"], String(count)) }
        (self.folders, self.name) = (["tile", kind] + folders, name)
    }

    /// The folder that holds a tile's partial forms, and its name.
    static func partials(_ kind: String, position: Int) -> (folders: [String], name: String) {
        let (folders, name) = number(position)
        return (["tile", kind] + folders, "\(name).p")
    }

    /// In groups of three digits, all but the last marked by an `x`: 1234067 is `x001/x234/067`.
    private static func number(_ position: Int) -> (folders: [String], name: String) {
        var groups: [String] = []
        var rest = position
        repeat {
            let digits = String(rest % 1_000)
            groups.insert(String(repeating: "0", count: 3 - digits.count) + digits, at: 0)
            rest /= 1_000
        } while rest > 0
        return (groups.dropLast().map { "x\($0)" }, groups.last ?? "000")
    }
}
