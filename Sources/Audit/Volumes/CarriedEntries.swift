/// Compares what a volume took over, certificates and deliveries, with what stands in the volumes before it. The writer takes over what it
/// finds there and nothing else; somebody with its key can write otherwise.
final class CarriedEntries {
    private static let largestCount = 100

    private let older: OlderVolumes
    private let isComplete: Bool
    /// Entries that took something over, and publications of certificates that were.
    private let entries: Statement

    /// - Parameters:
    ///   - path: of the volume that took over.
    ///   - older: those before it, the oldest first.
    ///   - isComplete: whether these are all: what stands in a volume that isn't there can't be compared.
    init(in path: String, after older: [String], isComplete: Bool) throws(LedgerError) {
        self.older = try OlderVolumes(paths: older)
        self.isComplete = isComplete
        entries = try Connection(path: path, .reading).prepare(
            """
            SELECT e.record FROM certificate c JOIN entry e ON e.position = c.first WHERE \(Self.says(.carried, "e")) \
            UNION ALL SELECT e.record FROM delivery d JOIN entry e ON e.position = d.published \
            LEFT JOIN certificate c USING(vin, stage, version) LEFT JOIN entry f ON f.position = c.first \
            WHERE \(Self.says(.carriedDelivery, "e")) OR \(Self.says(.carried, "f"))
            """)
    }

    /// Whether a record is of this kind. A member's canonical spelling can't occur inside a text, where its quotation marks would be escaped.
    static func says(_ kind: Event.Kind, _ entry: String) -> String {
        "instr(\(entry).record, CAST('\"kind\":\"\(kind.rawValue)\"' AS BLOB)) > 0"
    }

    /// Each one sentence. A damaged table is the volume's own problem, and told with it.
    func problems() -> [String] {
        var problems: [String] = []
        defer { entries.reset() }
        do throws(LedgerError) {
            while problems.count < Self.largestCount, try entries.step() {
                if let record = try? RecordParser.parse(entries.blob(0)) { problems += try self.problems(of: record) }
            }
        } catch { return problems }
        return problems
    }

    private func problems(of record: Record) throws(LedgerError) -> [String] {
        let (vin, stage, version) = (record.text("vin") ?? "", record.number("stage") ?? 0, record.number("version") ?? 0)
        let certificate = "\(vin), stage \(stage), version \(version)"
        let known = try older.carried(vin, stage, version)
        if record.kind == Event.Kind.carried.rawValue {
            return differences(record, known, "the certificate of \(certificate)")
        }
        let key = DeliveryKey(vin: vin, stage: stage, version: version, destination: record.text("destination") ?? "")
        let delivery = "the delivery of \(certificate), to '\(key.destination)'"
        let delivered = try older.carriedDelivery(key, submission: known?.submission ?? "")
        if record.kind == Event.Kind.carriedDelivery.rawValue { return differences(record, delivered, delivery) }
        return delivered.map { ["\(delivery) isn't taken over from '\($0.text("volume"))', which has it, but recorded anew"] } ?? []
    }

    /// - Parameter known: what would have taken it over; nil when no volume before has it.
    private func differences(_ record: Record, _ known: Event?, _ what: String) -> [String] {
        if !isComplete, let volume = record.text("volume"), !older.origins.contains(volume) { return [] }
        guard let known else { return ["\(what) was taken over, but no volume before this one has it"] }
        let volume = known.text("volume")
        if record.text("volume") != volume {
            return ["\(what) was taken over from '\(record.text("volume") ?? "")', but stands in '\(volume)'"]
        }
        var problems: [String] = []
        if record.submission != known.submission { problems.append("\(what) was taken over for another submission than '\(volume)' has") }
        for name in Set(record.fields.keys).union(known.fields.keys).sorted() where record.fields[name] != known.fields[name] {
            let (here, there) = (Self.word(record.fields[name]), Self.word(known.fields[name]))
            problems.append("\(what) was taken over with \(name) \(here), but '\(volume)' has \(there)")
        }
        return problems
    }

    private static func word(_ value: Event.Scalar?) -> String {
        switch value {
        case .text(let text): "'\(text)'"
        case .number(let number): "\(number)"
        case nil: "none"
        }
    }
}
