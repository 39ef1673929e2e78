import CXML
import Glibc

/// What libxml2 and libxmlsec1 complain about on one thread while one document is read or verified.
///
/// Both libraries report through plain C functions, on the thread that called them: so the log in use hangs on a thread-specific key.
final class XMLErrorLog {
    private var reasons: [String] = []
    private static let limit = 6

    /// Nil when the system has no key left; errors are then dropped, never printed.
    private static let key: pthread_key_t? = {
        var key = pthread_key_t()
        return pthread_key_create(&key, nil) == 0 ? key : nil
    }()

    var text: String { reasons.isEmpty ? "no reason given" : reasons.joined(separator: ", ") }

    func append(_ reason: String) {
        let line = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
        if reasons.count < Self.limit, !line.isEmpty, !reasons.contains(line) { reasons.append(line) }
    }

    /// Runs `body` while the libraries' errors on this thread go to this log. Must not be nested.
    func capturing<Value>(_ body: () -> Value) -> Value {
        if let key = Self.key { pthread_setspecific(key, Unmanaged.passUnretained(self).toOpaque()) }
        xmlSetStructuredErrorFunc(nil, Self.receiveXML)  // libxml2 keeps this one per thread
        defer {
            xmlSetStructuredErrorFunc(nil, nil)
            if let key = Self.key { pthread_setspecific(key, nil) }
        }
        return body()
    }

    private static var current: XMLErrorLog? {
        guard let key, let pointer = pthread_getspecific(key) else { return nil }
        return Unmanaged<XMLErrorLog>.fromOpaque(pointer).takeUnretainedValue()
    }

    private static let receiveXML: xmlStructuredErrorFunc = { _, error in
        guard let message = error?.pointee.message else { return }
        current?.append(String(cString: message))
    }

    /// For `xmlSecErrorsSetCallback`.
    static let receiveXMLSecurity: xmlSecErrorsCallback = { _, _, _, _, _, reason, message in
        guard let log = current else { return }
        log.append(xmlSecErrorsReason(reason))
        if let message { log.append(String(cString: message).trimmingSpaces) }
    }

    private static func xmlSecErrorsReason(_ reason: Int32) -> String {
        for index in 0..<UInt32(XMLSEC_ERRORS_MAX_NUMBER) where xmlSecErrorsGetCode(index) == reason {
            if let text = xmlSecErrorsGetMsg(index) { return String(cString: text) }
        }
        return "error \(reason)"
    }
}

extension String {
    fileprivate var trimmingSpaces: String { split(separator: " ").joined(separator: " ") }
}
