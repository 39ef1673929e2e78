public import Sign

/// Builds bundles: ASiC-E containers with a detached CAdES signature (ETSI EN 319 162-1, docs/bundle.md).
public enum BundleWriter {
    /// Builds one bundle in memory. Any thread.
    ///
    /// - Parameters:
    ///   - entries: the files; the first is the sealed message, the certificate itself. `mimetype` and `META-INF` are added.
    ///   - modified: the time written for every file, in seconds since 1970 UTC, from 1980 to 2107; odd seconds are rounded down. A verifier
    ///     asks that it be the signing time.
    ///   - sign: makes the detached signature over the manifest's bytes.
    /// - Returns: the container. The same input and signature give the same bytes, whatever the time zone.
    /// - Throws: `name`, `duplicate` or `empty` for entries that don't make a bundle, `size` beyond the bounds that a verifier accepts,
    ///   `signing` when `sign` throws, `archive` when memory is short.
    public static func write(
        entries: [BundleEntry], modified: Int, sign: ([UInt8]) throws(SealError) -> [UInt8]
    ) throws(BundleError) -> [UInt8] {
        guard let message = entries.first, !message.name.contains("/"), message.name.hasSuffix(".xml") else {
            throw BundleError(.empty, "A bundle's first file must be the sealed message.", remedy: "Report this.")
        }
        return try container(entries, modified: modified, sign: sign)
    }

    /// Builds the container of a notice about a bundle: one signed JSON file. Otherwise as `write`.
    public static func writeNotice(
        _ notice: BundleEntry, modified: Int, sign: ([UInt8]) throws(SealError) -> [UInt8]
    ) throws(BundleError) -> [UInt8] {
        guard notice.name.hasSuffix(".json") else {
            throw BundleError(.empty, "A notice is a JSON file.", remedy: "Report this.")
        }
        return try container([notice], modified: modified, sign: sign)
    }

    private static func container(
        _ entries: [BundleEntry], modified: Int, sign: ([UInt8]) throws(SealError) -> [UInt8]
    ) throws(BundleError) -> [UInt8] {
        try check(entries)
        let manifest = ASiCManifest(of: entries).bytes
        let signature: [UInt8]
        do { signature = try sign(manifest) } catch {
            throw BundleError(.signing, error.message, remedy: error.remedy)
        }
        guard let dosTime = ContainerLayout.dosTime(modified) else {
            throw BundleError(.size, "The bundle's time isn't within 1980 and 2107.", remedy: "Check the machine's clock.")
        }
        let files =
            [(ContainerFormat.mimetypeName, ContainerFormat.mimetype)] + entries.map { ($0.name, $0.bytes) }
            + [(ContainerFormat.manifestName, manifest), (ContainerFormat.signatureName, signature)]
        return ContainerLayout.bytes(try packed(files, modified: modified), dosTime: dosTime)
    }

    /// libarchive deflates, and the container is laid out anew around what it made: libarchive's own headers have extra fields and data
    /// descriptors, at which programs that read from a stream stop.
    private static func packed(
        _ files: [(name: String, bytes: [UInt8])], modified: Int
    ) throws(BundleError) -> [ContainerLayout.File] {
        let archive = try archive(files, modified: modified)
        let directory: ContainerDirectory
        do { directory = try ContainerDirectory(archive, isOurs: true) } catch { throw .unusable("libarchive's ZIP \(error.reason)") }
        guard directory.entries.map(\.name) == files.map(\.name) else {
            throw .unusable("libarchive wrote other entries than it was given")
        }
        return zip(files, directory.entries).map { file, entry in
            // What doesn't shrink is stored; what shrinks more than so many times looks like a bomb to those who read it.
            let isDeflated =
                entry.method == 8 && entry.compressedSize < entry.size
                && entry.size <= entry.compressedSize * ContainerFormat.Limit.ratio
            return ContainerLayout.File(
                name: file.name, method: isDeflated ? 8 : 0, crc: entry.crc, size: file.bytes.count,
                data: isDeflated ? archive[entry.dataOffset..<entry.dataOffset + entry.compressedSize] : file.bytes[...])
        }
    }

    private static func archive(_ files: [(name: String, bytes: [UInt8])], modified: Int) throws(BundleError) -> [UInt8] {
        // Deflate adds 5 bytes to each 16 KB that it can't shorten; headers, names and extra fields take less than 700 bytes an entry.
        let capacity = files.reduce(4096) { $0 + $1.bytes.count + $1.bytes.count / 1000 + 700 }
        guard var writer = ArchiveWriter(capacity: capacity) else { throw .memory }
        try writer.open()
        for file in files {
            let isSmall = file.bytes.count < ContainerFormat.smallestDeflated || file.name == ContainerFormat.signatureName
            try writer.add(name: file.name, bytes: file.bytes, modified: modified, stored: isSmall)
        }
        return try writer.finish()
    }

    private static func check(_ entries: [BundleEntry]) throws(BundleError) {
        guard entries.count <= ContainerFormat.Limit.entries - 3,
            entries.reduce(0, { $0 + $1.bytes.count }) <= ContainerFormat.Limit.total / 2,
            entries.allSatisfy({ $0.bytes.count <= ContainerFormat.Limit.entry })
        else { throw BundleError(.size, "The bundle would be too large to be accepted.", remedy: "Make its files smaller.") }
        var names: Set<String> = [ContainerFormat.mimetypeName]
        for entry in entries {
            guard ContainerFormat.isPlain(Array(entry.name.utf8)), !entry.name.lowercased().hasPrefix("meta-inf/") else {
                throw BundleError(
                    .name, "\(entry.name) can't be the name of a file in a bundle.", remedy: "Use letters, digits, '.', '_', '-' and '/'.")
            }
            guard names.insert(entry.name.lowercased()).inserted else {
                throw BundleError(.duplicate, "The name \(entry.name) is twice in the bundle.", remedy: "Report this.")
            }
        }
    }
}

extension BundleError {
    fileprivate static let memory = BundleError(
        .archive, "The bundle couldn't be built: memory is short.", remedy: "Check free memory and try again.")
}
