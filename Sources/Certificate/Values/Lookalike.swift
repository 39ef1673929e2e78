/// Letters of other scripts that people take for Latin ones (a part of Unicode's confusables, UTS 39, that keyboards of Europe have).
enum Lookalike {
    private static let table: [Unicode.Scalar: Character] = {
        let pairs = [
            // Cyrillic
            ("АВЕЅІЈКМНОРСТУХЗҮԚԜ", "ABESIJKMHOPCTYX3YQW"), ("аеѕіјорсухһԁԛԝѵ", "aesijopcyxhdqwv"),
            // Greek
            ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC"), ("οινϲϳ", "oivcj"),
            // Armenian
            ("ՕՏԼօսհոզց", "OSLouhnqg"),
            // Cherokee
            ("ᎪᎫᎬᎠᎡᎢᎷᎻᏀᏃᏚᏢᏞᏟᏙᏔᏦᏴ", "AJEDRTMHGZSPLCVWKB"),
            ("\u{212A}", "K"),
        ]
        return Dictionary(pairs.flatMap { zip($0.unicodeScalars, $1) }) { first, _ in first }
    }()

    /// The Latin letter or the digit that a letter looks like, or nil.
    static func of(_ scalar: Unicode.Scalar) -> Character? {
        if let letter = table[scalar] { return letter }
        if !scalar.isASCII, scalar.properties.generalCategory == .decimalNumber, let value = scalar.properties.numericValue {
            return String(Int(value)).first
        }
        switch scalar.value {
        // Fullwidth letters stand in the order of ASCII.
        case 0xFF21...0xFF3A, 0xFF41...0xFF5A: return Unicode.Scalar(scalar.value - 0xFEE0).map { Character($0) }
        case 0x1D400...0x1D6A3: return mathematical(scalar)
        default: return nil
        }
    }

    /// Bold, italic and other forms: `MATHEMATICAL BOLD CAPITAL A`.
    private static func mathematical(_ scalar: Unicode.Scalar) -> Character? {
        guard let name = scalar.properties.name, let last = name.split(separator: " ").last, last.count == 1, let letter = last.first else {
            return nil
        }
        return name.contains("SMALL") ? letter.lowercased().first : letter
    }
}
