/// The encoding of a source's files.
public enum TextEncoding: String, Sendable, Equatable, CaseIterable {
    /// UTF-8, strict. A byte order mark at the start wins: UTF-16 is read as such.
    case utf8 = "utf-8"
    /// UTF-16 of either byte order, told by its mark, else by where the zero of the first character stands. A UTF-8 mark wins.
    case utf16 = "utf-16"
    /// Without the control characters 80 to 9F: where they stand, the file is something else.
    case isoLatin1 = "iso-8859-1"
    case isoLatin9 = "iso-8859-15"
    case windows1252 = "windows-1252"
}
