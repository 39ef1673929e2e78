/// How long the write-ahead log may become, in pages of 4,096 bytes.
struct LogLimits {
    /// From here on it is folded into the database as far as readers allow; it is begun anew when nobody reads from it.
    let long: Int
    /// From here on the writer waits for readers: they hold it for some milliseconds each, but there may always be one.
    let tooLong: Int
    /// For how long, in milliseconds. Somebody who reads for longer lets the log grow.
    let patience: Int32

    /// 64 and 128 MB: most pages of a log are newer versions of others in it, and only the newest goes into the database.
    static let standard = LogLimits(long: 16_384, tooLong: 32_768, patience: 100)
}
