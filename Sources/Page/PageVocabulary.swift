import Certificate

/// What the page says in one language, as bytes ready to be copied: made once.
struct PageVocabulary: Sendable {
    /// By `ElementID`: `13.2` and `Actual mass`, as escaped content.
    let item: [[UInt8]]
    let label: [[UInt8]]
    /// By `ElementID`: ` kg`, or nothing.
    let unit: [[UInt8]]
    /// By `ElementID` of a table's group: the name before its number.
    let group: [[UInt8]]
    let sectionTitle: [PageSection: [UInt8]]
    let frame: PageFrame
    /// By the code of an energy source: ` l/100 km`.
    private let fuelUnits: [String: [UInt8]]
    private let otherFuelUnit: [UInt8]
    /// By `ElementID`: what codes mean, as the whole content of a cell.
    private let meanings: [[String: [UInt8]]]

    private static let all = PageLanguage.allCases.map { PageVocabulary(PageTexts($0)) }

    /// Made at the first use of any language.
    static func of(_ language: PageLanguage) -> PageVocabulary {
        all[PageLanguage.allCases.firstIndex(of: language) ?? 0]
    }

    private init(_ texts: PageTexts) {
        let elements = Catalogue.initialVehicleInformation.elements
        item = elements.map { Self.content($0.item ?? "") }
        label = elements.map { $0.isValue ? Self.content(texts.label(of: $0.name) ?? $0.name) : [] }
        unit = elements.map { $0.unit.map { Self.content(" \($0)") } ?? [] }
        let number = texts["group"]
        group = elements.map { $0.isRepeating ? Self.content(texts.optional("group.\($0.name)") ?? number) : [] }
        var titles: [PageSection: [UInt8]] = [:]
        for section in PageSection.allCases { titles[section] = Self.content(texts[section.title]) }
        sectionTitle = titles
        frame = PageFrame(texts)
        fuelUnits = PageLayout.fuelUnits.mapValues { Self.content(" \(texts[$0])") }
        otherFuelUnit = Self.content(" \(texts[PageLayout.otherFuelUnit])")
        // Elements of one type share one table.
        var byType: [String: [String: [UInt8]]] = [:]
        meanings = elements.map { element in
            guard let type = element.simpleType, case .codes(let codes, _) = type.form else { return [:] }
            if let known = byType[type.name] { return known }
            let made = Self.meanings(type.name, codes, texts)
            byType[type.name] = made
            return made
        }
    }

    /// Appends a value as people read it: a code with its meaning where that is sure, anything else as it is, with its unit.
    /// - Parameter exponent: the power of ten that the number is to be multiplied by.
    func append(_ value: String, of element: Int, exponent: String? = nil, to page: inout [UInt8]) {
        if let meaning = meanings[element][value] {
            page.append(contentsOf: meaning)
        } else {
            PageText.append(value, to: &page)
            if let exponent {
                page.append(contentsOf: " × 10<sup>".utf8)
                PageText.append(exponent, to: &page)
                page.append(contentsOf: "</sup>".utf8)
            }
            page.append(contentsOf: unit[element])
        }
    }

    /// The unit of a consumption for 100 km.
    func unit(byFuel code: String?) -> [UInt8] { code.flatMap { fuelUnits[$0] } ?? otherFuelUnit }

    private static func meanings(_ type: String, _ codes: [String], _ texts: PageTexts) -> [String: [UInt8]] {
        var meanings: [String: [UInt8]] = [:]
        for code in codes {
            guard let meaning = texts.meaning(of: code, type: type) else { continue }
            let isSaidByTheWord = (type == "Indicator" || type == "OptionalCode") && (code == "Y" || code == "N")
            meanings[code] = content(meaning) + (isSaidByTheWord ? [] : Array(" <b>(".utf8) + content(code) + Array(")</b>".utf8))
        }
        return meanings
    }

    private static func content(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        PageText.append(text, to: &bytes)
        return bytes
    }
}

/// The countries behind three kinds of codes: the numbers of approval authorities, ISO 3166 and the distinguishing signs of vehicles.
enum Countries {
    static func iso(_ code: String, type: String) -> String? {
        switch type {
        case "TypeApprovalCountryCode": byNumber[code]
        case "EuCountryCode": code
        case "ViennaCountryCode": bySign[code]
        default: nil
        }
    }

    private static let byNumber = [
        "e1": "DE", "e2": "FR", "e3": "IT", "e4": "NL", "e5": "SE", "e6": "BE", "e7": "HU", "e8": "CZ", "e9": "ES", "e12": "AT",
        "e13": "LU",
        "e17": "FI", "e18": "DK", "e19": "RO", "e20": "PL", "e21": "PT", "e23": "GR", "e24": "IE", "e25": "HR", "e26": "SI", "e27": "SK",
        "e29": "EE", "e32": "LV", "e34": "BG", "e36": "LT", "e49": "CY", "e50": "MT",
    ]

    private static let bySign = [
        "A": "AT", "B": "BE", "BG": "BG", "CH": "CH", "CY": "CY", "CZ": "CZ", "D": "DE", "DK": "DK", "E": "ES", "EST": "EE", "F": "FR",
        "FIN": "FI", "FL": "LI", "GR": "GR", "H": "HU", "HR": "HR", "I": "IT", "IRL": "IE", "IS": "IS", "L": "LU", "LT": "LT", "LV": "LV",
        "M": "MT", "N": "NO", "NL": "NL", "P": "PT", "PL": "PL", "RO": "RO", "S": "SE", "SK": "SK", "SLO": "SI", "UK": "UK",
    ]
}
