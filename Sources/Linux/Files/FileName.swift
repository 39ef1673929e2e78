import Glibc

/// The name of one directory entry, as the raw bytes that the file system holds: any bytes but `/` and NUL.
public struct FileName: Sendable, Hashable, CustomStringConvertible {
    public let bytes: [UInt8]

    /// Nil for what can't be one entry's name: empty, `.`, `..`, or with `/` or NUL in it.
    public init?(bytes: [UInt8]) {
        let dot = UInt8(ascii: ".")
        guard !bytes.isEmpty, bytes != [dot], bytes != [dot, dot], !bytes.contains(UInt8(ascii: "/")), !bytes.contains(0) else {
            return nil
        }
        self.bytes = bytes
    }

    /// Nil for what can't be one entry's name.
    public init?(_ text: String) { self.init(bytes: Array(text.utf8)) }

    /// The name as text, or nil when the bytes aren't UTF-8.
    public var text: String? { String(validating: bytes, as: UTF8.self) }

    /// The name for people and logs: control characters, backslashes and bytes that aren't UTF-8 are written as `\xNN`.
    public var description: String {
        guard let text else { return Self.escaped(bytes) { $0 < 0x20 || $0 >= 0x7F } }
        return text.unicodeScalars.map { scalar in
            let isControl = scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
            return isControl || scalar == "\\" ? Self.escaped(Array(String(scalar).utf8)) { _ in true } : String(scalar)
        }.joined()
    }

    private static func escaped(_ bytes: [UInt8], where isEscaped: (UInt8) -> Bool) -> String {
        bytes.map { byte in
            guard isEscaped(byte) || byte == UInt8(ascii: "\\") else { return String(Unicode.Scalar(byte)) }
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
        }.joined()
    }
}

/// One entry's name, given as text of our own or as bytes from the file system.
public protocol EntryName {
    /// The name's bytes without a final NUL.
    var nameBytes: [UInt8] { get }
}

extension String: EntryName {
    public var nameBytes: [UInt8] { Array(utf8) }
}

extension FileName: EntryName {
    public var nameBytes: [UInt8] { bytes }
}

extension EntryName {
    /// The name as a C string; refuses whatever would leave the directory.
    func component(in path: String) throws(SystemError) -> [CChar] {
        guard let name = FileName(bytes: nameBytes) else {
            throw SystemError(code: EINVAL, operation: "use '\(self)' as a name in", path: path)
        }
        return name.bytes.map { CChar(bitPattern: $0) } + [0]
    }
}
