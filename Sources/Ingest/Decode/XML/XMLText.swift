import CXML

/// XML that is being written, from pieces that a parser gave.
struct XMLText {
    private(set) var bytes: [UInt8] = []

    typealias Name = UnsafePointer<xmlChar>

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// Begins a start tag.
    mutating func start(_ prefix: Name?, _ name: Name) {
        bytes.append(UInt8(ascii: "<"))
        append(prefix, name)
    }

    mutating func endStart() { bytes.append(UInt8(ascii: ">")) }

    mutating func append(_ written: [UInt8]) { bytes += written }

    mutating func namespace(_ prefix: Name?, _ uri: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: " xmlns".utf8)
        if let prefix {
            bytes.append(UInt8(ascii: ":"))
            append(prefix)
        }
        append(value: uri)
    }

    /// - Parameter value: the text itself, without references.
    mutating func attribute(_ prefix: Name?, _ name: Name, _ value: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: " "))
        append(prefix, name)
        append(value: value)
    }

    mutating func end(_ prefix: Name?, _ name: Name) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(UInt8(ascii: "/"))
        append(prefix, name)
        bytes.append(UInt8(ascii: ">"))
    }

    mutating func characters(_ text: UnsafeBufferPointer<UInt8>) {
        escape(text) { byte in
            switch byte {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: ">"): "&gt;"
            case 0x0D: "&#13;"
            default: nil
            }
        }
    }

    mutating func comment(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: "<!--".utf8)
        bytes.append(contentsOf: text)
        bytes.append(contentsOf: "-->".utf8)
    }

    mutating func instruction(_ target: Name, _ data: Name?) {
        bytes.append(contentsOf: "<?".utf8)
        append(target)
        if let data {
            bytes.append(UInt8(ascii: " "))
            append(data)
        }
        bytes.append(contentsOf: "?>".utf8)
    }

    private mutating func append(_ prefix: Name?, _ name: Name) {
        if let prefix {
            append(prefix)
            bytes.append(UInt8(ascii: ":"))
        }
        append(name)
    }

    private mutating func append(_ name: Name) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: name, count: Int(xmlStrlen(name))))
    }

    /// White space other than blanks needs references, else a parser makes blanks of it.
    private mutating func append(value: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: "=\"".utf8)
        escape(value) { byte in
            switch byte {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: "\""): "&quot;"
            case 0x09: "&#9;"
            case 0x0A: "&#10;"
            case 0x0D: "&#13;"
            default: nil
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    @inline(__always)
    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>, _ reference: (UInt8) -> StaticString?) {
        var start = 0
        for index in text.indices where text[index] < 0x40 {
            guard let reference = reference(text[index]) else { continue }
            bytes.append(contentsOf: text[start..<index])
            bytes.append(contentsOf: UnsafeBufferPointer(start: reference.utf8Start, count: reference.utf8CodeUnitCount))
            start = index + 1
        }
        bytes.append(contentsOf: text[start...])
    }
}
