/// What came after publication, over the open volume and those before it. A delivery of which something was said in a newer volume was taken
/// over into that one, and counts as it stands there. Used by one thread at a time.
final class VolumeDeliveries {
    /// The oldest first; the last is the open volume.
    private let volumes: [DeliveryRows]

    init(_ path: String) throws(LedgerError) {
        var volumes: [DeliveryRows] = []
        for path in try VolumeFiles(ofLedger: path).allPaths { volumes.append(try DeliveryRows(Connection(path: path, .reading))) }
        self.volumes = volumes
    }

    /// One page, in the order of publication.
    func uncollected(_ destination: String, after last: UncollectedBundle?, limit: Int) throws(LedgerError) -> [UncollectedBundle] {
        var found: [UncollectedBundle] = []
        for number in volumes.indices.dropFirst(last?.volume ?? 0) where found.count < limit {
            let behind = last.flatMap { $0.volume == number ? $0.published : nil } ?? -1
            found += try uncollected(of: number, destination, behind: behind, limit: limit - found.count)
        }
        return found
    }

    func countUncollected(_ destination: String) throws(LedgerError) -> Int {
        guard volumes.count > 1 else { return try volumes[0].countUncollected(destination) }
        var count = 0
        for number in volumes.indices { count += try uncollected(of: number, destination, behind: -1, limit: .max).count }
        return count
    }

    func deliveries(vin: String) throws(LedgerError) -> [Delivery] {
        var newest: [String: Delivery] = [:]
        for volume in volumes {
            for delivery in try volume.deliveries(vin: vin) {
                newest["\(delivery.stage) \(delivery.version) \(delivery.destination)"] = delivery
            }
        }
        return newest.values.sorted { ($0.stage, $0.version, $0.destination) < ($1.stage, $1.version, $1.destination) }
    }

    func isAnswered(_ delivery: Delivery, sha256: String, outcome: String) throws(LedgerError) -> Bool {
        for volume in volumes where try volume.isAnswered(delivery, sha256: sha256, outcome: outcome) { return true }
        return false
    }

    /// Those of one volume that no newer one has taken over.
    private func uncollected(
        of number: Int, _ destination: String, behind position: Int, limit: Int
    ) throws(LedgerError) -> [UncollectedBundle] {
        var found: [UncollectedBundle] = []
        var last = position
        while found.count < limit {
            let size = min(limit - found.count, 4_096)
            let page = try volumes[number].uncollected(destination, behind: last, limit: size, volume: number)
            for entry in page where try !isTakenOver(entry, destination, after: number) { found.append(entry) }
            guard page.count == size, let end = page.last else { break }
            last = end.published
        }
        return found
    }

    private func isTakenOver(_ entry: UncollectedBundle, _ destination: String, after number: Int) throws(LedgerError) -> Bool {
        let key = DeliveryKey(vin: entry.vin, stage: entry.stage, version: entry.version, destination: destination)
        for volume in volumes[(number + 1)...] where try volume.delivery(key) != nil { return true }
        return false
    }
}

/// Which bundle in which outbox.
struct DeliveryKey {
    let vin: String
    let stage: Int
    let version: Int
    let destination: String
}

extension DeliveryKey {
    /// What an event of a delivery speaks of.
    init(_ event: Event) {
        self.init(
            vin: event.text("vin"), stage: event.number("stage"), version: event.number("version"), destination: event.text("destination"))
    }
}

extension DeliveryRows {
    func delivery(_ key: DeliveryKey) throws(LedgerError) -> Delivery? {
        try deliveries(vin: key.vin).first { $0.stage == key.stage && $0.version == key.version && $0.destination == key.destination }
    }
}

extension Delivery {
    /// The entry that takes the delivery over as it is.
    ///
    /// - Parameter volume: the origin of the volume that it stands in.
    func carried(from volume: String, submission: String) -> Event {
        Event(
            .carriedDelivery, submission: submission,
            [
                "vin": .text(vin), "stage": .number(stage), "version": .number(version), "destination": .text(destination),
                "bundle": .text(bundle), "volume": .text(volume), "collected": collected == nil ? "no" : "yes",
            ])
    }
}
