import Linux

/// Vehicles and reference ids about which a decision is being made.
///
/// A number stands for each, not the text: two that share one by chance wait for each other, and that is all.
struct Identities: Sendable {
    private(set) var numbers: Set<Int> = []

    init() {}

    /// - Parameter withdrawn: the VIN of a vehicle of which a certificate is withdrawn. One at a time, since the notices lie in one place.
    init(withdrawn vin: String) { numbers = Self.notices.numbers.union([Self.number(vin: vin)]) }

    /// Vehicles of which something is decided, whatever it is.
    init(vehicles vins: some Sequence<String>) { numbers = Set(vins.map { Self.number(vin: $0) }) }

    /// The notices of withdrawal, whatever vehicles they are about.
    static let notices = Identities(numbers: ["notices".hashValue])

    private init(numbers: Set<Int>) { self.numbers = numbers }

    /// A line of a submission that is decided about as a whole.
    mutating func note(_ line: RecordLine) {
        if !line.vin.isEmpty { numbers.insert(Self.number(vin: line.vin)) }
        // A ready message brings its own.
        if !line.referenceID.isEmpty { numbers.insert("reference id \(line.referenceID.lowercased())".hashValue) }
    }

    private static func number(vin: String) -> Int { "vehicle \(vin)".hashValue }

    func overlap(_ other: Identities) -> Bool {
        let (small, large) = numbers.count < other.numbers.count ? (numbers, other.numbers) : (other.numbers, numbers)
        return !small.isDisjoint(with: large)
    }
}

/// Lets one at a time decide about a vehicle or a reference id. Decisions about others go on side by side: one vehicle doesn't wait for the
/// twenty thousand of another source. Who asked earlier goes first, so nobody waits for ever. Any thread, but never one that holds it already.
final class IdentityLock: Sendable {
    private struct Asker: Sendable {
        let number: Int
        let identities: Identities
    }

    private struct State: Sendable {
        /// Who decides, and who waits, in the order in which they asked.
        var askers: [Asker] = []
        var count = 0
    }

    private let state = Monitor(State())

    /// How many decide or wait.
    var askers: Int { state.read(\.askers.count) }

    /// Runs `body` while nobody else decides about one of these.
    func withLock<Result>(_ identities: Identities, _ body: () throws -> Result) rethrows -> Result {
        let own = state.withLock { state in
            state.count += 1
            state.askers.append(Asker(number: state.count, identities: identities))
            return state.count
        }
        defer { state.withLock { $0.askers.removeAll { $0.number == own } } }
        _ = state.wait { state in
            state.askers.prefix { $0.number != own }.contains { $0.identities.overlap(identities) } ? nil : true
        }
        return try body()
    }
}
