/// Why an authority's evidence wasn't obtained.
struct AnchorFailure: Error {
    /// Whole sentences.
    let message: String
}
