import COpenSSL
import Glibc
import Linux

/// ASN.1 times as seconds since 1970 UTC.
enum ASN1Time {
    /// Nil when there is no time or it isn't one.
    static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int? {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return timegm(&parts)
    }

    /// `seconds` as `2026-05-01T12:00:00Z`.
    static func text(_ seconds: Int) -> String {
        Timestamp(milliseconds: seconds * 1000).textToTheSecond
    }

    /// The system's clock.
    static var now: Int { Glibc.time(nil) }
}
