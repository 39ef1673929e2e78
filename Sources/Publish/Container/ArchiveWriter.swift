import CArchive

/// A ZIP archive that libarchive writes into memory: the only owner of its `struct archive` and of the memory.
struct ArchiveWriter: ~Copyable {
    private let archive: OpaquePointer
    private let entry: OpaquePointer
    private let buffer: UnsafeMutableRawBufferPointer
    private let used: UnsafeMutablePointer<Int>

    /// Deflate's effort. Level 1 makes a bundle a twentieth larger than level 6 in little
    /// more than half of the time, and time is what counts.
    static let compressionLevel = 1

    /// - Parameter capacity: the most bytes that the archive may have.
    /// - Returns: nil when memory is short or libarchive has no ZIP.
    init?(capacity: Int) {
        guard let archive = archive_write_new() else { return nil }
        guard let entry = archive_entry_new() else {
            archive_write_free(archive)
            return nil
        }
        self.archive = archive
        self.entry = entry
        buffer = .allocate(byteCount: capacity, alignment: 16)
        used = .allocate(capacity: 1)
        used.initialize(to: 0)
    }

    deinit {
        archive_write_free(archive)  // closes it too, so before the memory goes
        archive_entry_free(entry)
        used.deallocate()
        buffer.deallocate()
    }

    mutating func open() throws(BundleError) {
        try check(archive_write_set_format_zip(archive))
        try check(archive_write_set_options(archive, "zip:compression-level=\(Self.compressionLevel)"))
        try check(archive_write_open_memory(archive, buffer.baseAddress, buffer.count, used))
    }

    /// Appends one regular file that everybody may read.
    mutating func add(name: String, bytes: [UInt8], modified: Int, stored: Bool = false) throws(BundleError) {
        try check(stored ? archive_write_zip_set_compression_store(archive) : archive_write_zip_set_compression_deflate(archive))
        archive_entry_clear(entry)
        archive_entry_set_pathname(entry, name)
        archive_entry_set_filetype(entry, UInt32(S_IFREG))
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_size(entry, Int64(bytes.count))
        archive_entry_set_mtime(entry, modified, 0)
        archive_entry_set_uid(entry, 0)
        archive_entry_set_gid(entry, 0)
        try check(archive_write_header(archive, entry))
        guard archive_write_data(archive, bytes, bytes.count) == bytes.count else { throw failure }
        try check(archive_write_finish_entry(archive))
    }

    /// Ends the archive.
    consuming func finish() throws(BundleError) -> [UInt8] {
        try check(archive_write_close(archive))
        return Array(UnsafeRawBufferPointer(rebasing: buffer[..<used.pointee]))
    }

    private func check(_ code: Int32) throws(BundleError) {
        guard code == ARCHIVE_OK else { throw failure }
    }

    private var failure: BundleError {
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
        return BundleError(.archive, "libarchive couldn't write the bundle: \(reason).", remedy: "Check free memory and try again.")
    }
}
