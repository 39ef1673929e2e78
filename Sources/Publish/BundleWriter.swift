public import Sign

/// Builds bundles: ASiC-E containers with a detached CAdES signature (ETSI EN 319 162-1, docs/bundle.md).
public enum BundleWriter {
    /// Builds one bundle in memory. Any thread.
    ///
    /// - Parameters:
    ///   - entries: the files; the first is the sealed message, the certificate itself. `mimetype` and `META-INF` are added.
    ///   - modified: the time written for every file, in seconds since 1970 UTC, from 1980 to 2107; odd seconds are rounded down.
    ///   - sign: makes the detached signature over the manifest's bytes.
    /// - Returns: the container. The same input and signature give the same bytes, whatever the time zone.
    public static func write(
        entries: [BundleEntry], modified: Int, sign: ([UInt8]) throws(SealError) -> [UInt8]
    ) throws(BundleError) -> [UInt8] {
        throw BundleError(.archive, "Not yet written.", remedy: "Wait.")
    }
}
