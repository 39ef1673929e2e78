import Hashing
@testable import Publish
@testable import Sign

extension FuzzTarget {
    static let bundleTargets = [bundle, manifest]

    /// Containers: every file that is given out lies in the container as its directory says, and what verifies is what was sealed.
    private static let bundle = FuzzTarget(
        name: "bundle", maximumBytes: 32_768,
        seeds: { [try BundleSeed(FuzzAuthority()).bytes, try BundleSeed(FuzzAuthority(), files: 1).bytes] },
        prepare: {
            let authority = try FuzzAuthority()
            let verifier = try BundleVerifier(trustedPEM: authority.trusted)
            let genuine = SHA256.digest(of: try authority.sealedMessage())
            return { bytes in
                let directory = try? ContainerDirectory(bytes)
                let contents = try? BundleContents(reading: bytes)
                if let contents {
                    guard let directory else { throw Failure("a container without directory is read") }
                    try check(contents.files, directory, bytes)
                    _ = contents.message
                }
                let verification = verifier.verify(bytes)
                guard verification.isValid else { return }
                try expect(contents != nil, "what verifies can't be read")
                try expect(directory?.entries.contains(where: \.hasDescriptor) == false, "what verifies can't be read from a stream")
                try expect(verification.message.map { SHA256.digest(of: $0) } == genuine, "another message verifies")
            }
        })

    private static func check(_ files: [String: [UInt8]], _ directory: ContainerDirectory, _ bytes: [UInt8]) throws(Failure) {
        try expect(files.count == directory.entries.count, "there are other files than in the directory")
        try expect(directory.entries.count <= ContainerFormat.Limit.entries, "there are too many files")
        for entry in directory.entries {
            try expect(ContainerFormat.isPlain(Array(entry.name.utf8)), "the name \(entry.name) isn't plain")
            let end = entry.dataOffset + entry.compressedSize
            try expect(entry.dataOffset >= entry.localOffset && end <= directory.offset, "\(entry.name) lies outside")
            try expect(files[entry.name]?.count == entry.size, "\(entry.name) has another size")
            guard entry.method == 0 else { continue }
            try expect(files[entry.name].map { bytes[entry.dataOffset..<end].elementsEqual($0) } ?? false, "\(entry.name) has other bytes")
        }
    }

    /// The manifest: read only in the form that is written.
    private static let manifest = FuzzTarget(
        name: "manifest", maximumBytes: 4_096,
        seeds: {
            let entries = ["WZAM1A1BXTA000017.xml", "certificate.html", "validation.json", "ledger/proof.tlog-proof", "x"]
            return [1, 5].map { count in
                ASiCManifest(of: entries.prefix(count).map { BundleEntry(name: $0, bytes: Array($0.utf8)) }).bytes
            }
        },
        prepare: {
            { bytes in
                guard let manifest = ASiCManifest(reading: bytes) else { return }
                try expect(manifest.bytes == bytes, "the manifest has another form")
                try expect(!manifest.references.isEmpty, "the manifest names nothing")
            }
        })
}

/// A bundle as the daemon makes it, but for its ledger's proof.
private struct BundleSeed {
    let bytes: [UInt8]

    init(_ authority: FuzzAuthority, files: Int = 3) throws {
        let message = try authority.sealedMessage()
        let page = "<p>\(FuzzAuthority.vin)</p><p>\(SHA256.hexadecimal(of: message))</p>"
        let entries = [
            BundleEntry(name: "\(FuzzAuthority.vin).xml", bytes: message), BundleEntry(name: BundleFile.page, bytes: Array(page.utf8)),
            BundleEntry(name: BundleFile.validation, bytes: Array(String(repeating: "{} ", count: 100).utf8)),
        ]
        let signer = DetachedSigner(key: authority.key)
        bytes = try BundleWriter.write(entries: Array(entries.prefix(files)), modified: authority.time) { (manifest) throws(SealError) in
            try signer.sign(manifest, signingTime: authority.time)
        }
    }
}
