extension Catalogue {
    /// The element of a name that stands in the program's own text, never in its input.
    public func known(_ name: String) -> Element {
        guard let element = element(named: name) else {
            // The tests run whatever names an element: only a broken build comes here.
            fatalError("the catalogue has no element '\(name)'")
        }
        return element
    }
}
