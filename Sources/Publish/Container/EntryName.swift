/// Names that an entry of a container mustn't have, told by what most likely made them.
enum EntryName {
    /// As the end of a sentence that begins with "The container"; nil for a relative path of plain ASCII.
    static func fault(in name: [UInt8]) -> String? {
        if ContainerFormat.isPlain(name) { return leftover(name) }
        let shown = shown(name)
        if let leftover = leftover(name) { return leftover }
        if name.isEmpty { return "has an entry without a name" }
        if name.count > ContainerFormat.Limit.name { return "has a name longer than \(ContainerFormat.Limit.name) bytes, \(shown)" }
        if name.contains(UInt8(ascii: "\\")) { return "has a name with backslashes, \(shown): ZIP files have '/' on every system" }
        if name.last == UInt8(ascii: "/") { return "has an entry for a folder, \(shown): it was unpacked and packed anew" }
        if name.first == UInt8(ascii: "/") || name.dropFirst().first == UInt8(ascii: ":") {
            return "has a name that isn't relative, \(shown)"
        }
        let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if parts.contains(where: { $0.elementsEqual("..".utf8) }) { return "has a name that leads out of its folder, \(shown)" }
        if parts.contains(where: { $0.first == UInt8(ascii: ".") }) { return "has a name that begins with a dot, \(shown)" }
        return "has a name with other characters than letters, digits, '.', '_', '-' and '/', \(shown)"
    }

    /// What file managers leave in folders and in what they pack.
    private static func leftover(_ name: [UInt8]) -> String? {
        let separators = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
        let parts = name.split(whereSeparator: separators.contains).map { String(decoding: $0, as: UTF8.self).lowercased() }
        let isMac = parts.contains { $0 == ".ds_store" || $0 == "__macosx" || $0.hasPrefix("._") }
        let isWindows = parts.contains { $0 == "thumbs.db" || $0 == "desktop.ini" }
        guard isMac || isWindows else { return nil }
        let system = isMac ? "macOS" : "Windows"
        return "has a file that \(system) leaves in folders, \(shown(name)): it was unpacked and packed anew"
    }

    /// Enough of a name to find it, without characters that steer a terminal.
    private static func shown(_ name: [UInt8]) -> String {
        let text = String(decoding: name.prefix(80).map { 0x20..<0x7F ~= $0 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
        return name.count > 80 ? "\(text)…" : text
    }
}
