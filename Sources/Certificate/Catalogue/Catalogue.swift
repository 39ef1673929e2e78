/// The elements and types of a message version. Reader, checker, writer and documentation all work from it.
public final class Catalogue: Sendable {
    public let namespace: String
    /// All elements by `ElementID`, the root first, in document order.
    public let elements: [Element]
    public let simpleTypes: [SimpleType]
    private let names: NameTable

    /// Initial Vehicle Information 2.0.
    public static let initialVehicleInformation: Catalogue = {
        do {
            return try CatalogueParser.parse(PackageResources.ivi_2_0_catalogue)
        } catch {
            // The text is part of the program and a unit test parses it: only a broken build comes here.
            fatalError("built-in catalogue: \(error)")
        }
    }()

    init(namespace: String, elements: [Element], simpleTypes: [SimpleType]) {
        self.namespace = namespace
        self.elements = elements
        self.simpleTypes = simpleTypes
        names = NameTable(elements.map(\.name))
    }

    public subscript(id: ElementID) -> Element { elements[Int(id.rawValue)] }

    /// The element of that exact name (case matters), or nil.
    public func element(named name: some StringProtocol) -> Element? {
        var name = String(name)
        return name.withUTF8 { element(named: $0) }
    }

    /// The element whose name is exactly these bytes, or nil.
    func element(named name: UnsafeBufferPointer<UInt8>) -> Element? { names.number(of: name).map { elements[$0] } }

    public var root: Element { elements[0] }

    /// Whether `ancestor` stands above `descendant` (or is it).
    public func contains(_ ancestor: ElementID, _ descendant: ElementID) -> Bool {
        ancestor <= descendant && descendant <= self[ancestor].lastDescendant
    }
}
