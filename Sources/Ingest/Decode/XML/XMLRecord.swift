import Certificate

/// One record of an XML document.
struct XMLRecord {
    var members: [Member] = []
    /// The texts of the members.
    var text: [UInt8] = []
    /// The record as it stands in the document, in UTF-8.
    var received = XMLText()
    /// Where in it namespaces go that the elements around the record declare.
    var nameEnd = 0
    /// Those, and the prefixes that the record declares anew.
    var scope: [XMLNamespace] = []
    var redeclared: [[UInt8]] = []
    var flaws: [Finding] = []

    /// The record as an element of its own.
    var standalone: [UInt8] {
        guard !scope.isEmpty else { return received.bytes }
        let inherited = scope.filter { !redeclared.contains($0.prefix) }.flatMap(\.declaration)
        return Array(received.bytes[..<nameEnd]) + inherited + received.bytes[nameEnd...]
    }
}

/// A namespace as an element declares it.
struct XMLNamespace {
    /// Empty for the default one.
    let prefix: [UInt8]
    /// As it is written in a start tag.
    let declaration: [UInt8]
    /// Of the element.
    let depth: Int
}
