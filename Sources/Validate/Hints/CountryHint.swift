import Certificate

/// Countries by the signs that IVI wants in one place and gets in another: distinguishing signs of vehicles (Vienna Convention on Road
/// Traffic, Annex 3), codes of ISO 3166-1, and the numbers of approval authorities (Regulation (EU) 2020/683, Annex IV).
enum CountryHint {
    struct Country {
        /// On the rear of its vehicles: `D`.
        let sign: String
        /// `DE` and `DEU`.
        let alpha2, alpha3: String
        /// The number behind the e of its approvals; nil outside the Union.
        let approval: String?
        let name: String

        /// As the Union's institutions write it, which differs from ISO for two.
        var unionCode: String { alpha2 == "GB" ? "UK" : alpha2 }
    }

    static func about(_ text: String, for type: String) -> String? {
        switch type {
        case "ViennaCountryCode":
            return country(text).map {
                """
                Write \($0.sign) for \($0.name): this element holds the distinguishing sign of road traffic, not \(what(text, $0)). \
                'codes' for the column translates.
                """
            }
        case "EuCountryCode":
            return country(text).map {
                "Write \($0.unionCode) for \($0.name): this element holds the two-letter code, not \(what(text, $0)). 'codes' for the column translates."
            }
        case "TypeApprovalCountryCode":
            guard let country = country(text) else { return nil }
            guard let approval = country.approval else { return "\(country.name) grants no EU type-approval." }
            return "Write \(approval) for \(country.name): this element holds the authority's number, as the approval number begins."
        default: return nil
        }
    }

    /// The country of a sign, code, number or name in English; where a text means two, the sign goes first.
    static func country(_ text: String) -> Country? {
        let word = text.uppercased().filter { !$0.isWhitespace && $0 != "." }
        let others = ["EL": "GR", "GB": "GB", "UK": "GB", "EIRE": "IE", "HOLLAND": "NL"]
        return all.first { $0.alpha2 == word } ?? all.first { $0.sign == word } ?? all.first { $0.alpha3 == word }
            ?? all.first { approval in approval.approval.map { $0.uppercased() == word || $0.dropFirst() == word } ?? false }
            ?? all.first { $0.name.uppercased().filter { !$0.isWhitespace } == word }
            ?? others[word].flatMap { code in all.first { $0.alpha2 == code } }
            ?? names[word].flatMap { code in all.first { $0.alpha2 == code } }
    }

    private static func what(_ text: String, _ country: Country) -> String {
        let word = text.uppercased()
        if word == country.alpha2 || word == country.alpha3 { return "the ISO code \(word)" }
        if word == country.sign { return "the distinguishing sign \(word)" }
        return "'\(text)'"
    }

    /// Names of the Union's countries in their own languages, without blanks.
    private static let names: [String: String] = [
        "DEUTSCHLAND": "DE", "ÖSTERREICH": "AT", "BELGIQUE": "BE", "BELGIË": "BE", "БЪЛГАРИЯ": "BG", "ČESKO": "CZ", "DANMARK": "DK",
        "EESTI": "EE", "ΕΛΛΆΔΑ": "GR", "ESPAÑA": "ES", "SUOMI": "FI", "FRANKREICH": "FR", "HRVATSKA": "HR", "MAGYARORSZÁG": "HU",
        "ITALIA": "IT",
        "ITALIEN": "IT", "LIETUVA": "LT", "LATVIJA": "LV", "NEDERLAND": "NL", "NIEDERLANDE": "NL", "POLSKA": "PL", "POLEN": "PL",
        "ROMÂNIA": "RO",
        "SVERIGE": "SE", "SCHWEDEN": "SE", "SLOVENIJA": "SI", "SLOVENSKO": "SK", "SPANIEN": "ES", "SCHWEIZ": "CH", "SUISSE": "CH",
    ]

    static let all: [Country] = table.split(separator: "\n").map { line in
        let words = line.split(separator: " ", maxSplits: 4).map(String.init)
        return Country(sign: words[0], alpha2: words[1], alpha3: words[2], approval: words[3] == "-" ? nil : words[3], name: words[4])
    }

