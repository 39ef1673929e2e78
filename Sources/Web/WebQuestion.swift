import CCurl

/// One HTTP POST with limits: a time for all of it, a size for the answer, the certificates that the system trusts, and no redirection.
/// Blocks; any thread.
public struct WebQuestion: Sendable {
    private let url: String
    private let body: [UInt8]
    private let type: String

    /// What a server answered, whatever it says.
    public struct Answer: Sendable, Equatable {
        /// The HTTP status.
        public let status: Int
        /// The content type without its parameters, in lower case; empty when there is none.
        public let type: String
        public let body: [UInt8]
    }

    /// - Parameters:
    ///   - url: with `https` or `http`; any other scheme is refused.
    ///   - type: the content type of `body`.
    public init(_ url: String, body: [UInt8], type: String) {
        self.url = url
        self.body = body
        self.type = type
    }

    /// - Parameters:
    ///   - limit: bytes of the answer; more is an error, found without storing it.
    ///   - seconds: for all of it, from looking up the name to the last byte.
    public func answer(limit: Int, seconds: Int) throws(WebFailure) -> Answer {
        guard Self.isReady, let handle = curl_easy_init() else { throw WebFailure(.library, "\(url) can't be asked: memory is short.") }
        defer { curl_easy_cleanup(handle) }
        let headers = try Self.list(["Content-Type: \(type)", "Expect:"], url)
        defer { curl_slist_free_all(headers) }
        let received = Received(limit: limit)
        let code = withExtendedLifetime(received) { perform(handle, headers, received, seconds: seconds) }
        if received.isOverfull { throw WebFailure(.tooLarge, "\(url) answered with more than \(limit) bytes.") }
        guard code == CURLE_OK else { throw failure(code) }
        var status = 0
        guard ecocd_curl_get_number(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK else { throw failure(CURLE_OUT_OF_MEMORY) }
        return Answer(status: status, type: Self.contentType(handle), body: received.bytes)
    }

    /// Once a process, before any other call.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private static func list(_ lines: [String], _ url: String) throws(WebFailure) -> UnsafeMutablePointer<curl_slist> {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                throw WebFailure(.library, "\(url) can't be asked: memory is short.")
            }
            list = longer
        }
        guard let list else { throw WebFailure(.library, "\(url) can't be asked: there are no headers.") }
        return list
    }

    /// Everything that a pointer is given for lives until this returns; strings are copied by the library.
    private func perform(_ handle: UnsafeMutableRawPointer, _ headers: UnsafeMutablePointer<curl_slist>, _ received: Received, seconds: Int)
        -> CURLcode
    {
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_POST, 1), (CURLOPT_POSTFIELDSIZE, body.count), (CURLOPT_FOLLOWLOCATION, 0),
            (CURLOPT_TIMEOUT, seconds), (CURLOPT_CONNECTTIMEOUT, min(10, seconds)), (CURLOPT_SSL_VERIFYPEER, 1),
            (CURLOPT_SSL_VERIFYHOST, 2),
        ]
        for (option, value) in numbers {
            let code = ecocd_curl_set_number(handle, option, value)
            if code != CURLE_OK { return code }
        }
        let texts = [(CURLOPT_URL, url), (CURLOPT_PROTOCOLS_STR, "https,http"), (CURLOPT_USERAGENT, "ecocctl")]
        for (option, value) in texts {
            let code = value.withCString { ecocd_curl_set_pointer(handle, option, $0) }
            if code != CURLE_OK { return code }
        }
        return body.withUnsafeBytes { bytes in
            for (option, value) in [
                (CURLOPT_HTTPHEADER, UnsafeRawPointer(headers)), (CURLOPT_POSTFIELDS, bytes.baseAddress ?? UnsafeRawPointer(headers)),
            ] {
                let code = ecocd_curl_set_pointer(handle, option, value)
                if code != CURLE_OK { return code }
            }
            let code = ecocd_curl_set_sink(handle, Received.take, Unmanaged.passUnretained(received).toOpaque())
            return code == CURLE_OK ? curl_easy_perform(handle) : code
        }
    }

    private static func contentType(_ handle: UnsafeMutableRawPointer) -> String {
        var text: UnsafePointer<CChar>?
        guard ecocd_curl_get_text(handle, CURLINFO_CONTENT_TYPE, &text) == CURLE_OK, let text else { return "" }
        let whole = String(cString: text).lowercased()
        return String(whole.prefix { $0 != ";" && $0 != " " })
    }

    private func failure(_ code: CURLcode) -> WebFailure {
        let reason = String(cString: curl_easy_strerror(code))
        return WebFailure(code == CURLE_OUT_OF_MEMORY ? .library : .transport, "\(url) gave no answer: \(reason).")
    }

    /// What comes in, as long as it fits. Used by the thread that asks.
    private final class Received {
        private let limit: Int
        private(set) var bytes: [UInt8] = []
        private(set) var isOverfull = false

        init(limit: Int) { self.limit = limit }

        /// Taking fewer bytes than came ends the transfer.
        static let take: ecocd_curl_sink = { start, size, count, context in
            guard let start, let context else { return 0 }
            let received = Unmanaged<Received>.fromOpaque(context).takeUnretainedValue()
            guard received.bytes.count + size * count <= received.limit else {
                received.isOverfull = true
                return 0
            }
            received.bytes += UnsafeRawBufferPointer(start: start, count: size * count)
            return size * count
        }
    }
}
