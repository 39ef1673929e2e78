import CXML

/// libxml2, made ready once in the process and never shut down.
public enum XMLLibrary {
    /// `xmlInitParser` isn't thread-safe; Swift runs a static initialiser once. To be asked before a parser is made.
    public static let isReady: Bool = {
        xmlInitParser()
        return true
    }()
}
