internal import CSQLite
import Glibc

/// The system's file layer of SQLite with two changes: what is appended to a write-ahead log is gathered and written in one piece when the
/// log is synced, and the file grows ahead of what is written.
///
/// SQLite itself writes each page and its header of 24 bytes by a call of their own, which costs more than all that it does before. Nothing
/// is promised in between: with `synchronous = FULL` a commit is told to readers and to its caller only after the sync, which writes what is
/// gathered, syncs it, and fails when either does (sqlite.org/vfs.html, sqlite.org/walformat.html). Whoever reads the log, asks for its
/// length or cuts it gets it as if nothing had been gathered.
///
/// A sync of a file that has grown writes the inode as well, which takes as long again as the pages themselves. So the file grows a
/// megabyte of zeros at a time: a log begins anew at its start and is written over. SQLite reads a log up to the first frame that isn't part
/// of it, as there are always some behind the end when a log has begun anew.
enum GatheringLog {
    /// The name to open connections with; nil where SQLite has no file layer or no memory for another.
    static let name: String? = register() ? layerName : nil

    private static let layerName = "ecocd-gathering-log"

    /// More is written at once: a log grows by a few pages a commit.
    private static let capacity = 1 << 20

    /// SQLite's Unix layer takes the length modulo 128 KiB: nothing that it does itself is longer than a page.
    private static let largestWrite = 1 << 16

    private static let growth: Int64 = 1 << 20

    private static let zeros = [UInt8](repeating: 0, count: largestWrite)

    /// What is registered: SQLite knows the first part only.
    private struct Layer {
        var base: sqlite3_vfs
        /// SQLite's own layer.
        let system: UnsafeMutablePointer<sqlite3_vfs>
    }

    /// What SQLite takes for its file: behind it, at `innerOffset`, lies the system's.
    private struct LogFile {
        var base: sqlite3_file
        /// What is gathered and where in the file it goes.
        var bytes: UnsafeMutableRawPointer
        var count: Int
        var offset: Int64
        /// Up to here the file has been made longer.
        var length: Int64
    }

    private static let innerOffset = (MemoryLayout<LogFile>.size + 15) & ~15

    private static func register() -> Bool {
        guard let system = sqlite3_vfs_find(nil) else { return false }
        // A copy, so that the system's functions find all in it that they look for. Both live as long as the process.
        let layer = UnsafeMutablePointer<Layer>.allocate(capacity: 1)
        layer.initialize(to: Layer(base: system.pointee, system: system))
        layer.pointee.base.pNext = nil
        layer.pointee.base.szOsFile += Int32(innerOffset)
        layer.pointee.base.zName = UnsafePointer(strdup(layerName))
        layer.pointee.base.xOpen = { layer, name, file, flags, outcome in GatheringLog.open(layer, name, file, flags, outcome) }
        let base = UnsafeMutableRawPointer(layer).assumingMemoryBound(to: sqlite3_vfs.self)
        return layer.pointee.base.zName != nil && sqlite3_vfs_register(base, 0) == SQLITE_OK
    }

