import CXML

/// A message whose root isn't IVI 2.0's, while it is looked through for the version that it names. Nothing of it is used.
struct ForeignMessage {
    let root: String
    let namespace: String
    private let expected: String
    private var depth = 1
    /// The text of IviVersionNumberXsd, while that element is open.
    private var version: [UInt8]?

    enum Verdict: Equatable {
        case open
        /// IVI 1.x, and what shows it, as a clause.
        case old(String)
        /// Another version, and what shows it.
        case other(String)
        /// It has the root element of IVI, but says no version.
        case unknown
    }

    init(root: String, namespace: String, expected: String) {
        self.root = root
        self.namespace = namespace
        self.expected = expected
    }

    /// Whether it is worth looking through: its root or its namespace are those of some IVI.
    var isIVI: Bool { root == expected || isNamespaceOfIVI }

    private var isNamespaceOfIVI: Bool { namespace.lowercased().contains("initialvehicleinformation") }

    /// - Returns: how many elements are open now.
    mutating func start(_ name: String) -> Int {
        depth += 1
        if name == "IviVersionNumberXsd", version == nil { version = [] }
        return depth
    }

    mutating func characters(_ bytes: UnsafeBufferPointer<xmlChar>) {
        guard let begun = version, begun.count < 100 else { return }
        version?.append(contentsOf: bytes.prefix(100))
    }

    mutating func end() -> Verdict {
        depth -= 1
        if let version {
            let text = String(decoding: version, as: UTF8.self)
            let words = "its IviVersionNumberXsd is '\(text.prefix(20))' and its namespace '\(namespace)'"
            return Self.isOld(text) ? .old(words) : .other(words)
        }
        guard depth == 0 else { return .open }
        guard isNamespaceOfIVI else { return .unknown }
        let words = "its namespace is '\(namespace)'"
        // Namespaces of 1.x end without a version or with one of theirs.
        return namespace.last?.isNumber != true || namespace.lowercased().hasSuffix("v1") ? .old(words) : .other(words)
    }

    /// Whether IviVersionNumberXsd names a 1.x.
    static func isOld(_ version: String) -> Bool {
        let digits = version.drop { $0.isWhitespace }.prefix { $0.isNumber }
        return digits == "1" || digits == "0"
    }
}
