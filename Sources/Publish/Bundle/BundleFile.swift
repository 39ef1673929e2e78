/// The names of a bundle's files that people and programs read beside the message.
public enum BundleFile {
    /// The reading copy of the certificate, in the first language that is asked for.
    public static let page = "certificate.html"
    /// What the rules found.
    public static let validation = "validation.json"
    /// Where each value came from.
    public static let provenance = "provenance.json"

    /// A further reading copy, in another language: `certificate.de.html`.
    public static func page(language: String) -> String { "certificate.\(language).html" }

    /// Whether it is a reading copy.
    static func isPage(_ name: String) -> Bool { name.hasPrefix("certificate.") && name.hasSuffix(".html") }
}