    private static func open(
        _ layer: UnsafeMutablePointer<sqlite3_vfs>?, _ name: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ flags: Int32, _ outcome: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        // SQLite passes what was registered.
        let system = layer.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: Layer.self).pointee.system }
        guard let system, let open = system.pointee.xOpen, let file else { return SQLITE_CANTOPEN }
        guard flags & SQLITE_OPEN_WAL != 0 else { return open(system, name, file, flags, outcome) }
        file.pointee.pMethods = nil
        let inner = inner(file)
        inner.pointee.pMethods = nil
        let code = open(system, name, inner, flags, outcome)
        guard code == SQLITE_OK else { return code }
        log(file).pointee.bytes = .allocate(byteCount: capacity, alignment: 16)
        log(file).pointee.count = 0
        log(file).pointee.offset = 0
        log(file).pointee.length = 0
        file.pointee.pMethods = UnsafePointer(methods)
        return SQLITE_OK
    }

    private static func log(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<LogFile> {
        // The layer's `szOsFile` makes room for it.
        UnsafeMutableRawPointer(file).assumingMemoryBound(to: LogFile.self)
    }

    private static func inner(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<sqlite3_file> {
        (UnsafeMutableRawPointer(file) + innerOffset).assumingMemoryBound(to: sqlite3_file.self)
    }

    // MARK: Gathering

    private static func append(
        _ file: UnsafeMutablePointer<sqlite3_file>, _ bytes: UnsafeRawPointer, _ count: Int, _ offset: Int64
    ) -> Int32 {
        let log = log(file)
        if log.pointee.count > 0, offset != log.pointee.offset + Int64(log.pointee.count) || log.pointee.count + count > capacity {
            let code = flush(file)
            guard code == SQLITE_OK else { return code }
        }
        guard count <= capacity else { return write(inner(file), bytes, count, offset) }
        if log.pointee.count == 0 { log.pointee.offset = offset }
        (log.pointee.bytes + log.pointee.count).copyMemory(from: bytes, byteCount: count)
        log.pointee.count += count
        return SQLITE_OK
    }

    /// Writes what is gathered. After a failure it is gone: no commit that it belongs to has been told to anybody.
    private static func flush(_ file: UnsafeMutablePointer<sqlite3_file>) -> Int32 {
        let log = log(file)
        guard log.pointee.count > 0 else { return SQLITE_OK }
        defer { log.pointee.count = 0 }
        let end = log.pointee.offset + Int64(log.pointee.count)
        if end > log.pointee.length { log.pointee.length = grow(inner(file), beyond: end) }
        return write(inner(file), log.pointee.bytes, log.pointee.count, log.pointee.offset)
    }

    /// Where it fails, the file grows with what is written, as it would without this. In pieces that lie as the kernel's large pages do:
    /// what is written over them later is written faster.
    ///
    /// - Returns: the length now.
    private static func grow(_ inner: UnsafeMutablePointer<sqlite3_file>, beyond end: Int64) -> Int64 {
        var length: Int64 = 0
        guard inner.pointee.pMethods.pointee.xFileSize(inner, &length) == SQLITE_OK else { return 0 }
        let piece = Int64(largestWrite)
        let wanted = (end + growth) / growth * growth
        while length < wanted {
            let count = piece - length % piece
            let code = zeros.withUnsafeBytes { $0.baseAddress.map { write(inner, $0, Int(count), length) } }
            guard code == SQLITE_OK else { break }
            length += count
        }
        return length
    }

    private static func write(
        _ inner: UnsafeMutablePointer<sqlite3_file>, _ bytes: UnsafeRawPointer, _ count: Int, _ offset: Int64
    ) -> Int32 {
        var done = 0
        while done < count {
            let piece = min(count - done, largestWrite)
            let code = inner.pointee.pMethods.pointee.xWrite(inner, bytes + done, Int32(piece), offset + Int64(done))
            guard code == SQLITE_OK else { return code }
            done += piece
        }
        return SQLITE_OK
    }

    /// Runs a function of the system's file once it holds everything.
    private static func flushed(
        _ file: UnsafeMutablePointer<sqlite3_file>?, _ body: (UnsafeMutablePointer<sqlite3_file>, sqlite3_io_methods) -> Int32
    ) -> Int32 {
        guard let file else { return SQLITE_MISUSE }
        let code = flush(file)
        return code == SQLITE_OK ? body(inner(file), inner(file).pointee.pMethods.pointee) : code
    }

    private static func close(_ file: UnsafeMutablePointer<sqlite3_file>) -> Int32 {
        let written = flush(file)
        log(file).pointee.bytes.deallocate()
        let closed = inner(file).pointee.pMethods.pointee.xClose(inner(file))
        return written == SQLITE_OK ? closed : written
    }

    /// The functions of a log. Those of version 2 and 3 are about the database file alone. Unsafe: filled in before anybody has the pointer,
    /// only read from then on, and never freed.
    private nonisolated(unsafe) static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
        var methods = sqlite3_io_methods()
        methods.iVersion = 1
        methods.xClose = { file in file.map(GatheringLog.close) ?? SQLITE_MISUSE }
        methods.xWrite = { file, bytes, count, offset in
            guard let file, let bytes else { return SQLITE_MISUSE }
            return GatheringLog.append(file, bytes, Int(count), offset)
        }
        methods.xRead = { file, bytes, count, offset in GatheringLog.flushed(file) { $1.xRead($0, bytes, count, offset) } }
        methods.xTruncate = { file, size in
            let code = GatheringLog.flushed(file) { $1.xTruncate($0, size) }
            if let file { GatheringLog.log(file).pointee.length = 0 }
            return code
        }
        methods.xSync = { file, flags in GatheringLog.flushed(file) { $1.xSync($0, flags) } }
        methods.xFileSize = { file, size in GatheringLog.flushed(file) { $1.xFileSize($0, size) } }
        methods.xLock = { file, level in GatheringLog.flushed(file) { $1.xLock($0, level) } }
        methods.xUnlock = { file, level in GatheringLog.flushed(file) { $1.xUnlock($0, level) } }
        methods.xCheckReservedLock = { file, answer in GatheringLog.flushed(file) { $1.xCheckReservedLock($0, answer) } }
        methods.xFileControl = { file, operation, argument in GatheringLog.flushed(file) { $1.xFileControl($0, operation, argument) } }
        methods.xSectorSize = { file in
            guard let file else { return 0 }
            return GatheringLog.inner(file).pointee.pMethods.pointee.xSectorSize(GatheringLog.inner(file))
        }
        methods.xDeviceCharacteristics = { file in
            guard let file else { return 0 }
            return GatheringLog.inner(file).pointee.pMethods.pointee.xDeviceCharacteristics(GatheringLog.inner(file))
        }
        let pointer = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        pointer.initialize(to: methods)
        return pointer
    }()
}
