import ArgumentParser
import Configuration
import Pipeline

/// Whom to trust when anchors are judged, beside the configuration or instead of it.
struct AnchorOptions: ParsableArguments {
    @Flag(help: "Exit with 3 when no anchor holds, also when no authority is configured.")
    var requireAnchor = false

    @Option(
        help: ArgumentHelp("PEM file with the time-stamping authorities to trust. Default: the configuration's.", valueName: "file"))
    var timestampTrusted: String?

    @Option(help: ArgumentHelp("The key of a witness to trust; may be repeated. Default: the configuration's.", valueName: "key"))
    var witnessKey: [String] = []

    /// - Parameter settings: nil where there is no configuration: an auditor's machine.
    func judge(_ settings: Configuration.Anchoring?) throws -> AnchorJudge {
        do {
            return try AnchorJudge(
                trusted: timestampTrusted ?? settings?.timestamp?.trusted,
                policy: timestampTrusted == nil ? settings?.timestamp?.policy : nil,
                witnessKeys: witnessKey.isEmpty ? settings?.witnesses.map(\.key) ?? [] : witnessKey,
                skewSeconds: settings?.skewSeconds ?? 300)
        } catch {
            throw CommandRefusal(.usage, "\(error)")
        }
    }
}
