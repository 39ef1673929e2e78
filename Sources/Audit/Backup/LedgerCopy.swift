import Glibc
import Hashing
import Linux

/// The steps of one backup: a hidden file, its content on disk, its verification, its name.
struct LedgerCopy {
    private let path: String
    private let target: String
    private let folder: String
    private let name: String
    private let part: String

    init(of path: String, to target: String) {
        (self.path, self.target) = (path, target)
        (folder, name) = LedgerBackup.split(target)
        part = ".\(name).part"
    }

    func make(_ verifierKey: String?) throws(LedgerError) -> LedgerBackup {
        try createPart()
        do throws(LedgerError) {
            try copy()
            let backup = try examine(verifierKey)
            try giveName()
            return backup
        } catch {
            // What is told is why there is no backup; a part that stays is replaced by the next one of this name.
            try? filing { () throws(SystemError) in try Directory(folder).unlink(part) }
            throw error
        }
    }

    /// What a backup that was cut off left behind is removed: nobody else makes files of this name.
    private func createPart() throws(LedgerError) {
        try filing { () throws(SystemError) in
            let directory = try Directory(folder)
            guard try directory.statusIfPresent(name) == nil else { throw SystemError(code: EEXIST, operation: "make", path: target) }
            if try directory.statusIfPresent(part) != nil { try directory.unlink(part) }
            let file = try directory.create(part, mode: 0o600)
            try file.setMode(0o600)
            try file.close()
        }
    }

    /// SQLite reads one state of the ledger and writes it, packed, into the empty file.
    private func copy() throws(LedgerError) {
        let source = try Connection(path: path, .reading)
        guard try source.number("PRAGMA application_id") == Schema.applicationID else {
            throw LedgerError(.open, "this database isn't a ledger", path: path, remedy: "Correct the path.")
        }
        // The pragma forbids writing even to another file; the connection stays one that can't write to the ledger.
        try source.run("PRAGMA query_only = 0")
        let copy = try source.prepare("VACUUM INTO ?1")
        try copy.bind(1, "\(folder)/\(part)")
        do throws(LedgerError) { try copy.run() } catch {
            let code: LedgerError.Code = if case .full = error.code { .full } else { .write }
            throw LedgerError(code, "the backup can't be written: \(error.what)", path: target, remedy: Self.remedy)
        }
        try filing { () throws(SystemError) in try Directory(folder).open(part).sync() }
    }

    private func examine(_ verifierKey: String?) throws(LedgerError) -> LedgerBackup {
        let verification = try LedgerVerifier.verify(path: "\(folder)/\(part)", verifierKey: VerifierKey.text(verifierKey, forVolume: path))
        if let problem = verification.problems.first {
            throw LedgerError(
                .corrupt, "the copy doesn't verify, so there is no backup: \(problem)", path: path,
                remedy: "Run 'ecocctl ledger verify': the ledger itself may be damaged.")
        }
        if let reason = verification.incompleteness {
            throw LedgerError(.write, "the copy couldn't be verified, so there is no backup: \(reason)", path: target, remedy: "Make room.")
        }
        let (bytes, sha256) = try digest()
        return LedgerBackup(path: target, size: verification.size, rootHash: verification.rootHash, bytes: bytes, sha256: sha256)
    }

    private func digest() throws(LedgerError) -> (bytes: Int, sha256: String) {
        try filing { () throws(SystemError) in
            let file = try Directory(folder).open(part)
            var hash = SHA256()
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            var count = 0
            while true {
                let got = try file.read(into: &buffer)
                if got == 0 { return (count, hash.finish().hexadecimal) }
                buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
                count += got
            }
        }
    }

    private func giveName() throws(LedgerError) {
        try filing { () throws(SystemError) in
            let directory = try Directory(folder)
            try directory.renameNoReplace(part, to: directory, as: name)
            try directory.sync()
        }
    }

    private static let remedy = "Name a new file, in a folder where there is room and ecocd may write."

    private func filing<Result>(_ body: () throws(SystemError) -> Result) throws(LedgerError) -> Result {
        do throws(SystemError) { return try body() } catch {
            throw LedgerError(
                error.isDiskFull ? .full : .write, "there is no backup: ecocd \(error)", path: target, remedy: Self.remedy)
        }
    }
}
