extension SimpleType {
    /// Why the text isn't in the type's value space, or nil when it is.
    public func problem(with text: String) -> String? {
        nil
    }
}
