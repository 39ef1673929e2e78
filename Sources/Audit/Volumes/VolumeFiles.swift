import Glibc
import Linux

/// Where a ledger's volumes lie: the open one under the ledger's own name, each closed one beside it as `ledger-<number>.db`.
public struct VolumeFiles: Sendable, Equatable {
    /// The open volume: `ledger.db`.
    public let open: String
    /// The numbers of the closed ones that are there, in order.
    public let closed: [Int]

    /// Looks which there are.
    public init(ofLedger path: String) throws(LedgerError) {
        open = path
        let (folder, name) = LedgerBackup.split(path)
        let (stem, ending) = Self.parts(name)
        do throws(SystemError) {
            // The dot: the folder may be a symbolic link.
            closed = try Directory("\(folder)/.").entries().compactMap { entry in
                entry.text.flatMap { Self.number($0, stem, ending) }
            }.sorted()
        } catch {
            throw LedgerError(
                .read, "the ledger's folder can't be read: \(error)", path: path, remedy: "Check the path and its permissions.")
        }
    }

    /// The file of a closed volume.
    public func path(ofClosed number: Int) -> String {
        let (folder, name) = LedgerBackup.split(open)
        let (stem, ending) = Self.parts(name)
        return "\(folder)/\(stem)-\(number)\(ending)"
    }

    /// The files of the closed volumes, the oldest first.
    public var closedPaths: [String] { closed.map(path(ofClosed:)) }

    /// All of them, the open one last.
    public var allPaths: [String] { closedPaths + [open] }

    /// The next volume while it is made.
    var coming: String { "\(open).next" }

    /// The number that a file in this folder would have as a closed volume; nil for any other name or place.
    func number(ofClosed path: String) -> Int? {
        guard LedgerBackup.split(path).folder == LedgerBackup.split(open).folder else { return nil }
        let (stem, ending) = Self.parts(LedgerBackup.split(open).name)
        return Self.number(LedgerBackup.split(path).name, stem, ending)
    }

    /// Where copies under the same names lie in another folder.
    func moved(to folder: String) -> VolumeFiles {
        VolumeFiles(open: "\(folder)/\(LedgerBackup.split(open).name)", closed: closed)
    }

    private init(open: String, closed: [Int]) { (self.open, self.closed) = (open, closed) }

    private static func number(_ name: String, _ stem: String, _ ending: String) -> Int? {
        guard name.hasPrefix("\(stem)-"), name.hasSuffix(ending),
            let number = Int(name.dropFirst(stem.utf8.count + 1).dropLast(ending.utf8.count)), number > 0,
            "\(stem)-\(number)\(ending)" == name
        else { return nil }
        return number
    }

    private static func parts(_ name: String) -> (stem: String, ending: String) {
        name.hasSuffix(".db") ? (String(name.dropLast(3)), ".db") : (name, "")
    }
}
