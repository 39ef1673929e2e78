/// Writes one event as a record: a flat JSON object in RFC 8785 canonical form (docs/ledger.md, "Records").
enum RecordEncoder {
    /// - Parameter layout: that of the event's kind.
    static func append(
        _ event: Event, _ layout: RecordLayout, at time: [UInt8], to output: inout [UInt8]
    ) throws(LedgerError.Refusal) {
        if layout.needsSubmission, event.submission == nil { throw invalid(event, "it names no submission") }
        let fields = event.fields
        var known = 0
        let start = output.count
        for member in layout.members {
            switch member.content {
            case .fixed:
                output.append(contentsOf: member.label)
            case .actor:
                output.append(contentsOf: member.label)
                append(event.actor, &output)
            case .submission:
                guard let submission = event.submission else { continue }
                output.append(contentsOf: member.label)
                CanonicalJSON.append(submission, to: &output)
            case .time:
                output.append(contentsOf: member.label)
                output.append(UInt8(ascii: "\""))
                output.append(contentsOf: time)
                output.append(UInt8(ascii: "\""))
            case .field:
                guard let value = fields[member.name] else {
                    if member.isRequired { throw invalid(event, "'\(member.name)' is missing") }
                    continue
                }
                known += 1
                output.append(contentsOf: member.label)
                try append(value, member, event, &output)
            }
        }
        // Each label begins with a comma.
        output[start] = UInt8(ascii: "{")
        output.append(UInt8(ascii: "}"))
        if known != fields.count { throw invalid(event, unknownFields(event, layout)) }
    }

    private static func append(
        _ value: Event.Scalar, _ member: RecordLayout.Member, _ event: Event, _ output: inout [UInt8]
    ) throws(LedgerError.Refusal) {
        switch value {
        case .text(let text):
            guard member.type == .text else { throw invalid(event, "'\(member.name)' must be a number") }
            CanonicalJSON.append(text, to: &output)
        case .number(let number):
            guard member.type == .number else { throw invalid(event, "'\(member.name)' must be a text") }
            guard number.magnitude <= CanonicalJSON.largestInteger.magnitude else {
                throw invalid(event, "'\(member.name)' is beyond 2^53")
            }
            CanonicalJSON.append(number, to: &output)
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
        let own = layout.members.filter { $0.content == .field }.map(\.name)
        let unknown = event.fields.keys.filter { !own.contains($0) }.sorted()
        return "unknown field \(unknown.map { "'\($0)'" }.joined(separator: ", "))"
    }
}
