import Foundation
import Testing

@testable import Audit

/// The ledger's files taken away under the writer.
@Suite struct LedgerPlaceTests {
    private var files: FileManager { .default }
    private let event = Event(.stopped, ["reason": "a test"])

    enum Fate: String, CaseIterable { case deleted, replaced, moved, logDeleted, logReplaced }

    private func befall(_ fate: Fate, _ path: String) throws {
        switch fate {
        case .deleted: try files.removeItem(atPath: path)
        case .replaced:
            try files.copyItem(atPath: path, toPath: path + ".copy")
            #expect(rename(path + ".copy", path) == 0)
        case .moved: try files.moveItem(atPath: path, toPath: path + ".elsewhere")
        case .logDeleted: try files.removeItem(atPath: path + "-wal")
        case .logReplaced:
            try files.removeItem(atPath: path + "-wal")
            try Data().write(to: URL(filePath: path + "-wal"))
        }
    }

    @Test(arguments: Fate.allCases) func writerStopsAndKeepsWhatItHad(_ fate: Fate) throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([event, event])
        try ledger.flush()
        try befall(fate, test.path)
        let error = #expect(throws: LedgerError.self) { try ledger.flush() }
        #expect(error?.code == .replaced)
        #expect(ledger.failure?.code == .replaced)
        #expect(throws: LedgerError.self) { try ledger.commit([event]) }
        ledger.close()

        let names = try files.contentsOfDirectory(atPath: test.folder)
        let rescued = try #require(names.first { $0.hasPrefix("ledger-rescued-") && $0.hasSuffix(".db") })
        #expect(error?.description.contains(rescued) == true)
        let verification = try LedgerVerifier.verify(path: "\(test.folder)/\(rescued)", verifierKey: test.verifierKey)
        #expect(verification.problems.isEmpty && verification.size == 2)
        // A log that lies beside another database would be laid over it.
        let hasOwnLog = names.contains { $0.hasSuffix("ledger.db-wal") }
        #expect(hasOwnLog == (fate == .logReplaced))
    }

    @Test func commitIntoAReplacedFileIsNotTold() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([event])
        try befall(.replaced, test.path)
        let error = #expect(throws: LedgerError.self) { try ledger.commit([event]) }
        #expect(error?.code == .replaced && error?.what.contains("under the running daemon") == true)
        ledger.close()
    }
}
