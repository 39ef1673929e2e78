/// What came after publication. All answers are as of the last commit.
extension Ledger {
    /// Bundles that were published to this destination and not collected, in the order of publication: a page of at most `limit`.
    ///
    /// - Parameter last: the last bundle of the page before; nil for the first page.
    public func uncollected(
        destination: String, after last: UncollectedBundle? = nil, limit: Int = 4_096
    ) throws(LedgerError) -> [UncollectedBundle] {
        try queries.askDeliveries { (rows) throws(LedgerError) in try rows.uncollected(destination, after: last, limit: limit) }
    }

    /// How many there are. Reads one small index row for each.
    public func uncollectedCount(destination: String) throws(LedgerError) -> Int {
        try queries.askDeliveries { (rows) throws(LedgerError) in try rows.countUncollected(destination) }
    }

    /// A vehicle's certificates by stage and version.
    public func certificates(vin: String) throws(LedgerError) -> [CertificateState] { try queries.certificates(vin: vin) }

    /// What became of a vehicle's bundles, by stage, version and destination.
    public func deliveries(vin: String) throws(LedgerError) -> [Delivery] {
        try queries.askDeliveries { (rows) throws(LedgerError) in try rows.deliveries(vin: vin) }
    }

    /// Whether these very bytes are on record already as this destination's answer with this outcome.
    public func isAcknowledged(_ delivery: Delivery, sha256: String, outcome: String) throws(LedgerError) -> Bool {
        try queries.askDeliveries { (rows) throws(LedgerError) in try rows.isAnswered(delivery, sha256: sha256, outcome: outcome) }
    }
}
