import Audit
import Glibc

/// What the ledger reaches here, for `Tests/scripts/bench`: each command prints one line of JSON.
///
///     ledger-bench fill FOLDER ENTRIES           a ledger as the daemon writes it, of at least so many entries
///     ledger-bench commit FOLDER COUNT SECONDS   entries a second at COUNT a commit, and how many small fdatasyncs a second the disk makes
///     ledger-bench verify FOLDER                 seconds, and the peak of the memory
///     ledger-bench prove FOLDER TIMES            milliseconds for the proof of an entry anywhere, the median and the slowest
@main
struct LedgerBench {
    static func main() {
        let words = CommandLine.arguments.dropFirst()
        let folder = words.dropFirst().first ?? "."
        let numbers = words.dropFirst(2).compactMap { Int($0) }
        do {
            switch (words.first, numbers.count) {
            case ("fill", 1): try Bench(folder).fill(entries: numbers[0])
            case ("commit", 2): try Bench(folder).commit(count: numbers[0], seconds: Double(numbers[1]))
            case ("verify", 0): try Bench(folder).verify()
            case ("prove", 1): try Bench(folder).prove(times: numbers[0])
            default:
                print("usage: ledger-bench fill FOLDER ENTRIES | commit FOLDER COUNT SECONDS | verify FOLDER | prove FOLDER TIMES")
                exit(2)
            }
        } catch {
            print("\(error)")
            exit(1)
        }
    }
}

struct Bench {
    private static let origin = "bench.example/ecoc/1"

    private let folder: String
    private var path: String { "\(folder)/ledger.db" }

    init(_ folder: String) { self.folder = folder }

    private func open() throws(LedgerError) -> Ledger {
        let keyFile = "\(folder)/ledger.key"
        let key = try access(keyFile, F_OK) == 0 ? CheckpointKey.load(from: keyFile) : CheckpointKey.create(at: keyFile)
        return try Ledger(path: path, origin: Self.origin, key: key)
    }

    // MARK: Filling

    func fill(entries: Int) throws(LedgerError) {
        let ledger = try open()
        var traffic = Traffic()
        let began = Self.now()
        var size = 0
        while size < entries { for events in traffic.submission(vehicles: 1_000) { size = try ledger.commit(events).upperBound } }
        let seconds = Self.now() - began
        ledger.close()
        print(#"{"entries": \#(size), "seconds": \#(seconds)}"#)
    }

    // MARK: Committing

    /// In turns with the disk's own rate, so that both meet the same load.
    func commit(count: Int, seconds: Double) throws(LedgerError) {
        let ledger = try open()
        var traffic = Traffic()
        var events: [Event] = []
        var (entries, commits, syncs) = (0, 0, 0)
        var (writing, syncing) = (0.0, 0.0)
        let probe = Probe(folder)
        while writing < seconds {
            let slot = writing + 0.1
            while writing < slot {
                while events.count < count { for batch in traffic.submission(vehicles: 500) { events += batch } }
                let next = Array(events.prefix(count))
                events.removeFirst(count)
                let began = Self.now()
                try ledger.commit(next)
                writing += Self.now() - began
                entries += count
                commits += 1
            }
            let probing = Self.now()
            while Self.now() < probing + 0.1 {
                probe.sync()
                syncs += 1
            }
            syncing += Self.now() - probing
        }
        ledger.close()
        print(
            #"{"entriesPerSecond": \#(Double(entries) / writing), "commitsPerSecond": \#(Double(commits) / writing), "#
                + #""fdatasyncsPerSecond": \#(Double(syncs) / syncing)}"#)
    }

    // MARK: Verifying and proving

    func verify() throws(LedgerError) {
        let began = Self.now()
        let key = try CheckpointKey.load(from: "\(folder)/ledger.key").verifierKey(origin: Self.origin)
        let result = try LedgerVerifier.verify(path: path, verifierKey: key)
        let seconds = Self.now() - began
        guard result.isIntact else {
            for problem in result.problems.prefix(20) { print("\(problem)") }
            exit(1)
        }
        print(#"{"entries": \#(result.size), "seconds": \#(seconds), "peakMiB": \#(Double(Self.peakKiB()) / 1_024)}"#)
    }

    func prove(times: Int) throws(LedgerError) {
        let size = try LedgerReader(path: path).size()
        var milliseconds: [Double] = []
        for _ in 0..<times {
            let position = Int.random(in: 0..<size)
            let reader = try LedgerReader(path: path)
            let began = Self.now()
            _ = try reader.proofs(of: [position], upTo: .head)
            milliseconds.append((Self.now() - began) * 1_000)
        }
        milliseconds.sort()
        print(#"{"entries": \#(size), "median": \#(milliseconds[times / 2]), "slowest": \#(milliseconds[times - 1])}"#)
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func peakKiB() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    }
}

/// One small write and fdatasync, round and round in a file that is there: what a commit into a write-ahead log costs at the least.
private final class Probe {
    private static let pages = 1_024

    private let file: Int32
    private let path: String
    private let bytes = [UInt8](repeating: 1, count: 4_096)
    private var page = 0

    init(_ folder: String) {
        path = "\(folder)/probe"
        file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        for _ in 0..<Self.pages { write() }
        sync()
    }

    deinit {
        close(file)
        unlink(path)
    }

    func sync() {
        write()
        guard fdatasync(file) == 0 else { fatalError("the probe can't be synced") }
    }

    private func write() {
        guard pwrite(file, bytes, bytes.count, off_t(page * bytes.count)) == bytes.count else { fatalError("the probe can't be written") }
        page = (page + 1) % Self.pages
    }
}
