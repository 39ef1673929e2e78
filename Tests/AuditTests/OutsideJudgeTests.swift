import Foundation
import Testing

@testable import Audit
import Hashing

/// Programs from PyPI that know nothing of this one, in the environment that `Tests/scripts/prepare-judges` makes.
private enum Judges {
    static let python: String? = {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let path = package.appending(path: ".build/judges/bin/python").path
        let isMade = FileManager.default.fileExists(atPath: package.appending(path: ".build/judges/wanted").path)
        return isMade && FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    /// Runs a script with these lines as input, and gives the lines it prints.
    static func ask(_ script: String, _ lines: [String]) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ecocd-judge-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "input")
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: input)
        let process = Process()
        process.executableURL = URL(filePath: try #require(python))
        process.arguments = ["-W", "ignore", "-c", script]
        process.standardInput = try FileHandle(forReadingFrom: input)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return text.split(separator: "\n").map(String.init)
    }
}

@Suite(
    "Outside judges",
    .enabled(if: Judges.python != nil, "needs the packages of Tests/scripts/prepare-judges, which 'make test' asks PyPI for"))
struct OutsideJudgeTests {
    @Test("pymerkle: roots and inclusion proofs for trees of 1 to 130 leaves have the same hashes")
    func merkle() throws {
        let leaves = (0..<130).map { [UInt8($0)] }
        let builder = ProofBuilder(LeavesInMemory(leaves: leaves.map { MerkleProof.leafHash(of: $0) }))
        var lines: [String] = []
        var expected: [String] = []
        for size in 1...130 {
            lines.append("root \(size)")
            expected.append(try builder.root(of: 0..<size).hexadecimal)
            for index in Set([0, size / 3, size / 2, size - 1]).sorted() {
                lines.append("inclusion \(size) \(index)")
                let path = try builder.inclusionPath(of: index, in: 0..<size)
                expected.append(([MerkleProof.leafHash(of: leaves[index])] + path).map(\.hexadecimal).sorted().joined(separator: " "))
            }
        }
        let script = """
            import sys
            from pymerkle import InmemoryTree
            tree = InmemoryTree(algorithm='sha256')
            for leaf in range(130): tree.append_entry(bytes([leaf]))
            for line in sys.stdin:
                what, size, *rest = line.split()
                if what == 'root': print(tree.get_state(int(size)).hex())
                else: print(' '.join(sorted(tree.prove_inclusion(int(rest[0]) + 1, int(size)).serialize()['path'])))
            """
        #expect(try Judges.ask(script, lines) == expected)
    }

    @Test("rfc8785: records and other flat objects are written as it writes them, whatever their texts hold")
    func canonicalForm() throws {
        var random = SystemRandomNumberGenerator()
        var written: [[UInt8]] = []
        for _ in 0..<400 { written.append(try EventBatch([RecordTests.randomEvent(&random)]).bytes) }
        for _ in 0..<400 {
            var fields: [String: Event.Scalar] = [:]
            for _ in 0..<Int.random(in: 0..<9, using: &random) {
                let largest = CanonicalJSON.largestInteger
                fields[RecordTests.randomText(&random)] =
                    Bool.random(using: &random)
                    ? .text(RecordTests.randomText(&random)) : .number(.random(in: -largest...largest, using: &random))
            }
            written.append(FlatObject(fields).bytes)
        }
        // Read by Python's own parser, and written again.
        let script = """
            import json, rfc8785, sys
            for line in sys.stdin:
                print(rfc8785.dumps(json.loads(bytes.fromhex(line.strip()).decode())).hex())
            """
        let hexadecimal = written.map { Hexadecimal.encode($0) }
        let judged = try Judges.ask(script, hexadecimal)
        #expect(judged.count == hexadecimal.count)
        for (ours, theirs) in zip(hexadecimal, judged) {
            #expect(ours == theirs, "\(String(decoding: Hexadecimal.decode(ours) ?? [], as: UTF8.self))")
        }
    }

    @Test("proofbundle: our proof files are accepted whole, and refused with a byte changed")
    func proofFiles() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit((0..<300).map { Sample.started($0) })
        ledger.close()
        var lines: [String] = []
        var expected: [String] = []
        func ask(_ proof: String, _ record: [UInt8], _ isGood: Bool) {
            lines.append("\(Hexadecimal.encode(Array(proof.utf8))) \(Hexadecimal.encode(record)) \(test.verifierKey)")
            expected.append(isGood ? "accepted" : "refused")
        }
        for proof in try LedgerReader(path: test.path).proofs(of: [0, 17, 255, 256, 299], upTo: .head) {
            let text = proof.proof.text
            ask(text, proof.record, true)
            var record = proof.record
            record[10] ^= 1
            ask(text, record, false)
            let hash = text.split(separator: "\n")[2]
            ask(text.replacing(hash, with: (hash.first == "A" ? "B" : "A") + hash.dropFirst()), proof.record, false)
            ask(text.replacing("\n300\n", with: "\n301\n"), proof.record, false)
        }
        let script = """
            import sys
            from proofbundle.tlogproof import verify_tlog_proof
            for line in sys.stdin:
                proof, record, key = line.split()
                try: accepted = verify_tlog_proof(bytes.fromhex(proof).decode(), bytes.fromhex(record), key)['ok']
                except Exception: accepted = False
                print('accepted' if accepted else 'refused')
            """
        #expect(try Judges.ask(script, lines) == expected)
    }
}
