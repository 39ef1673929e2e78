import ArgumentParser
import Hashing
import Linux
import Page
import Pipeline
import Publish

/// `ecocctl page`: what a person reads of a certificate, in any language, on screen or paper. Works offline for bundles and messages.
struct PageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page", abstract: "Render a certificate's reading copy: HTML, or PDF for paper.",
        discussion: """
            Verifies nothing: `ecocctl verify` does. With a VIN, the newest bundle that was published. --pdf needs WeasyPrint (Debian's package \
            weasyprint). Exit code 1 when there is no such certificate, 2 when it can't be rendered.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "A bundle (.asice), a message (.xml), or a VIN.")
    var subject: String

    @Option(help: "The page's language: \(PageLanguage.list).")
    var language = PageLanguage.english.rawValue

    @Flag(help: "Mark the page as a duplicate.")
    var duplicate = false

    @Option(name: .shortAndLong, help: ArgumentHelp("Write into this file. Default: standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Make a PDF of it.")
    var pdf = false

    private struct Answer: Encodable {
        var subject, language: String
        var duplicate: Bool
        var file: String
        var bytes: Int
        var sha256: String
    }

    func validate() throws {
        guard PageLanguage(rawValue: language) != nil else {
            throw ValidationError("There is no page in '\(language)'; write one of \(PageLanguage.list).")
        }
        guard output != nil || !common.json else { throw ValidationError("--json needs --output for the page.") }
        guard output != nil || !pdf || !Console.isTerminal else { throw ValidationError("Say with --output where to write the PDF.") }
    }

    func run() throws {
        let message = try CertificateFile.message(of: subject, common)
        let copy: ReadingCopy
        do { copy = try ReadingCopy(message) } catch {
            throw CommandRefusal(.usage, "\(subject): \(error.finding.message) \(error.finding.remedy)")
        }
        let html = copy.render(PageLanguage(rawValue: language) ?? .english, isDuplicate: duplicate)
        try write(pdf ? PDFEngine.render(html) : html)
    }

    private func write(_ bytes: [UInt8]) throws {
        guard let output else { return try Console.bytes(bytes) }
        do { try OutputFile.write(bytes, to: output) } catch { throw CommandRefusal(.usage, "\(error)") }
        if common.json {
            try Console.json(
                Answer(
                    subject: subject, language: language, duplicate: duplicate, file: output, bytes: bytes.count,
                    sha256: SHA256.hexadecimal(of: bytes)))
        } else {
            Console.line("wrote \(output)")
        }
    }
}
