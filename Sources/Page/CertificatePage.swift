public import Certificate

/// The reading copy of a certificate: one printable page that shows every value of its message (docs/page.md).
///
/// A function of its input: the same message, language, mark and empty items give the same bytes. It decides nothing, fetches nothing, and
/// runs nothing. Any number of threads.
public enum CertificatePage {
    /// What the page says of the message that it was made of.
    public struct Source: Sendable {
        /// SHA-256 of the message's bytes, in hexadecimal; nil for a draft, of which no message was written yet.
        public let sha256: String?
        /// The subject of the certificate in the message's seal; nil for a message without seal.
        public let sealSubject: String?

        public init(sha256: String, sealSubject: String?) {
            self.sha256 = sha256
            self.sealSubject = sealSubject
        }

        private init() { (sha256, sealSubject) = (nil, nil) }

        /// A certificate before it is made: each page is marked as a draft.
        public static let draft = Source()

        var isDraft: Bool { sha256 == nil }
    }

    /// The page as UTF-8: HTML that is well-formed XML, too.
    /// - Parameters:
    ///   - empty: the places of values that the vehicle's certificate should have and the message doesn't: they are shown as empty items.
    ///   - isDuplicate: marks the page as a duplicate.
    public static func render(
        _ values: FieldValues, empty: [FieldKey] = [], source: Source, language: PageLanguage = .english, isDuplicate: Bool = false
    ) -> [UInt8] {
        let category = categoryKey.flatMap { values[$0] }
        let shown = empty.isEmpty ? values : FieldValues(empty.map { Field($0, "", .assigned) }).overlaid(by: values)
        var page = PageWriter(shown, PageVocabulary.of(language), hasItems: hasItems(category))
        page.writeHead(vin: vinKey.flatMap { values[$0] } ?? "", isDuplicate: isDuplicate, source)
        page.writeSections(source)
        return page.finish()
    }

    /// Whether the catalogue's numbers are those of the vehicle's certificate.
    private static func hasItems(_ category: String?) -> Bool {
        vin?.item(under: category.flatMap { TypeApprovalNumber.Framework(category: $0) }) != nil
    }

    private static let vin = Catalogue.initialVehicleInformation.element(named: "VehicleIdentificationNumber")
    private static let vinKey = vin.flatMap { FieldKey($0) }
    private static let categoryKey = Catalogue.initialVehicleInformation.element(named: "VehicleCategory").flatMap { FieldKey($0) }
}
