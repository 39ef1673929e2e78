import COpenSSL

/// The calling thread's queue of OpenSSL errors.
enum OpenSSLErrors {
    /// Forgets what earlier calls left, so that `drain` speaks of the calls that follow.
    static func clear() { ERR_clear_error() }

    /// Empties the queue and joins what it said, first cause first.
    static func drain() -> String {
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            if code == 0 { break }
            reasons.append(ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)")
        }
        return reasons.isEmpty ? "no reason given" : reasons.joined(separator: ", ")
    }
}
