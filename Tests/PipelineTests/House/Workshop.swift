import Audit
import Configuration
import Foundation
import Linux
import Logging
import Spool

@testable import Pipeline

/// The parts of a daemon without its threads, in a house where nothing runs: for tests of single stages.
struct Workshop {
    let house: House
    let engine: Engine

    /// Runs `body` with a workshop; its house and its ledger are gone afterwards.
    static func run(_ body: (Workshop) throws -> Void) async throws {
        try await House.empty { house in
            let workshop = try Workshop(house)
            defer { workshop.engine.ledger.close() }
            try body(workshop)
        }
    }

    private init(_ house: House) throws {
        self.house = house
        let configuration = try Configuration.load(house.config)
        try Spool.prepare(
            root: house.spool, sources: configuration.sources.map { .init(name: $0.name) },
            destinations: configuration.destinations.map { .init(name: $0.name) })
        let ledger = try Ledger(
            path: house.ledger, origin: "house.example/ecoc/1", key: CheckpointKey.create(at: configuration.checkpointKey))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        engine = Engine(
            configuration: configuration, ledger: ledger, spool: try Spool(root: house.spool, ledger: ledger),
            processors: try Processors(count: 2), seal: try Self.seal(configuration), clock: SealingClock(after: nil),
            references: ReferenceShelf(store: ReferenceStore(path: configuration.referenceStore), ledger: ledger), board: StatusBoard(),
            logger: logger)
    }

    private static func seal(_ configuration: Configuration) throws -> SealKit {
        let checks = StartChecks(configuration, by: .daemon)
        try checks.refuse()
        guard let seal = checks.seal else { throw StartChecks.Refusal(faults: checks.faults) }
        return seal
    }

    /// A submission that the ledger knows as received, with a folder in `validate`.
    func submission() throws -> SubmissionFolder {
        let id = SubmissionID.make()
        let path = "\(house.spool)/validate/\(id)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let submission = Submission(
            id: id, source: "erp", name: "file.csv", receivedAt: .now(), origin: .init(try Directory(path).descriptor.status()),
            sha256: String(repeating: "0", count: 64))
        try engine.ledger.commit([submission.received])
        return SubmissionFolder(path: path, submission: submission)
    }
}
