import CXML

/// The ways from a record to its values, each worked out once in a file: which name a person gives them.
///
/// Elements are told by the pointers to their names: a parser gives the same one for the same name.
struct XMLPaths {
    /// The record itself, which has no name.
    static let record = 0

    private struct Place {
        let name: String
        /// The same way with the numbers 2, 3 and so on.
        var numbered: [Int] = []
        /// In which opening of its parent the element was last seen, and how often there.
        var opening = 0
        var count = 0
    }

    private struct Step: Hashable {
        let parent: Int
        let isAttribute: Bool
        let name: UnsafePointer<xmlChar>
    }

    private var places = [Place(name: "")]
    private var steps: [Step: Int] = [:]

    /// How many there are. A hostile file has a new one in every element.
    var count: Int { places.count }

    func name(_ place: Int) -> String { places[place].name }

    /// - Parameter opening: tells each opening of the parent from the next.
    mutating func element(_ name: UnsafePointer<xmlChar>, in parent: Int, opening: Int) -> Int {
        let first = place(Step(parent: parent, isAttribute: false, name: name)) { parent in
            parent.isEmpty ? String(cString: name) : "\(parent).\(String(cString: name))"
        }
        if places[first].opening != opening {
            places[first].opening = opening
            places[first].count = 0
        }
        places[first].count += 1
        let count = places[first].count
        guard count > 1 else { return first }
        if places[first].numbered.count < count - 1 {
            let place = append("\(places[first].name)[\(count)]")
            places[first].numbered.append(place)
        }
        return places[first].numbered[count - 2]
    }

    mutating func attribute(_ name: UnsafePointer<xmlChar>, of parent: Int) -> Int {
        place(Step(parent: parent, isAttribute: true, name: name)) { "\($0)@\(String(cString: name))" }
    }

    private mutating func place(_ step: Step, _ name: (String) -> String) -> Int {
        if let place = steps[step] { return place }
        let place = append(name(places[step.parent].name))
        steps[step] = place
        return place
    }

    private mutating func append(_ name: String) -> Int {
        places.append(Place(name: name))
        return places.count - 1
    }
}
