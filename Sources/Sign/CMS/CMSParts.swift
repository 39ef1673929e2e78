/// A CMS SignedData (RFC 5652, section 5.1) in DER, cut where its certificates stand.
struct CMSParts {
    /// The field `certificates` without its header: certificates in DER, one behind the other.
    let certificates: ArraySlice<UInt8>
    /// The same structure without that field.
    let rest: [UInt8]

    /// Nil for anything of another form; whether the parts make sense is for OpenSSL to say.
    init?(_ der: [UInt8]) {
        guard let whole = Element(der[...], tag: 0x30), whole.end == der.count,
            let type = Element(whole.content, tag: 0x06),
            let explicit = Element(der[type.end..<whole.end], tag: 0xA0), explicit.end == whole.end,
            let signed = Element(explicit.content, tag: 0x30), signed.end == explicit.end,
            let version = Element(signed.content, tag: 0x02),
            let digests = Element(der[version.end..<signed.end], tag: 0x31),
            let content = Element(der[digests.end..<signed.end], tag: 0x30),
            let certificates = Element(der[content.end..<signed.end], tag: 0xA0)
        else { return nil }
        self.certificates = certificates.content
        let fields = der[signed.content.startIndex..<content.end] + der[certificates.end..<signed.end]
        let body = DER.element(0x30, fields)
        rest = DER.element(0x30, der[whole.content.startIndex..<type.end] + DER.element(0xA0, body))
    }

    /// One element with a definite length, at the beginning of some bytes.
    private struct Element {
        let content: ArraySlice<UInt8>
        var end: Int { content.endIndex }

        init?(_ bytes: ArraySlice<UInt8>, tag: UInt8) {
            guard bytes.count >= 2, bytes[bytes.startIndex] == tag else { return nil }
            let first = Int(bytes[bytes.startIndex + 1])
            var start = bytes.startIndex + 2
            var count = first
            if first > 127 {
                let digits = first & 0x7F
                guard 1...4 ~= digits, bytes.endIndex - start >= digits else { return nil }
                count = bytes[start..<start + digits].reduce(0) { $0 << 8 | Int($1) }
                // DER has one way to write a length; any other is left to OpenSSL.
                guard bytes[start] > 0, count > 127 else { return nil }
                start += digits
            }
            guard count <= bytes.endIndex - start else { return nil }
            content = bytes[start..<start + count]
        }
    }
}