    /// Sign, two and three letters, approval number, name.
    private static let table = """
        A AT AUT e12 Austria
        B BE BEL e6 Belgium
        BG BG BGR e34 Bulgaria
        CY CY CYP e49 Cyprus
        CZ CZ CZE e8 Czechia
        D DE DEU e1 Germany
        DK DK DNK e18 Denmark
        E ES ESP e9 Spain
        EST EE EST e29 Estonia
        F FR FRA e2 France
        FIN FI FIN e17 Finland
        GR GR GRC e23 Greece
        H HU HUN e7 Hungary
        HR HR HRV e25 Croatia
        I IT ITA e3 Italy
        IRL IE IRL e24 Ireland
        L LU LUX e13 Luxembourg
        LT LT LTU e36 Lithuania
        LV LV LVA e32 Latvia
        M MT MLT e50 Malta
        NL NL NLD e4 the Netherlands
        P PT PRT e21 Portugal
        PL PL POL e20 Poland
        RO RO ROU e19 Romania
        S SE SWE e5 Sweden
        SK SK SVK e27 Slovakia
        SLO SI SVN e26 Slovenia
        AL AL ALB - Albania
        AND AD AND - Andorra
        AM AM ARM - Armenia
        AUS AU AUS - Australia
        AZ AZ AZE - Azerbaijan
        BD BD BGD - Bangladesh
        BDS BB BRB - Barbados
        BH BZ BLZ - Belize
        BIH BA BIH - Bosnia and Herzegovina
        BR BR BRA - Brazil
        BRN BH BHR - Bahrain
        BRU BN BRN - Brunei
        BS BS BHS - the Bahamas
        BW BW BWA - Botswana
        BY BY BLR - Belarus
        C CU CUB - Cuba
        CDN CA CAN - Canada
        CGO CD COD - the Democratic Republic of the Congo
        CH CH CHE - Switzerland
        CI CI CIV - Côte d'Ivoire
        CL LK LKA - Sri Lanka
        CO CO COL - Colombia
        CR CR CRI - Costa Rica
        CV CV CPV - Cabo Verde
        DOM DO DOM - the Dominican Republic
        DZ DZ DZA - Algeria
        EAK KE KEN - Kenya
        EAT TZ TZA - Tanzania
        EAU UG UGA - Uganda
        EC EC ECU - Ecuador
        FJI FJ FJI - Fiji
        FL LI LIE - Liechtenstein
        FO FO FRO - the Faroe Islands
        GBG GG GGY - Guernsey
        GBJ JE JEY - Jersey
        GBM IM IMN - the Isle of Man
        GBZ GI GIB - Gibraltar
        GCA GT GTM - Guatemala
        GE GE GEO - Georgia
        GH GH GHA - Ghana
        GUY GY GUY - Guyana
        HK HK HKG - Hong Kong
        HKJ JO JOR - Jordan
        IL IL ISR - Israel
        IND IN IND - India
        IR IR IRN - Iran
        IRQ IQ IRQ - Iraq
        IS IS ISL - Iceland
        J JP JPN - Japan
        JA JM JAM - Jamaica
        KG KG KGZ - Kyrgyzstan
        KH KH KHM - Cambodia
        KWT KW KWT - Kuwait
        KZ KZ KAZ - Kazakhstan
        LAO LA LAO - Laos
        LS LS LSO - Lesotho
        MA MA MAR - Morocco
        MAL MY MYS - Malaysia
        MC MC MCO - Monaco
        MD MD MDA - Moldova
        MEX MX MEX - Mexico
        MGL MN MNG - Mongolia
        MNE ME MNE - Montenegro
        MS MU MUS - Mauritius
        MW MW MWI - Malawi
        MYA MM MMR - Myanmar
        N NO NOR - Norway
        NAM NA NAM - Namibia
        NIC NI NIC - Nicaragua
        NZ NZ NZL - New Zealand
        PA PA PAN - Panama
        PAL PS PSE - Palestine
        PE PE PER - Peru
        PK PK PAK - Pakistan
        PNG PG PNG - Papua New Guinea
        PY PY PRY - Paraguay
        RA AR ARG - Argentina
        RC TW TWN - Taiwan
        RCA CF CAF - the Central African Republic
        RCB CG COG - the Congo
        RCH CL CHL - Chile
        RH HT HTI - Haiti
        RI ID IDN - Indonesia
        RL LB LBN - Lebanon
        RM MG MDG - Madagascar
        RMM ML MLI - Mali
        RN NE NER - Niger
        ROK KR KOR - South Korea
        ROU UY URY - Uruguay
        RP PH PHL - the Philippines
        RSM SM SMR - San Marino
        RUS RU RUS - Russia
        RWA RW RWA - Rwanda
        SD SZ SWZ - Eswatini
        SGP SG SGP - Singapore
        SME SR SUR - Suriname
        SN SN SEN - Senegal
        SRB RS SRB - Serbia
        SY SC SYC - Seychelles
        SYR SY SYR - Syria
        T TH THA - Thailand
        TG TG TGO - Togo
        TJ TJ TJK - Tajikistan
        TM TM TKM - Turkmenistan
        TN TN TUN - Tunisia
        TR TR TUR - Türkiye
        TT TT TTO - Trinidad and Tobago
        UA UA UKR - Ukraine
        UAE AE ARE - the United Arab Emirates
        UK GB GBR - the United Kingdom
        USA US USA - the United States
        UZ UZ UZB - Uzbekistan
        V VA VAT - the Holy See
        VN VN VNM - Viet Nam
        WAG GM GMB - the Gambia
        WAL SL SLE - Sierra Leone
        WAN NG NGA - Nigeria
        WG GD GRD - Grenada
        WL LC LCA - Saint Lucia
        WS WS WSM - Samoa
        WV VC VCT - Saint Vincent and the Grenadines
        YV VE VEN - Venezuela
        Z ZM ZMB - Zambia
        ZA ZA ZAF - South Africa
        ZW ZW ZWE - Zimbabwe
        """
}
