import Foundation
import Testing

@testable import Audit

@Suite("Exports", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "needs python3")) struct ExportTests {
    private let test: TestLedger
    private let ledger: Ledger
    private var tiles: String { test.folder + "/tiles" }

    private static let checker = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../scripts/check-tiles").path

    init() throws {
        test = try TestLedger()
        ledger = try test.open()
        try FileManager.default.createDirectory(atPath: tiles, withIntermediateDirectories: false)
    }

    @Test(arguments: [0, 1, 2, 255, 256, 257, 511, 512, 700]) func anotherReaderFindsTheSameRoot(size: Int) throws {
        try fill(to: size)
        let done = try export()
        #expect(done.size == size && done.previousSize == 0)
        #expect(try check() == expected())
    }

    /// From 65,536 entries on there is a third level.
    @Test func aTreeOfThreeLevels() throws {
        try fill(to: 65_000)
        _ = try export()
        try fill(to: 66_100)
        let done = try export()
        #expect(try check() == expected())
        // Entries and hashes from tile 253 to 258, two tiles above (one of them full now), one at the top.
        #expect(done.previousSize == 65_000 && done.files == 2 * 6 + 2 + 1)
    }

    @Test func onlyWhatIsNewIsWritten() throws {
        try fill(to: 600)
        #expect(try export().files == 3 + 3 + 1)
        let untouched = try content("tile/0/000"), bundle = try content("tile/entries/001")
        let written = try modified("tile/0/000")
        try fill(to: 800)
        #expect(try export().files == 2 + 2 + 1)
        #expect(try check() == expected())
        #expect(try content("tile/0/000") == untouched && content("tile/entries/001") == bundle)
        #expect(try modified("tile/0/000") == written)
        // The partial forms of a tile that is full now are gone; those of one that grows stay.
        #expect(!FileManager.default.fileExists(atPath: tiles + "/tile/0/002.p"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: tiles + "/tile/1/000.p").sorted() == ["2", "3"])
    }

    /// What was cut off before its checkpoint is written again, whatever state its files are in.
    @Test func anExportThatWasCutOffIsMadeAgain() throws {
        try fill(to: 300)
        _ = try export()
        let older = try content("checkpoint")
        try fill(to: 900)
        _ = try export()
        try older.write(to: URL(filePath: tiles + "/checkpoint"))
        try Data().write(to: URL(filePath: tiles + "/tile/0/002"))
        try Data().write(to: URL(filePath: tiles + "/tile/entries/.001.part"))
        #expect(try export().previousSize == 300)
        #expect(try check() == expected())
    }

    @Test func anotherLogsFolderIsRefused() throws {
        try fill(to: 10)
        let other = try TestLedger()
        let foreign = try Ledger(path: other.path, origin: "example.org/ecoc/other", key: other.key)
        try foreign.commit([Sample.started()])
        foreign.close()
        _ = try TileExport.run(path: other.path, into: tiles, key: nil)
        #expect(#expect(throws: LedgerError.self) { try export() }?.code == .open)
    }

    @Test func aLedgerThatWasPutBackIsTold() throws {
        try fill(to: 10)
        let copy = try LedgerBackup.make(of: test.path, to: test.folder + "/copy.db", verifierKey: nil).path
        try fill(to: 20)
        _ = try export()
        let error = #expect(throws: LedgerError.self) { try TileExport.run(path: copy, into: tiles, key: nil) }
        #expect(error?.code == .corrupt)
    }

    @Test func aTamperedEntryIsTold() throws {
        try fill(to: 300)
        ledger.close()
        try test.tamper("DROP TRIGGER entry_no_delete; DELETE FROM entry WHERE position = 290")
        #expect(#expect(throws: LedgerError.self) { try export() }?.code == .corrupt)
    }

    @Test func numbersBecomePaths() {
        #expect(TilePath("0", position: 1_234_067, count: 256).folders == ["tile", "0", "x001", "x234"])
        #expect(TilePath("0", position: 1_234_067, count: 256).name == "067")
        #expect(TilePath("entries", position: 7, count: 3).folders == ["tile", "entries", "007.p"])
        #expect(TilePath("entries", position: 7, count: 3).name == "3")
        #expect(TilePath("1", position: 1_000, count: 256).folders == ["tile", "1", "x001"])
    }

    @Test(arguments: [0, 1, 5_000]) func linesCarryTheExactBytes(size: Int) throws {
        try fill(to: size)
        let file = test.folder + "/lines.jsonl"
        let lines = try lines(from: 0)
        try Data(lines).write(to: URL(filePath: file))
        #expect(try test.output(Self.checker, ["--lines", file]) == expected())
    }

    @Test func linesGoOnFromAPosition() throws {
        try ledger.commit([Sample.rejected("S", vin: "\"\\\u{1}ü\u{2028}🚗"), Sample.started(2), Sample.started(3)])
        let all = try lines(from: 0)
        let rest = try lines(from: 1)
        #expect(all.hasSuffix(rest) && all.count > rest.count)
        #expect(try lines(from: 3).isEmpty && lines(from: 99).isEmpty)
        let first = try #require(JSONSerialization.jsonObject(with: Data(all.split(separator: 0x0A)[0])) as? [String: Any])
        let record = try LedgerReader(path: test.path).entries(0..<1)[0].bytes
        #expect((first["record"] as? String).map { Array($0.utf8) } == record)
    }

    private func fill(to size: Int) throws {
        var count = try LedgerReader(path: test.path).size()
        while count < size {
            let next = min(count + 256, size)
            try ledger.commit((count..<next).map { Sample.started($0) })
            count = next
        }
    }

    private func export() throws -> TileExport.Result {
        try TileExport.run(path: test.path, into: tiles, key: #require(VerifierKey(test.verifierKey)))
    }

    private func check() throws -> String { try test.output(Self.checker, [tiles]) }

    /// The checker's answer when it agrees with the signed head.
    private func expected() throws -> String {
        let lines = try LedgerReader(path: test.path).head().split(separator: "\n", omittingEmptySubsequences: false)
        return "\(lines[1]) \(lines[2])\n"
    }

    private func lines(from first: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        try LineExport(path: test.path, key: VerifierKey(test.verifierKey)).write(from: first) { (lines) throws(Never) in all += lines }
        return all
    }

    private func content(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: "\(tiles)/\(name)")) }

    private func modified(_ name: String) throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: "\(tiles)/\(name)")[.modificationDate] as? Date
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
