/// How long the write-ahead log may become, in pages of 4,096 bytes.
struct LogLimits {
    /// From here on it is folded into the database as far as readers allow; it is begun anew when nobody reads from it.
    let long: Int
    /// From here on the writer waits for readers: they hold it for some milliseconds each, but there may always be one.
    let tooLong: Int
    /// For how long, in milliseconds. Somebody who reads for longer lets the log grow.
    let patience: Int32

    /// 16 and 32 MB.
    static let standard = LogLimits(long: 4_096, tooLong: 8_192, patience: 100)
}
