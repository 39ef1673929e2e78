import Certificate

/// CAT-06 and CAT-07: what nobody sees in a value. `TextCheck` decides them in one pass.
enum TextRules {
    static let all = [hiddenCharacters, foreignLetters]

    static let hiddenCharacters = Rule(
        "CAT-06", "Values hold no character that can't be seen", .error,
        appliesTo: "every value", source: "IVI 2.0 schema, whose texts are lines; Unicode, general categories and default ignorables",
        explanation: """
            Control characters, tabs, line breaks, characters without width, characters that change the direction of the text, and code \\
            points without a meaning that all systems share. They come from copied text and wrong conversions; two texts that differ in \\
            them look the same, and a paper doesn't show them. The finding names the first, its code point and its position. Where a file \\
            has rows, ROW-03 says the same while they are read.
            """,
        remedy: "Remove the character in the system that exports the value.",
        scope: .values, whyFixed: "nobody could see on the certificate what was sealed")

    static let foreignLetters = Rule(
        "CAT-07", "A word is written in one script", .error,
        appliesTo: "every value", source: "Unicode Technical Standard 39, mixed scripts and confusables",
        explanation: """
            A Cyrillic А in a VIN or a Greek Ο in a variant is another character for every computer and the same for every eye. Names, \\
            addresses and remarks may be in any script of the Union's languages, word by word; a word that mixes two is refused. All other \\
            values, such as VIN, type, variant, version and codes, hold no letter that looks like a Latin one. Greek letters that look like \\
            none are symbols and may stand anywhere. The finding names the letter, its code point and position, and what it looks like.
            """,
        remedy: "Type the letter anew on a keyboard with Latin letters, in the system that exports the value.",
        scope: .values)

    /// The elements that hold words of a language.
    private static let language: Set<ElementID> = Set(
        [
            "DescriptionCompletedAltered", "DescriptionServiceAndMaintenance", "SignerName", "SignerPosition", "SignatureLocation", "Make",
            "CommercialName", "ManufacturerName", "ManufacturerAddressLine1", "ManufacturerAddressLine2", "ManufacturerAddressLine3",
            "ManufacturerPlaceOfResidence", "ManufacturerCountryOfResidence", "EURepresentativeName", "EURepresentativeAddressLine1",
            "EURepresentativeAddressLine2", "EURepresentativeAddressLine3", "EURepresentativePlaceOfResidence",
            "EURepresentativeCountryOfResidence", "InServiceMaximumPermissibleMassTrafficRegulation",
            "InServiceMaximumPermissibleLadenMassAxleTrafficRegulation", "InServiceMaximumPermissibleLadenMassAxleGroupTrafficRegulation",
            "OtherBodywork", "ManufacturerHybridApplication", "MechanicalCouplingMake", "MechanicalCouplingPartsMake",
            "ManufacturerEnergyConvertor", "GeneralDescriptionMachinery", "RollOverProtectiveMake", "PowerTakeOffPositionOtherDescription",
            "Remark",
        ].map { Catalogue.initialVehicleInformation.known($0).id })

    static func kind(of element: Element) -> TextFlaw.Kind { language.contains(element.id) ? .language : .designation }
}
