import ArgumentParser
import Configuration
import Pipeline

/// `ecocctl measure`: what one certificate costs before it is sealed. For `Tests/scripts/bench`, so it isn't listed.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Measure checking and writing the first record of a file.", shouldDisplay: false)

    @OptionGroup var common: CommonOptions

    @Argument(help: "A file as the source drops it.")
    var file: String

    @Option(help: "The source whose settings hold.")
    var source: String

    @Option(help: ArgumentHelp("The folder with reference data; what is in force otherwise.", valueName: "folder"))
    var reference: String?

    @Option(help: "How often to measure.")
    var rounds = 2000

    private struct Answer: Encodable {
        let values, errors: Int
        let checkMicroseconds, generationMicroseconds: Double
    }

    func run() throws {
        let configuration = try common.configuration()
        guard let source = configuration.source(source) else { throw CommandRefusal(.usage, "There is no source '\(source)'.") }
        let measured: CheckMeasurement
        do {
            measured = try CheckMeasurement(
                of: file, source: source, referenceFolder: reference,
                otherwise: reference == nil ? StoredReferences(configuration.places) : nil,
                rounds: rounds)
        } catch {
            throw CommandRefusal(.usage, "\(error)")
        }
        let answer = Answer(
            values: measured.values, errors: measured.errors, checkMicroseconds: Double(measured.check) / 1000,
            generationMicroseconds: Double(measured.generation) / 1000)
        if common.json { return try Console.json(answer) }
        Console.line(
            "\(answer.values) values, \(answer.errors) errors: check \(answer.checkMicroseconds) µs, generation \(answer.generationMicroseconds) µs"
        )
    }
}
