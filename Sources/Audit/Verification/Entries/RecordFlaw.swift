/// Says what is wrong with a record that the quick way refused: reads it once more, in the way that explains.
enum RecordFlaw {
    static func describe(_ bytes: UnsafeRawBufferPointer) -> String {
        do throws(RecordParser.Flaw) {
            return describe(try RecordParser.parse(bytes))
        } catch {
            return "the record isn't in canonical form: \(error)"
        }
    }

    private static func describe(_ record: Record) -> String {
        guard let kind = Event.Kind(rawValue: record.kind) else { return "the kind '\(record.kind)' is unknown" }
        return "\(record.kind): \(flaw(record, EventCatalogue.entry(kind)))"
    }

    private static func flaw(_ record: Record, _ entry: EventCatalogue.Entry) -> String {
        if entry.needsSubmission && record.submission == nil { return "it names no submission" }
        for field in entry.fields {
            switch (record.fields[field.name], field.type) {
            case (.text, .text), (.number, .number): break
            case (nil, _): if field.isRequired { return "'\(field.name)' is missing" }
            default: return "'\(field.name)' has the wrong type"
            }
        }
        return "it has a field that its kind doesn't have"
    }
}
