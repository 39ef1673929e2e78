import CLinux
import Glibc

extension Descriptor {
    /// Reads at most as many bytes as the buffer holds. 0 is the end of the file.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        try retrying("read", path) { Glibc.read(number, buffer.baseAddress, buffer.count) }
    }

    /// Reads into the array from its start and returns how many bytes came. 0 is the end of the file.
    public func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        try retrying("read", path) { buffer.withUnsafeMutableBytes { Glibc.read(number, $0.baseAddress, $0.count) } }
    }

    /// Reads from a place in the file, leaving the read position where it is.
    public func read(into buffer: inout [UInt8], at offset: Int) throws(SystemError) -> Int {
        try retrying("read", path) { buffer.withUnsafeMutableBytes { pread(number, $0.baseAddress, $0.count, off_t(offset)) } }
    }

    /// Reads from the read position to the end. More than `limit` bytes is an error (EFBIG), found without reading them all.
    public func readAll(limit: Int) throws(SystemError) -> [UInt8] {
        // Files of /proc say that they are empty, and some of them give all they have to the first read only.
        let expected = min(max(4095, try status().size), limit)
        var content = [UInt8](repeating: 0, count: expected + 1)
        var count = 0
        while true {
            if count == content.count {
                guard count <= limit else { throw SystemError(code: EFBIG, operation: "read", path: path) }
                content.append(contentsOf: repeatElement(0, count: min(max(4096, count), limit + 1 - count)))
            }
            let got = try retrying("read", path) {
                content.withUnsafeMutableBytes { Glibc.read(number, $0.baseAddress.map { $0 + count }, $0.count - count) }
            }
            if got == 0 { break }
            count += got
        }
        guard count <= limit else { throw SystemError(code: EFBIG, operation: "read", path: path) }
        content.removeLast(content.count - count)
        return content
    }

    /// Writes all bytes, in as many calls as the kernel wants.
    public func writeAll(_ bytes: some Collection<UInt8>) throws(SystemError) {
        let slice: ArraySlice<UInt8> = (bytes as? ArraySlice<UInt8>) ?? (bytes as? [UInt8])?[...] ?? Array(bytes)[...]
        var written = 0
        while written < slice.count {
            written += try retrying("write", path) {
                slice.withUnsafeBytes { Glibc.write(number, $0.baseAddress.map { $0 + written }, $0.count - written) }
            }
        }
    }

    /// Copies from this file's read position to its end into `destination` and returns the bytes copied; in the kernel, sharing blocks,
    /// where the file systems can. More than `limit` bytes is an error (EFBIG) that leaves a partial copy behind.
    public func copy(to destination: borrowing Descriptor, limit: Int = .max) throws(SystemError) -> Int {
        var copied = 0
        while true {
            let (from, to) = (number, destination.number)
            let room = min(1 << 30, limit - copied)
            // One byte over the limit is asked for so that a longer file is noticed.
            let got = ecocd_copy_file_range(from, to, room == limit - copied ? room &+ (limit == .max ? 0 : 1) : room)
            if got == -1 {
                switch errno {
                case EINTR: continue
                case EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, EPERM, EBADF:
                    return copied + (try copyByReading(to: destination, limit: limit - copied))
                case let code: throw SystemError(code: code, operation: "copy to '\(destination.path)' from", path: path)
                }
            }
            // Some file systems answer 0 although there is content (procfs, old FUSE): reading decides.
            if got == 0 { return copied + (try copyByReading(to: destination, limit: limit - copied)) }
            copied += got
            guard copied <= limit else { throw SystemError(code: EFBIG, operation: "copy", path: path) }
        }
    }

    /// Gives this empty file the whole content of another one, sharing its blocks on disk; writing to either copies what is written (FICLONE).
    /// - Returns: false where the file systems can't: then nothing was done.
    public func shareContent(of other: borrowing Descriptor) throws(SystemError) -> Bool {
        let (to, from) = (number, other.number)
        do throws(SystemError) {
            try once("share content with", path) { ecocd_share_blocks(to, from) }
            return true
        } catch {
            if error.isNotSupported || [EXDEV, EINVAL, ENOTTY, ENOSYS, EPERM, EISDIR].contains(error.code) { return false }
            throw error
        }
    }

    private func copyByReading(to destination: borrowing Descriptor, limit: Int) throws(SystemError) -> Int {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var copied = 0
        while true {
            let got = try read(into: &buffer)
            if got == 0 { return copied }
            guard got <= limit - copied else { throw SystemError(code: EFBIG, operation: "copy", path: path) }
            try destination.writeAll(buffer[..<got])
            copied += got
        }
    }
}
