public import Linux

/// Whether a file's content ends as its format asks, so that intake can tell a finished file from one still on its way.
public enum Structure {
    /// Looks at an open file without moving its read position.
    ///
    /// Text with rows ends properly when its last row has its line end, whole where the rows end with CRLF; where the source never writes the
    /// last one, when the last row has all its fields, characters or brackets. No quote may be open, and where fixed text has a trailer record
    /// it must come last. A table is read once from end to end, twice where its end looks odd. A JSON document ends properly when every bracket
    /// is closed; XML, with the closing tag of its root, behind which only white space, comments and instructions stand. No text ends with NUL
    /// bytes: a transfer sets aside room so, and fills it later. What can't be read or decoded for another reason counts as complete, so that
    /// decoding can say what is wrong. Blocking.
    public static func check(_ file: borrowing Descriptor, profile: Profile) -> StructuralState {
        do throws(SystemError) {
            let size = try file.status().size
            guard size > 0 else { return .incomplete(reason: "is still empty") }
            if try UnfilledEnd.isThere(in: file, size: size, encoding(of: file, profile)) {
                return .incomplete(reason: "isn't whole: it ends with NUL bytes, room that a transfer set aside and hasn't filled")
            }
            switch profile.format {
            case .csv(let dialect): return try CSVEnding(dialect, profile).check(file, size: size)
            case .fixed(let layout): return try FixedEnding(layout, profile).check(file, size: size)
            case .jsonLines, .json: return try JSONEnding(profile).check(file, size: size)
            case .xml, .ivi: return try XMLEnding(profile).check(file, size: size)
            }
        } catch {
            return .complete
        }
    }

    private static func encoding(of file: borrowing Descriptor, _ profile: Profile) throws(SystemError) -> TextEncoding {
        switch profile.format {
        case .csv, .fixed, .jsonLines, .json: profile.encoding
        case .xml, .ivi: try XMLEnding.encoding(of: file) ?? .utf8
        }
    }
}
