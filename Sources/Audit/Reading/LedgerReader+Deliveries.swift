/// What came after publication, and what was in force at some moment.
extension LedgerReader {
    /// What became of a vehicle's bundles, by stage, version and destination.
    public func deliveries(vin: String) throws(LedgerError) -> [Delivery] {
        try ask { (rows) throws(LedgerError) in try rows.deliveries.deliveries(vin: vin) }
    }

    /// How far a submission's certificates have come, by destination.
    public func deliveryCounts(submission: String) throws(LedgerError) -> [DeliveryCounts] {
        try ask { (rows) throws(LedgerError) in try rows.deliveries.counts(submission: submission) }
    }

    /// What is recorded about a submission as a whole, in order: everything that speaks of no vehicle and no row. Reads the entries from its first to
    /// its last, but gives few.
    public func milestones(submission: String) throws(LedgerError) -> [LedgerEntry] {
        try ask { (rows) throws(LedgerError) in try rows.milestones(submission: submission) }
    }

    /// The newest entry of one of the daemon's own kinds (`configured`, `key-used`, ...) before a position: what was in force there.
    /// - Parameter saying: only one whose field of this name has this text.
    public func landmark(
        _ kind: Event.Kind, before position: Int, saying field: (name: String, text: String)? = nil
    ) throws(LedgerError) -> LedgerEntry? {
        try ask { (rows) throws(LedgerError) in try rows.landmark(kind, before: position, saying: field) }
    }
}
