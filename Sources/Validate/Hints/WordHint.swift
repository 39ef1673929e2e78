/// Words of people where IVI has a code, in the seven languages of the page.
enum WordHint {
    static func about(_ text: String, for type: String, _ codes: [String]) -> String? {
        let word = text.lowercased().filter { !$0.isWhitespace && $0 != "-" }
        guard let meaning = meanings[type]?.first(where: { $0.words.contains(word) }), codes.contains(meaning.code) else { return nil }
        return "Write the code \(meaning.code) for '\(text)'\(meaning.note.map { " (\($0))" } ?? ""); 'codes' for the column translates."
    }

    private typealias Meaning = (code: String, words: Set<String>, note: String?)

    private static func meaning(_ code: String, _ words: String, _ note: String? = nil) -> Meaning {
        (code, Set(words.split(separator: " ").map(String.init)), note)
    }

    private static let yesNo = [
        meaning("Y", "yes true 1 j ja oui o si sí s tak t x wahr vrai"), meaning("N", "no false 0 nein non n nie nee falsch faux"),
    ]

    private static let measures = [
        meaning("M", "metric metrisch métrique km km/h kmh kph metrico métrico"), meaning("I", "imperial mph mi miles mile"),
        meaning("B", "both beide dual"),
    ]

    private static let bodies = [
        meaning("AA", "saloon sedan limousine berline berlina"), meaning("AB", "hatchback schrägheck"),
        meaning("AC", "stationwagon estate kombi break familiare wagon"), meaning("AD", "coupé coupe"),
        meaning("AE", "convertible cabrio cabriolet roadster"), meaning("AF", "multipurpose mpv suv minivan"),
        meaning("BA", "lorry truck lkw camion"), meaning("BB", "kastenwagen furgone fourgon"), meaning("BE", "pickup"),
        meaning("DA", "semitrailer sattelanhänger"), meaning("DB", "drawbartrailer"), meaning("DC", "centreaxletrailer"),
    ]

    private static let meanings: [String: [Meaning]] = [
        "ColourCode": [
            meaning("1", "white weiß weiss blanc blanche bianco blanco biały wit"),
            meaning("2", "yellow gelb jaune giallo amarillo żółty geel"),
            meaning("3", "orange arancione naranja pomarańczowy oranje"), meaning("4", "red rot rouge rosso rojo czerwony rood"),
            meaning("5", "violet purple violett lila viola violeta morado fioletowy paars"),
            meaning("6", "blue blau bleu blu azul niebieski blauw"), meaning("7", "green grün gruen vert verte verde zielony groen"),
            meaning("8", "grey gray grau gris grigio szary grijs"),
            meaning("8", "silver silber argent argento plata srebrny zilver", "the list of ten colours has no silver; grey is the nearest"),
            meaning("9", "brown braun brun marron marrone marrón brązowy bruin"),
            meaning("9", "beige beżowy", "the list of ten colours has no beige; brown is the nearest"),
            meaning("10", "black schwarz noir noire nero negro czarny zwart"),
        ],
        "Indicator": yesNo, "OptionalCode": yesNo + [meaning("O", "optional option")],
        "MetricImperialSpeedometerCode": measures, "MetricImperialOdometerCode": measures,
        "RightLeftHandTrafficCode": [
            meaning("RIGHT", "r rhs rechts droite destra derecha rechtsverkehr lhd", "the side of the road, not of the steering wheel"),
            meaning("LEFT", "l lhs links gauche sinistra izquierda linksverkehr rhd", "the side of the road, not of the steering wheel"),
        ],
        "StageOfCompletionCode": [
            meaning("C", "complete vollständig complet completo"), meaning("I", "incomplete unvollständig incomplet incompleto"),
            meaning("V", "completed vervollständigt complété"),
        ],
        "EnergySourceCode": [
            meaning(
                "10", "petrol gasoline benzin essence benzina gasolina benzyna benzine", "or 11 for E5, 12 for E10, as the approval has it"),
            meaning("20", "diesel gazole gasolio gasóleo"), meaning("30", "lpg autogas gpl"), meaning("40", "cng erdgas gnc"),
            meaning("50", "hydrogen wasserstoff hydrogène idrogeno h2"), meaning("60", "lng"), meaning("16", "e85"),
            meaning("95", "electric electricity elektro elektrisch strom électrique électricité elettrico eléctrico"),
        ],
        "FuelTypeCode": [
            meaning("M", "mono monofuel single"), meaning("B", "bi bifuel"), meaning("F", "flex flexfuel"), meaning("D", "dual dualfuel"),
        ],
        "BodyworkCode": bodies,
    ]
}
