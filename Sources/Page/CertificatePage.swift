public import Certificate

/// The reading copy of a certificate: one printable page that shows every value of its message (docs/page.md).
///
/// A function of its input: the same message, language and mark give the same bytes. It decides nothing, fetches nothing, and runs nothing.
/// Any number of threads.
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
    }

    /// The page as UTF-8: HTML that is well-formed XML, too.
    /// - Parameter isDuplicate: marks the page as a duplicate.
    public static func render(
        _ values: FieldValues, source: Source, language: PageLanguage = .english, isDuplicate: Bool = false
    ) -> [UInt8] {
        var page = PageWriter(values, PageVocabulary.of(language))
        page.writeHead(vin: vinKey.flatMap { values[$0] } ?? "", isDuplicate: isDuplicate, source)
        page.writeSections(source)
        return page.finish()
    }

    private static let vinKey = Catalogue.initialVehicleInformation.element(named: "VehicleIdentificationNumber").flatMap { FieldKey($0) }
}
