/// Gives back its smallest element first. Putting one in and taking one out take a number of steps that grows with the logarithm of the count.
struct Heap<Element: Comparable> {
    private var elements: [Element] = []

    /// The smallest element, or nil when there is none.
    var first: Element? { elements.first }

    mutating func insert(_ element: Element) {
        elements.append(element)
        var place = elements.count - 1
        while place > 0, case let parent = (place - 1) / 2, elements[place] < elements[parent] {
            elements.swapAt(place, parent)
            place = parent
        }
    }

    /// Takes out the smallest element.
    mutating func popFirst() -> Element? {
        guard let last = elements.popLast() else { return nil }
        guard let first = elements.first else { return last }
        elements[0] = last
        sink()
        return first
    }

    private mutating func sink() {
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < elements.count && elements[child] < elements[least] { least = child }
            if least == place { return }
            elements.swapAt(place, least)
            place = least
        }
    }
}
