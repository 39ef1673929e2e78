/// Writes one event as a record: a flat JSON object in RFC 8785 canonical form (docs/ledger.md, "Records").
enum RecordEncoder {
    static func append(_ event: Event, at time: [UInt8], to output: inout [UInt8]) throws(LedgerError.Refusal) {
        let layout = RecordLayout.of(event.kind)
        if layout.needsSubmission, event.submission == nil { throw invalid(event, "it names no submission") }
        var known = 0
        var separator = UInt8(ascii: "{")
        for member in layout.members {
            guard try isPresent(member, event, &known) else { continue }
            output.append(separator)
            separator = UInt8(ascii: ",")
            output.append(contentsOf: member.label)
            append(member, of: event, time, &output)
        }
        output.append(UInt8(ascii: "}"))
        if known != event.fields.count { throw invalid(event, unknownFields(event, layout)) }
    }

    /// Whether the event has this member, after checking that it may be as it is. Counts the kind's own fields in `known`.
    private static func isPresent(
        _ member: RecordLayout.Member, _ event: Event, _ known: inout Int
    ) throws(LedgerError.Refusal) -> Bool {
        switch member.content {
        case .actor, .time, .fixed: return true
        case .submission: return event.submission != nil
        case .field(let field):
            guard let value = event.fields[field.name] else {
                if field.isRequired { throw invalid(event, "'\(field.name)' is missing") }
                return false
            }
            known += 1
            if let flaw = flaw(value, field) { throw invalid(event, flaw) }
            return true
        }
    }

    private static func flaw(_ value: Event.Scalar, _ field: EventCatalogue.Field) -> String? {
        switch (value, field.type) {
        case (.text, .text): nil
        case (.number(let number), .number):
            number.magnitude <= CanonicalJSON.largestInteger.magnitude ? nil : "'\(field.name)' is beyond 2^53"
        case (.text, .number): "'\(field.name)' must be a number"
        case (.number, .text): "'\(field.name)' must be a text"
        }
    }

    private static func append(_ member: RecordLayout.Member, of event: Event, _ time: [UInt8], _ output: inout [UInt8]) {
        switch member.content {
        case .fixed(let bytes): output.append(contentsOf: bytes)
        case .actor: append(event.actor, &output)
        case .submission: CanonicalJSON.append(event.submission ?? "", to: &output)
        case .time:
            output.append(UInt8(ascii: "\""))
            output.append(contentsOf: time)
            output.append(UInt8(ascii: "\""))
        case .field(let field):
            switch event.fields[field.name] {
            case .text(let text): CanonicalJSON.append(text, to: &output)
            case .number(let number): CanonicalJSON.append(number, to: &output)
            case nil: preconditionFailure("a member without a value is never written")
            }
        }
    }

    private static func append(_ actor: Event.Actor, _ output: inout [UInt8]) {
        switch actor {
        case .daemon: CanonicalJSON.append("ecocd", to: &output)
        case .person(let uid, let name): CanonicalJSON.append("\(uid):\(name)", to: &output)
        }
    }

    private static func invalid(_ event: Event, _ reason: String) -> LedgerError.Refusal {
        .invalidEvent("\(event.kind.rawValue): \(reason)")
    }

    private static func unknownFields(_ event: Event, _ layout: RecordLayout) -> String {
        let own = layout.members.compactMap { if case .field(let field) = $0.content { field.name } else { nil } }
        let unknown = event.fields.keys.filter { !own.contains($0) }.sorted()
        return "unknown field \(unknown.map { "'\($0)'" }.joined(separator: ", "))"
    }
}
