/// The files of a bundle as they lie there, for looking into one: nothing is verified but that every reader sees the same.
public struct BundleContents: Sendable {
    /// Every file by name.
    public let files: [String: [UInt8]]

    /// - Throws: `archive` for bytes that aren't a container as `BundleVerifier` accepts it.
    public init(reading bytes: [UInt8]) throws(BundleError) {
        do throws(ContainerDirectory.Refusal) {
            files = try ContainerDirectory(bytes).files(in: bytes)
        } catch {
            throw BundleError(.archive, "The file \(error.reason).", remedy: "Give a bundle as ecocd made it.")
        }
    }

    /// The message: the one XML file outside folders.
    public var message: (name: String, bytes: [UInt8])? {
        let messages = files.filter { $0.key.hasSuffix(".xml") && !$0.key.contains("/") }
        return messages.count == 1 ? messages.first.map { ($0.key, $0.value) } : nil
    }
}
