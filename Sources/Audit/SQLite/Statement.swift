internal import CSQLite
import Hashing

/// One prepared statement. Parameters count from 1, columns from 0, as in SQLite.
final class Statement {
    private let handle: OpaquePointer
    private let connection: Connection

    init(adopting handle: OpaquePointer, of connection: Connection) {
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    func bind(_ index: Int32, _ number: Int) throws(LedgerError) {
        try connection.check(sqlite3_bind_int64(handle, index, Int64(number)), "binding")
    }

    func bind(_ index: Int32, _ text: String?) throws(LedgerError) {
        guard var text else { return try connection.check(sqlite3_bind_null(handle, index), "binding") }
        let code = text.withUTF8 { bytes in
            // SQLite takes an address of nil as NULL, which an empty text isn't.
            withUnsafeBytes(of: 0) { none in
                ecocd_sqlite3_bind_text_copy(
                    handle, index,
                    (bytes.baseAddress.map { UnsafeRawPointer($0) } ?? none.baseAddress)?.assumingMemoryBound(to: CChar.self),
                    Int32(bytes.count))
            }
        }
        try connection.check(code, "binding")
    }

    /// A text given as its bytes, whatever they are.
    func bind(_ index: Int32, text bytes: [UInt8]) throws(LedgerError) {
        let code = bytes.withUnsafeBytes { text in
            withUnsafeBytes(of: 0) { none in
                ecocd_sqlite3_bind_text_copy(
                    handle, index, (text.baseAddress ?? none.baseAddress)?.assumingMemoryBound(to: CChar.self), Int32(text.count))
            }
        }
        try connection.check(code, "binding")
    }

    func bind(_ index: Int32, _ digest: Digest) throws(LedgerError) {
        try connection.check(
            digest.withUnsafeBytes { ecocd_sqlite3_bind_blob_copy(handle, index, $0.baseAddress, Int32($0.count)) }, "binding")
    }

    func bind(_ index: Int32, blob: some Collection<UInt8>) throws(LedgerError) {
        let bytes = Array(blob)
        try connection.check(
            bytes.withUnsafeBytes { ecocd_sqlite3_bind_blob_copy(handle, index, $0.baseAddress, Int32($0.count)) }, "binding")
    }

    /// The bytes aren't copied: they must stay as they are until the statement has run. Gives SQLite's code, for use where nothing may throw.
    func bindInPlace(_ index: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), nil)
    }

    /// Gives SQLite's code, for use where nothing may throw.
    func bindInPlace(_ index: Int32, _ number: Int) -> Int32 { sqlite3_bind_int64(handle, index, Int64(number)) }

    /// One step and a reset, giving SQLite's code: SQLITE_OK when done.
    func runInPlace() -> Int32 {
        _ = sqlite3_step(handle)
        return sqlite3_reset(handle)  // repeats the step's error
    }

    func check(_ code: Int32, _ operation: String) throws(LedgerError) { try connection.check(code, operation) }

    /// To the next row: false when there is none, and then the statement is ready to run again.
    func step() throws(LedgerError) -> Bool {
        if sqlite3_step(handle) == SQLITE_ROW { return true }
        try connection.check(sqlite3_reset(handle), "running")
        return false
    }

    /// Runs a statement that gives no rows.
    func run() throws(LedgerError) { while try step() {} }

    /// Back to the start, so that the statement keeps no transaction open.
    func reset() { sqlite3_reset(handle) }

    enum ColumnKind { case null, text, other }

    func kind(_ column: Int32) -> ColumnKind {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_NULL: .null
        case SQLITE3_TEXT: .text
        default: .other
        }
    }

    func number(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    func text(_ column: Int32) -> String { optionalText(column) ?? "" }

    /// Nil for NULL.
    func optionalText(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(handle, column) else { return nil }
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))), as: UTF8.self)
    }

    /// A text's bytes, valid only inside `body` and until the next step.
    func withText<Result>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let start = sqlite3_column_text(handle, column)
        return body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column))))
    }

    /// A blob's bytes, valid only inside `body` and until the next step.
    func withBlob<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let start = sqlite3_column_blob(handle, column)
        return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column))))
    }

    func blob(_ column: Int32) -> [UInt8] { withBlob(column) { Array($0) } }

    /// Nil unless the blob has 32 bytes.
    func digest(_ column: Int32) -> Digest? { withBlob(column) { Digest(bytes: $0) } }
}
