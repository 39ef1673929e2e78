import Certificate

/// REF-01 in words: no reference data matched, and what the record lacks for that.
struct MissingReference {
    private let element: Place
    private let value: String?
    private let sentences: [String]

    /// - Parameter lacking: the names of the required elements that neither record nor constants give.
    init(_ match: ReferenceLibrary.Match, lacking: [String], inEmptyLibrary: Bool) {
        var sentences: [String] = []
        switch match {
        case .found(let reference):
            element = .typeApprovalNumber
            value = reference.key.description
        case .noKey(let names):
            element = ReferenceKey.places.first { names.contains($0.element.name) } ?? .typeApprovalNumber
            value = nil
            sentences.append("Reference data can't be found, because \(names.listed) \(names.count == 1 ? "is" : "are") missing.")
        case .unknown(let key, let nearest):
            element = .typeApprovalNumber
            value = key.approval
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

    func finding(_ context: RecordContext) -> Finding {
        let rule = ReferenceRules.noReference
        return Finding(
            rule: rule.id, severity: rule.severity, row: context.row, element: element.key().map { FieldPath.write($0) }, value: value,
            message: sentences.joined(separator: " "), remedy: rule.remedy)
    }
}
