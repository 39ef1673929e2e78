/// A language that the page can be read in.
public enum PageLanguage: String, CaseIterable, Sendable {
    case english = "en"
    case german = "de"
    case french = "fr"
    case italian = "it"
    case spanish = "es"
    case polish = "pl"
    case dutch = "nl"

    /// The codes, for messages to people.
    public static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// Its file of texts (docs/page.md).
    var file: [UInt8] {
        switch self {
        case .english: PackageResources.page_en
        case .german: PackageResources.page_de
        case .french: PackageResources.page_fr
        case .italian: PackageResources.page_it
        case .spanish: PackageResources.page_es
        case .polish: PackageResources.page_pl
        case .dutch: PackageResources.page_nl
        }
    }
}
