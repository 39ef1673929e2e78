import Certificate

/// REF-01 in words: no reference data matched, and what the record lacks for that.
struct MissingReference {
    let element: Place
    private let sentences: [String]

    /// - Parameter lacking: the names of the required elements that neither record nor constants give.
    init(_ match: ReferenceLibrary.Match, lacking: [String], inEmptyLibrary: Bool) {
        var sentences: [String] = []
        switch match {
        case .found:
            element = .typeApprovalNumber
        case .noKey(let names):
            element = ReferenceKey.places.first { names.contains($0.element.name) } ?? .typeApprovalNumber
            sentences.append("Reference data can't be found, because \(names.listed) \(names.count == 1 ? "is" : "are") missing.")
        case .unknown(let key, let nearest):
            element = .typeApprovalNumber
            sentences.append("There is no reference data for \(key).")
            if inEmptyLibrary { sentences.append("No reference data is active at all.") }
            if !nearest.isEmpty { sentences.append("Nearest: \(nearest.map(\.description).joined(separator: " / ")).") }
        }
        if !lacking.isEmpty {
            let more = lacking.count > 5 ? " and \(lacking.count - 5) more" : ""
            sentences.append("The record alone lacks \(lacking.prefix(5).joined(separator: ", "))\(more).")
        }
        self.sentences = sentences
    }

    var message: String { sentences.joined(separator: " ") }
}

extension CheckContext {
    /// Reports REF-01 at the element of the key that is missing, or at the approval number.
    mutating func report(_ missing: MissingReference) {
        report(ReferenceRules.noReference, missing.element.element, missing.element.key(), missing.message)
    }
}
