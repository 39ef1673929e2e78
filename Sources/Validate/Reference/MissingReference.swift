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
        case .otherDays(let known, let made):
            element = known.validities.isEmpty ? .typeApprovalNumber : .dateManufactureVehicle
            sentences += Self.otherDays(known, made)
        case .unknown(let key, let nearest):
            element = .typeApprovalNumber
            sentences.append("There is no reference data for \(key).")
            if inEmptyLibrary { sentences.append("No reference data is active at all.") }
            sentences += Self.extensions(of: key, among: nearest)
            if !nearest.isEmpty { sentences.append("Nearest: \(nearest.map(Self.describe).joined(separator: " / ")).") }
        }
        if !lacking.isEmpty {
            let more = lacking.count > 5 ? " and \(lacking.count - 5) more" : ""
            sentences.append("The record alone lacks \(lacking.prefix(5).joined(separator: ", "))\(more).")
        }
        self.sentences = sentences
    }

    var message: String { sentences.joined(separator: " ") }

    private static func otherDays(_ known: ReferenceLibrary.Known, _ made: CalendarDate?) -> [String] {
        let waiting = known.waiting.isEmpty ? [] : ["\(known.waiting.listed) was received for it and waits to be activated."]
        guard !known.validities.isEmpty else { return ["No reference data for \(known.key) is in force."] + waiting }
        let vehicle = made.map { "this vehicle was made on \($0)" } ?? "this record has no date of manufacture"
        return ["The reference data for \(known.key) is for \(known.validities.map(\.description).listed), but \(vehicle)."] + waiting
    }

    /// The same approval, type, variant and version under another extension is the usual cause.
    private static func extensions(of key: ReferenceKey, among nearest: [ReferenceLibrary.Known]) -> [String] {
        let others = nearest.compactMap { $0.key.isOtherExtension(of: key) ? $0.key.approvalExtension : nil }
        guard let wanted = key.approvalExtension, !others.isEmpty else { return [] }
        return ["Extension \(wanted) of the approval isn't known, only \(others.listed)."]
    }

    private static func describe(_ known: ReferenceLibrary.Known) -> String {
        var notes = known.validities.filter { $0 != .always }.map(\.description)
        if known.validities.isEmpty { notes.append("waits to be activated") }
        return notes.isEmpty ? "\(known.key)" : "\(known.key) (\(notes.joined(separator: ", ")))"
    }
}

extension CheckContext {
    /// Reports REF-01 at the element of the key that is missing, or at the approval number.
    mutating func report(_ missing: MissingReference) {
        report(ReferenceRules.noReference, missing.element.element, missing.element.key(), missing.message)
    }
}
