import ArgumentParser
import Page

/// `ecocctl check`: is the configuration in order; what would become of this file? Needs no daemon.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration, or a file without publishing it.",
        discussion: """
            Without FILE: the settings and all that the daemon's start looks at, as the daemon's user where root asks. With FILE: what the \
            daemon would make of it, against the reference data in force and against what the ledger knows of earlier certificates, as far \
            as you may read them. Equal findings are one line, with the number of rows and the first of them. Exit code 1 when something is \
            wrong, 3 when the reference data in force can't be read.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "A file as the ERP would drop it.")
    var file: String?

    @Option(help: "The source whose profile reads it. Not needed when there is only one.")
    var source: String?

    @Option(help: ArgumentHelp("Folder with reference files to check against. Default: the reference data in force.", valueName: "folder"))
    var reference: String?

    @Flag(help: "List every finding of every row, however many there are.")
    var all = false

    @Option(help: "Look closely at the record in this row (the header is row 1). A ready message has one record.")
    var row: Int?

    @Flag(help: "With --row: every value of the certificate, and where it comes from.")
    var values = false

    @Option(
        defaultAsFlag: "-",
        help: ArgumentHelp(
            "With --row: write the certificate's page into this file, marked as a draft; PDF where its name ends in .pdf. Without a file: to standard output.",
            valueName: "file"))
    var page: String?

    @Option(help: "The page's language: \(PageLanguage.list).")
    var language = PageLanguage.english.rawValue

    func validate() throws {
        guard file != nil || !(source != nil || reference != nil || all || row != nil || values || page != nil) else {
            throw ValidationError("Say which FILE to look at.")
        }
        guard row == nil || !all else { throw ValidationError("--row shows every finding of its row: leave --all out.") }
        guard PageLanguage(rawValue: language) != nil else {
            throw ValidationError("There is no page in '\(language)'; write one of \(PageLanguage.list).")
        }
        guard page != "-" || !(values || common.json) else {
            throw ValidationError("Say with '--page FILE' where to write the page: --values and --json are shown on standard output.")
        }
    }

    func run() throws {
        guard let file else { return try ConfigurationCheck(common: common).run() }
        try FileCheck(command: self, file: file).run()
    }
}
