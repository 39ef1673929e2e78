import Certificate

/// Why a name in a source's `overrides` can't be meant.
struct OverrideProblem {
    let message: String
    let remedy: String

    private static let lookItUp = "docs/catalogue.md and 'ecocctl elements' name them."

    /// - Returns: nil where the name is an element or group of the certificate's data.
    init?(_ name: String) {
        let catalogue = Catalogue.initialVehicleInformation
        if let element = catalogue.element(named: name) {
            let isData = element.id != catalogue.root.id && element.parent != catalogue.root.id && element.content != .signature
            guard !isData else { return nil }
            message = "is everything that a certificate holds"
            remedy = "Name the elements or groups in which vehicles of one version differ."
        } else if name.contains("[") || name.contains("."), let key = try? FieldPath.parse(name) {
            message = "is a path; the setting has names, each good for every group of its table"
            remedy = "Write \"\(key.resolve(in: catalogue).element.name)\"."
        } else {
            message = "is no element of IVI 2.0"
            let nearest = EditDistance.nearest(to: name, in: catalogue.elements.lazy.map(\.name), within: max(1, name.utf8.count / 3))
            remedy = nearest.map { "Perhaps \"\($0)\" is meant; \(Self.lookItUp)" } ?? "Look for a typing mistake; \(Self.lookItUp)"
        }
    }
}
