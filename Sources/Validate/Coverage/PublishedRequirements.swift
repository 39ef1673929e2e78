extension RequirementCoverage {
    /// RULES 1 to 98, then section 5 of MODEL.
    static let requirements: [Requirement] =
        (1...98).map { Requirement(.rules, String($0)) } + modelKeys.map { Requirement(.model, $0) }

    private static let modelKeys = [
        "5.1", "5.2", "5.3", "R-AX1", "R-AX2", "R-AX3", "R-AX4", "R-AX5", "R-AX6", "R-AX7", "R-MA1", "R-MA2",
        "R-MA3", "R-MA4", "R-MA5", "R-MA6", "R-MA7", "R-CAT1", "R-CAT2", "R-FU1", "R-FU2", "R-FU3", "R-FU4", "R-FU5",
        "R-FU6", "R-FU7", "R-FU8", "R-FU9", "R-FU10", "R-FU11", "R-FU12", "R-ID1", "R-ID2", "R-ID3", "R-DT1", "R-DT2",
        "R-DO1", "R-ST1", "R-SG1", "R-XC1", "R-FD1", "R-FD2",
    ]

    /// What besides rules about vehicles decides a requirement, or why nothing does.
    static let others: [Requirement: [Decision]] = [
        .init(.rules, "1"): [
            .schema("one Header and one CocDataGroup"),
            .elsewhere("the seal adds exactly one signature", test: "MessageSealerTests.addsTheSignatureAndNothingElse"),
        ],
        .init(.rules, "2"): [
            .schema("the pattern of a UUID of version 4"),
            .elsewhere("no reference id is used twice", rules: ["ID-06"], test: "ReadyMessageTests.reusedReferenceIdIsRefused"),
        ],
        .init(.rules, "3"): [
            .schema("the literal 2.0"),
            .elsewhere(
                "messages of other versions aren't read", rules: ["XML-06", "XML-07"], test: "MessageReaderTests.namesAnotherVersion"),
        ],
        .init(.rules, "4"): [
            .elsewhere(
                "ecocd gives version 1; a ready message with another is refused", rules: ["ID-04"],
                test: "ReadyMessageTests.laterVersionWithoutAFirstIsRefused")
        ],
        .init(.rules, "5"): [
            .elsewhere(
                "a correction has the next version", rules: ["ID-09"], test: "IdentityDecisionTests.readyCorrectionHasTheNextVersion")
        ],
        .init(.rules, "6"): [
            .elsewhere(
                "a correction has a new reference id and a later date-time", rules: ["ID-06", "ID-10"],
                test: "EarlierCertificateTests.readyCorrectionIsLater")
        ],
        .init(.rules, "7"): [
            .elsewhere(
                "a message of IVI 1.x is refused, so nothing of 1.x is ever corrected here", rules: ["XML-07"],
                test: "MessageReaderTests.recognisesOldMessages")
        ],
        .init(.rules, "8"): [
            .elsewhere(
                "the same content again is a duplicate and gets no new version", rules: ["ID-02", "FILE-90"],
                test: "RepetitionTests.sameVehiclesInAnotherFileAreDuplicates")
        ],
        .init(.rules, "9"): [
            .elsewhere(
                "a correction keeps the date, unless the approval number changes with it", rules: ["ID-11"],
                test: "EarlierCertificateTests.approvalDateStays")
        ],
        .init(.rules, "10"): [
            .elsewhere("every certificate is IVI 2.0 and sealed, whatever its date", test: "MessageWriterTests.isValidForTheOfficialSchema")
        ],
        .init(.rules, "13"): [.schema("the codes of the 27 states")],
        .init(.rules, "16"): [.schema("17 characters of A-Z and 0-9")],
        .init(.rules, "18"): [
            .elsewhere(
                "the prohibitions of COC-01 to COC-100, as far as a second-hand transcription of the matrix knows them (completeness.md)",
                test: "ConditionCoverageTests.everyConditionIsDecided"),
            .undecidable(
                "the matrix itself (message book) isn't public: elements that no row of the table names are forbidden to no category"),
        ],
        .init(.rules, "19"): [
            .elsewhere(
                "COC-11 to COC-13, COC-16, COC-19, COC-44, COC-62, COC-63, COC-78, COC-94, COC-99 and COC-100: the indicators and codes of the table",
                test: "ConditionCoverageTests.indicatorsAreDemanded"),
            .undecidable(
                "whether the certificate of a category names one of the other indicators stands in the matrix, which isn't public"),
        ],
        .init(.rules, "20"): [.undecidable("it allows something and forbids nothing")],
        .init(.rules, "22"): [.schema("the codes of subject and language")],
        .init(.rules, "23"): [
            .elsewhere(
                "the seal's algorithms are fixed, and others are refused by the second implementation",
                test: "MessageVerifierTests.otherAlgorithmsAreRefused")
        ],
        .init(.rules, "24"): [
            .elsewhere("every sealed message is verified by libxmlsec1 before it leaves", test: "StockToolTests.xmlsecVerifies")
        ],
        .init(.rules, "25"): [
            .undecidable(
                "whether the seal's certificate is that manufacturer's; a person compares when the seal is set up, and the ledger's key-used names the subject"
            )
        ],
        .init(.rules, "26"): [
            .elsewhere("a signed message isn't signed again", rules: ["FILE-31"], test: "MessageSealerTests.refusesToSealASealedMessage")
        ],
        .init(.rules, "27"): [
            .elsewhere(
                "the official schema judges every message before it is sealed, where it is configured; the ICM isn't available",
                test: "SchemaTests.disagreementIsAnIncident")
        ],
        .init(.rules, "33"): [
            .schema("the elements don't exist"),
            .elsewhere(
                "unknown elements and columns are refused", rules: ["XML-10", "FILE-25"], test: "MessageReaderTests.reportsWhatDoesNotFit"),
        ],
        .init(.rules, "35"): [.schema("the codes of both")],
        .init(.rules, "45"): [.undecidable("it is for those who read the certificate")],
        .init(.rules, "49"): [.schema("the elements stand at CocDataGroup, and the levels are codes")],
        .init(.rules, "50"): [.schema("the codes of the sources of energy")],
        .init(.rules, "51"): [.schema("the table stands in EnergySourceGroup")],
        .init(.rules, "53"): [.schema("both elements are required in the group")],
        .init(.rules, "58"): [.undecidable("where a value was moved from can't be seen in the message")],
        .init(.rules, "62"): [.undecidable("who mounted a coupling can't be seen in the message")],
        .init(.rules, "63"): [.schema("at most 999.99")],
        .init(.rules, "82"): [.schema("the form of RimOffSet and the length of RimSize")],
        .init(.rules, "83"): [.schema("codes, and load indices from 0 to 279")],
        .init(.rules, "87"): [.schema("the codes TRANS, ELECT and SHAFT")],
        .init(.rules, "88"): [.schema("the codes of the classes")],
        .init(.rules, "89"): [.undecidable("the VIN is what a vehicle is known by: another VIN is another vehicle")],
        .init(.rules, "90"): [.schema("ManufacturerStageNumber is required")],
        .init(.rules, "92"): [
            .undecidable(
                "whose data they are can't be seen in one message; STG-02 and STG-04 demand that a stage differs from the one before")
        ],
        .init(.rules, "93"): [
            .elsewhere(
                "where ecocd published the stage before, the names are those of it", rules: ["ID-12"],
                test: "EarlierCertificateTests.laterStageNamesTheOneBefore")
        ],
        .init(.rules, "95"): [
            .undecidable(
                "the earlier stage is another manufacturer's message, which ecocd doesn't have; tables are written as the record and its reference data give them"
            )
        ],
        .init(.rules, "96"): [.undecidable("the earlier stage is another manufacturer's message, which ecocd doesn't have")],
        .init(.rules, "97"): [.undecidable("it says who answers for the data")],
        .init(.rules, "98"): [.schema("MakeTable is required in every stage")],
        .init(.model, "5.2"): [.schema("17 characters of A-Z and 0-9")],
        .init(.model, "5.3"): [.schema("the elements that it requires")],
        .init(.model, "R-ID1"): [
            .elsewhere("no reference id is used twice", rules: ["ID-06"], test: "ReadyMessageTests.reusedReferenceIdIsRefused")
        ],
        .init(.model, "R-ID2"): [
            .elsewhere(
                "version 1 comes first, and a correction has the next version", rules: ["ID-04", "ID-09"],
                test: "IdentityDecisionTests.readyCorrectionHasTheNextVersion")
        ],
        .init(.model, "R-ID3"): [
            .elsewhere(
                "a correction is of the same VIN and stage by definition, and of IVI 2.0", rules: ["ID-03", "XML-07"],
                test: "IdentityDecisionTests.knownVehicleIsADuplicateOrACorrection")
        ],
        .init(.model, "R-ST1"): [
            .elsewhere(
                "where ecocd published the stage before, the names are those of it", rules: ["ID-12"],
                test: "EarlierCertificateTests.laterStageNamesTheOneBefore")
        ],
        .init(.model, "R-SG1"): [
            .undecidable(
                "whether the seal's certificate is that manufacturer's; a person compares when the seal is set up, and the ledger's key-used names the subject"
            )
        ],
        .init(.model, "R-FD1"): [
            .undecidable(
                "the matrix of fields by category (message book) isn't public; the rules above are the cases that published texts name")
        ],
        .init(.model, "R-FD2"): [.undecidable("the same matrix; the rules above are the cases that published texts and examples show")],
    ]
}
