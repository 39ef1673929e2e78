import Audit
import Hashing
import Linux
import Spool

/// One submission at its end, compared with what the ledger says of it: its directory, its original and its bundles, byte by byte.
struct ArchivedSubmission {
    let state: SubmissionState
    let certificates: [CertificateState]
    /// The folder of its stage.
    let folder: String
    /// Called for every piece of a file that was read, with its bytes; throws to end the check.
    let pause: (Int) throws -> Void

    private static let restore = "Put its directory back from a backup of the spool."
    private static let keep = "Keep what is there as evidence, and put the file back from a backup of the spool."

    /// Nil when its directory isn't there.
    func findings() throws -> [ArchiveFinding]? {
        let path = "\(folder)/\(state.id)"
        let directory: Directory
        do { directory = try Directory(path) } catch {
            if error.isNotFound { return nil }
            return [finding("'\(path)' can't be read: \(error)", Self.restore)]
        }
        var findings: [ArchiveFinding] = []
        if let what = Self.identity(directory, state) { findings.append(finding("'\(path)': \(what)", Self.restore)) }
        if !state.sha256.isEmpty {
            try compare("\(Submission.originalFolder)/\(state.name)", with: state.sha256, in: directory, &findings)
        }
        for certificate in certificates where certificate.state >= .published {
            guard let bundle = certificate.bundle, let digest = certificate.bundleSHA256 else { continue }
            try compare("bundles/\(bundle)", with: digest, in: directory, &findings)
        }
        return findings
    }

    private static func identity(_ directory: borrowing Directory, _ state: SubmissionState) -> String? {
        do {
            let found = try Submission(reading: directory.readFile(Submission.fileName, limit: 1 << 16))
            return found.id.text == state.id && found.sha256 == state.sha256 ? nil : "its submission.json speaks of another submission"
        } catch { return "its submission.json can't be read: \(error)" }
    }

    private func compare(
        _ name: String, with digest: String, in directory: borrowing Directory, _ findings: inout [ArchiveFinding]
    ) throws {
        let file: Descriptor
        do { file = try directory.descriptor.openBeneath(name) } catch {
            return findings.append(finding("its file '\(name)' can't be read: \(error)", Self.keep))
        }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let got: Int
            do { got = try file.read(into: &buffer) } catch {
                return findings.append(finding("its file '\(name)' can't be read: \(error)", Self.keep))
            }
            if got == 0 { break }
            buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
            try pause(got)
        }
        let found = hash.finish().hexadecimal
        if found != digest {
            findings.append(finding("its file '\(name)' has the SHA-256 \(found), and the ledger says \(digest)", Self.keep))
        }
    }

    private func finding(_ what: String, _ remedy: String) -> ArchiveFinding { ArchiveFinding(state.id, what, remedy: remedy) }
}
