/// One bundle in one outbox, as of the last commit.
public struct Delivery: Sendable, Equatable {
    public let vin: String
    public let stage: Int
    public let version: Int
    public let destination: String
    /// The bundle's file name.
    public let bundle: String
    /// Where in the ledger its `published` stands.
    public let published: Int
    /// Where its `collected` stands; nil while it waits in the outbox.
    public let collected: Int?
    /// What the destination answered, in the order recorded.
    public let acknowledgements: [Acknowledgement]

    /// One answer.
    public struct Acknowledgement: Sendable, Equatable {
        public let sha256: String
        /// `accepted`, `rejected` or `unknown`.
        public let outcome: String
        /// Where in the ledger its `acknowledged` stands.
        public let position: Int
    }
}

/// A bundle that was published and, as far as the ledger knows, still lies in its outbox.
public struct UncollectedBundle: Sendable, Equatable {
    public let bundle: String
    public let vin: String
    public let stage: Int
    public let version: Int
    public let submission: String
    /// Where it was published: in which volume, counted from the oldest, and at which position.
    let volume: Int
    let published: Int

    /// The event that says that it was collected.
    public func collected(from destination: String) -> Event {
        Event(
            .collected, submission: submission,
            [
                "vin": .text(vin), "stage": .number(stage), "version": .number(version), "destination": .text(destination),
                "bundle": .text(bundle),
            ])
    }
}

/// How far the certificates of one submission have come at one destination.
public struct DeliveryCounts: Sendable, Equatable {
    public let destination: String
    public let published: Int
    public let collected: Int
    /// Answers by outcome.
    public let answers: [String: Int]
}
