import Audit
import Foundation
import Logging
import Synchronization
import Testing

@testable import Pipeline

/// What is remembered of the ledger outside it, when, and what the journal says.
@Suite struct HeadKeeperTests {
    /// Lines of the journal, as they come.
    private final class Journal: Sendable {
        private let written = Mutex<[String]>([])

        var lines: [String] { written.withLock { $0 } }
        var logger: Logger { Logger(label: "test") { [self] _ in Handler(journal: self) } }

        private struct Handler: LogHandler {
            let journal: Journal
            var metadata: Logger.Metadata = [:]
            var logLevel: Logger.Level = .info

            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            func log(event: LogEvent) { journal.written.withLock { $0.append("\(event.level): \(event.message)") } }
        }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = "/tmp/ecocd-head-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private func eventually(_ what: String, _ condition: () throws -> Bool) async throws {
        for _ in 0..<15_000 {
            if try condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Disappointment(what: "it didn't happen that \(what)")
    }

    private func heads(_ journal: Journal) -> [String] { journal.lines.filter { $0.hasPrefix("notice: The ledger's newest head: ") } }

    @Test func everyHeadIsRememberedAndTheFirstAndLastLogged() async throws {
        try await withFolder { folder in
            let (journal, file) = (Journal(), RememberedHead(path: "\(folder)/head"))
            let keeper = HeadKeeper(file: file, logger: journal.logger, pauses: .init(writing: 1))
            try keeper.start()
            for head in ["one", "two", "three"] {
                keeper.note(head)
                try await eventually("'\(head)' is remembered") { try file.read() == head }
            }
            #expect(heads(journal) == ["notice: The ledger's newest head: one"])
            keeper.note("four")
            keeper.stop()
            #expect(try file.read() == "four")
            #expect(heads(journal).last == "notice: The ledger's newest head: four" && heads(journal).count == 2)
        }
    }

    @Test func journalGetsTheHeadWhenItsTimeHasCome() async throws {
        try await withFolder { folder in
            let (journal, file) = (Journal(), RememberedHead(path: "\(folder)/head"))
            let keeper = HeadKeeper(file: file, logger: journal.logger, pauses: .init(writing: 1, logging: 1_000_000))
            try keeper.start()
            for head in ["one", "two"] {
                keeper.note(head)
                try await eventually("'\(head)' is logged") { heads(journal).last?.hasSuffix(": \(head)") == true }
            }
            keeper.stop()
            #expect(heads(journal).count == 2, "the same head isn't logged twice")
        }
    }

    @Test func failureIsToldOnceAndMended() async throws {
        try await withFolder { folder in
            let (journal, file) = (Journal(), RememberedHead(path: "\(folder)/later/head"))
            let keeper = HeadKeeper(file: file, logger: journal.logger, pauses: .init(writing: 1, failure: 1_000_000))
            try keeper.start()
            keeper.note("one")
            try await eventually("the failure is told") { journal.lines.contains { $0.hasPrefix("error: ") } }
            try FileManager.default.createDirectory(atPath: "\(folder)/later", withIntermediateDirectories: false)
            try await eventually("the head is remembered") { try file.read() == "one" }
            keeper.stop()
            #expect(journal.lines.filter { $0.hasPrefix("error: ") }.count == 1)
        }
    }

    /// A ledger that takes nothing has no new head: what was remembered stays.
    @Test func nothingIsWrittenWithoutAHead() async throws {
        try await withFolder { folder in
            let (journal, file) = (Journal(), RememberedHead(path: "\(folder)/head"))
            try file.write("old")
            let keeper = HeadKeeper(file: file, logger: journal.logger)
            try keeper.start()
            keeper.stop()
            #expect(try file.read() == "old" && journal.lines.isEmpty)
        }
    }
}
