import Certificate
public import Linux

/// Whether a file's content ends as its format asks, so that intake can tell a finished file from one still on its way.
public enum Structure {
    /// Looks at an open file without moving its read position.
    ///
    /// A table ends properly when no quote is open and its last row ends with a line end or has as many fields as the first; the file is
    /// read once from end to end, twice where its end looks odd. Fixed text ends properly with its trailer record, or, where it has none, with
    /// a line end or a line that reaches its last column. JSON ends properly when every bracket is closed, and lines of it with a line end or
    /// a whole object; XML, with the closing tag of its root, behind which only white space and comments stand. A message ends properly when the
    /// closing tag of its root stands in the
    /// last 4 KB. What can't be read or decoded for another reason counts as complete, so that decoding can say what is wrong. Blocking.
    public static func check(_ file: borrowing Descriptor, profile: Profile) -> StructuralState {
        do throws(SystemError) {
            let size = try file.status().size
            guard size > 0 else { return .incomplete(reason: "is still empty") }
            switch profile.format {
            case .csv(let dialect): return try CSVEnding(dialect, profile).check(file, size: size)
            case .fixed(let layout): return try FixedEnding(layout, profile).check(file, size: size)
            case .jsonLines, .json: return try JSONEnding(profile).check(file, size: size)
            case .xml: return try XMLEnding(profile).check(file, size: size)
            case .ivi: return try checkMessage(file, size: size)
            }
        } catch {
            return .complete
        }
    }

    private static func checkMessage(_ file: borrowing Descriptor, size: Int) throws(SystemError) -> StructuralState {
        var tail = [UInt8](repeating: 0, count: min(size, 4096))
        let count = try file.read(into: &tail, at: size - tail.count)
        // Without zero bytes, UTF-16 reads like ASCII.
        let text = String(decoding: tail.prefix(count).filter { $0 != 0 }, as: UTF8.self)
        let root = Catalogue.initialVehicleInformation.root.name
        let isClosed = text.split(separator: "</", omittingEmptySubsequences: false).dropFirst().contains { part in
            guard let end = part.firstIndex(of: ">") else { return false }
            let name = part[..<end].split(separator: ":").last ?? ""
            return name.prefix { !$0.isWhitespace } == root && name.dropFirst(root.count).allSatisfy(\.isWhitespace)
        }
        return isClosed ? .complete : .incomplete(reason: "doesn't end with the closing tag </\(root)>")
    }
}
