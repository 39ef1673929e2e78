import Configuration
import Ingest
import Linux

/// Notices that something left an outbox or came into its receipts. Only a hint. Two queues, so that one can rest while the other is waited for.
struct OutboxWatch: ~Copyable {
    private let departures: Inotify
    private let arrivals: Inotify
    private var outboxes: [Inotify.Watch: String] = [:]
    private var receipts: [Inotify.Watch: String] = [:]

    /// Readable while hints of departures wait.
    var departuresDescriptor: Int32 { departures.descriptor.number }
    /// Readable while hints of receipts wait.
    var arrivalsDescriptor: Int32 { arrivals.descriptor.number }

    init() throws(SystemError) {
        let departures = try Inotify()
        let arrivals = try Inotify()
        self.departures = departures
        self.arrivals = arrivals
    }

    /// Watches the folder as it is there now; one that is watched already stays so.
    mutating func watch(_ destination: Configuration.Destination) throws(SystemError) {
        let (outbox, receipts) = (destination.outbox, "\(destination.outbox)/\(OutboxFolders.receipts)")
        self.outboxes[try departures.watch(outbox, for: [.movedOut, .deleted])] = destination.name
        self.receipts[try arrivals.watch(receipts, for: .arrivals)] = destination.name
    }

    /// The destinations whose outboxes something left since the last call.
    mutating func drainDepartures() throws(SystemError) -> Set<String> {
        var dirty: Set<String> = []
        while case let notes = try departures.read(), !notes.isEmpty {
            for note in notes {
                if note.isOverflow { dirty.formUnion(outboxes.values) }
                guard let watch = note.watch, let destination = outboxes[watch] else { continue }
                // Our own names on their way to publication begin with a dot.
                if note.name?.bytes.first != UInt8(ascii: ".") { dirty.insert(destination) }
            }
        }
        return dirty
    }

    /// The receipts that a rename brought since the last call, and whether anything came at all.
    mutating func drainArrivals() throws(SystemError) -> (any: Bool, movedIn: Set<InboxEntry>) {
        var (any, movedIn): (Bool, Set<InboxEntry>) = (false, [])
        while case let notes = try arrivals.read(), !notes.isEmpty {
            any = true
            for note in notes where note.changes.contains(.movedIn) {
                guard let watch = note.watch, let destination = receipts[watch], let name = note.name else { continue }
                movedIn.insert(InboxEntry(source: destination, name: name))
            }
        }
        return (any, movedIn)
    }
}
