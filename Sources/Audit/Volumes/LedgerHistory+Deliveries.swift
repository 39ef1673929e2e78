extension LedgerHistory {
    /// How far a submission's certificates have come, by destination. What a newer volume took over counts as it stands there.
    public func deliveryCounts(submission: String) throws(LedgerError) -> [DeliveryCounts] {
        var own: Volume?
        var later: [Delivery] = []
        for volume in volumes {
            if own != nil {
                later += try deliveries(of: submission, in: volume)
            } else if try volume.reader.submission(submission) != nil {
                own = volume
            }
        }
        guard let own else { return [] }
        var counts: [DeliveryCounts] = []
        for count in try own.reader.deliveryCounts(submission: submission) {
            let here = later.filter { $0.destination == count.destination }
            var answers = count.answers
            for answer in here.flatMap(\.acknowledgements) { answers[answer.outcome, default: 0] += 1 }
            // Taken over as collected, or collected in more than one volume's words: once.
            var collected: Set<String> = []
            for delivery in here where delivery.collected != nil {
                let before = try own.reader.deliveries(vin: delivery.vin).first { $0.isSame(as: delivery) }
                if before?.collected == nil { collected.insert("\(delivery.vin) \(delivery.stage) \(delivery.version)") }
            }
            counts.append(
                DeliveryCounts(
                    destination: count.destination, published: count.published, collected: count.collected + collected.count,
                    answers: answers))
        }
        return counts
    }

    /// Those that a volume took over.
    private func deliveries(of submission: String, in volume: Volume) throws(LedgerError) -> [Delivery] {
        var found: [Delivery] = []
        for state in try volume.reader.certificates(submission: submission) {
            found += try volume.reader.deliveries(vin: state.vin).filter { $0.stage == state.stage && $0.version == state.version }
        }
        return found
    }
}

extension Delivery {
    fileprivate func isSame(as other: Delivery) -> Bool {
        (vin, stage, version, destination) == (other.vin, other.stage, other.version, other.destination)
    }
}
