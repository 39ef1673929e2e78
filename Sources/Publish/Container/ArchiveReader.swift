import CArchive

/// A ZIP archive in memory that libarchive inflates: the only owner of its `struct archive`.
struct ArchiveReader: ~Copyable {
    private let archive: OpaquePointer

    private init?() {
        guard let archive = archive_read_new() else { return nil }
        self.archive = archive
    }

    deinit { archive_read_free(archive) }

    /// The files of a container whose directory has been read, by name; libarchive checks each one's CRC.
    static func inflate(_ bytes: [UInt8], _ directory: ContainerDirectory) throws(ContainerDirectory.Refusal) -> [String: [UInt8]] {
        guard let reader = ArchiveReader() else { throw .init(reason: "couldn't be read for want of memory") }
        var refusal: ContainerDirectory.Refusal?
        var files: [String: [UInt8]] = [:]
        bytes.withUnsafeBytes { memory in  // libarchive reads from it until the reader is freed or closed
            do throws(ContainerDirectory.Refusal) {
                files = try reader.read(memory, directory)
            } catch { refusal = error }
            archive_read_close(reader.archive)
        }
        if let refusal { throw refusal }
        return files
    }

    private func read(
        _ memory: UnsafeRawBufferPointer, _ directory: ContainerDirectory
    ) throws(ContainerDirectory.Refusal) -> [String: [UInt8]] {
        guard archive_read_support_format_zip_seekable(archive) == ARCHIVE_OK,
            archive_read_open_memory(archive, memory.baseAddress, memory.count) == ARCHIVE_OK
        else { throw failure("the container") }
        var files: [String: [UInt8]] = [:]
        for entry in directory.entries {
            var header: OpaquePointer?
            guard archive_read_next_header(archive, &header) == ARCHIVE_OK, let name = archive_entry_pathname(header) else {
                throw failure(entry.name)
            }
            guard String(cString: name) == entry.name else { throw .init(reason: "isn't read by libarchive as its directory says") }
            files[entry.name] = try readData(entry)
        }
        var header: OpaquePointer?
        guard archive_read_next_header(archive, &header) == ARCHIVE_EOF else {
            throw .init(reason: "isn't read by libarchive as its directory says")
        }
        return files
    }

    private func readData(_ entry: ContainerDirectory.Entry) throws(ContainerDirectory.Refusal) -> [UInt8] {
        // One byte more than promised, so that data which goes on is seen.
        var data = [UInt8](repeating: 0, count: entry.size + 1)
        var count = 0
        while count < data.count {
            let read = data[count...].withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
            guard read >= 0 else { throw failure(entry.name) }
            if read == 0 { break }
            count += read
        }
        guard count == entry.size else { throw .init(reason: "has \(entry.name) in another size than its directory says") }
        data.removeLast()
        return data
    }

    private func failure(_ what: String) -> ContainerDirectory.Refusal {
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
        return .init(reason: "can't be inflated at \(what): \(reason)")
    }
}
