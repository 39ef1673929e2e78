/// The elements that a reader stands in, the root first.
struct OpenElements {
    private var elements: [OpenElement] = []

    var count: Int { elements.count }
    var innermost: OpenElement? { elements.last }

    mutating func push(_ element: OpenElement) { elements.append(element) }

    mutating func pop() -> OpenElement? { elements.popLast() }

    mutating func updateInnermost(_ change: (inout OpenElement) -> Void) {
        guard !elements.isEmpty else { return }
        change(&elements[elements.count - 1])
    }

    /// The place of the innermost element, or of `name` inside it, as `FieldPath` writes it: a table's number is that of its group.
    func path(to name: String? = nil) -> String {
        var parts: [String] = []
        for current in elements.dropFirst() {
            if current.element.isRepeating, let table = parts.popLast() {
                parts.append("\(table)[\(current.number)]")
            } else {
                parts.append(current.element.name)
            }
        }
        if let name { parts.append(name) }
        return parts.joined(separator: ".")
    }
}

/// One element whose end tag hasn't come yet.
struct OpenElement {
    let element: Element
    let line: Int
    /// Which start tag of the message it is; so one opening of an element is told from the next.
    let serial: Int
    /// Which of its kind it is in its parent, from 1.
    let number: Int
    /// The part of a `FieldKey` that its repeating ancestors determine, and where the next part goes.
    let place: UInt64
    let shift: UInt64
    var childCount = 0
    var hasStrayText = false

    init(root: Element, line: Int) {
        self.init(element: root, line: line, serial: 1, number: 1, place: 0, shift: 54)
    }

    /// - Parameter number: 1...255 for the group of a table.
    init(_ element: Element, in parent: OpenElement, number: Int, line: Int, serial: Int) {
        let isGroup = element.isRepeating
        let step = isGroup ? UInt64(element.id.rawValue) << parent.shift | UInt64(number) << (parent.shift - 8) : 0
        self.init(
            element: element, line: line, serial: serial, number: number, place: parent.place | step,
            shift: isGroup ? parent.shift - 18 : parent.shift)
    }

    private init(element: Element, line: Int, serial: Int, number: Int, place: UInt64, shift: UInt64) {
        self.element = element
        self.line = line
        self.serial = serial
        self.number = number
        self.place = place
        self.shift = shift
    }

    /// The key of a value.
    var key: FieldKey { FieldKey(bits: place | UInt64(element.id.rawValue) << shift) }
}
