import Hashing

/// Reads a record and accepts only its one canonical spelling (RFC 8785, flat, strings and integers). Never traps, whatever the bytes.
struct RecordParser {
    struct Flaw: Error, Equatable, CustomStringConvertible {
        let offset: Int
        let reason: String
        var description: String { "byte \(offset): \(reason)" }
    }

    private let bytes: UnsafeRawBufferPointer
    private var index = 0

    static func parse(_ bytes: UnsafeRawBufferPointer) throws(Flaw) -> Record {
        var parser = RecordParser(bytes: bytes)
        return try parser.record()
    }

    static func parse(_ bytes: [UInt8]) throws(Flaw) -> Record {
        try within(bytes) { (parser) throws(Flaw) in try parser.record() }
    }

    /// The members of any object in this spelling.
    static func members(_ bytes: [UInt8]) throws(Flaw) -> [String: Event.Scalar] {
        try within(bytes) { (parser) throws(Flaw) in try parser.wholeObject() }
    }

    private static func within<Value>(_ bytes: [UInt8], _ body: (inout RecordParser) throws(Flaw) -> Value) throws(Flaw) -> Value {
        let result = bytes.withUnsafeBytes { buffer -> Result<Value, Flaw> in
            var parser = RecordParser(bytes: buffer)
            do throws(Flaw) { return .success(try body(&parser)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private mutating func record() throws(Flaw) -> Record {
        var members = try wholeObject()
        guard case .number(1) = members.removeValue(forKey: "v") else { throw flaw("'v' isn't 1") }
        let kind = try text("kind", &members)
        let time = try text("at", &members)
        let actor = try text("actor", &members)
        let submission = members["submission"] == nil ? nil : try text("submission", &members)
        guard Self.isTime(time) else { throw flaw("'at' isn't a UTC time to the millisecond") }
        return Record(version: 1, kind: kind, time: time, actor: actor, submission: submission, fields: members)
    }

    private mutating func wholeObject() throws(Flaw) -> [String: Event.Scalar] {
        let members = try object()
        guard index == bytes.count else { throw flaw("something follows the object") }
        return members
    }

    private mutating func object() throws(Flaw) -> [String: Event.Scalar] {
        var members: [String: Event.Scalar] = [:]
        var last: String?
        try expect("{")
        if take("}") { return members }
        repeat {
            let name = try string()
            if let last, !last.utf16.lexicographicallyPrecedes(name.utf16) { throw flaw("'\(name)' is out of order") }
            last = name
            try expect(":")
            let value: Event.Scalar = try peek() == UInt8(ascii: "\"") ? .text(string()) : .number(integer())
            // Unicode has two spellings for some letters, and Swift takes both for one name.
            guard members.updateValue(value, forKey: name) == nil else { throw flaw("'\(name)' stands twice, in two spellings") }
        } while take(",")
        try expect("}")
        return members
    }

    private mutating func string() throws(Flaw) -> String {
        try expect("\"")
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"), bytes[index] >= 0x20 {
            index += 1
        }
        var content = Array(bytes[start..<index])
        while try peek() != UInt8(ascii: "\"") { content.append(try character()) }
        index += 1
        guard let text = String(validating: content, as: UTF8.self) else { throw flaw("a text isn't UTF-8") }
        return text
    }

    private mutating func character() throws(Flaw) -> UInt8 {
        let byte = try next()
        guard byte == UInt8(ascii: "\\") else {
            if byte < 0x20 { throw flaw("a control character isn't escaped") }
            return byte
        }
        switch try next() {
        case UInt8(ascii: "\""): return UInt8(ascii: "\"")
        case UInt8(ascii: "\\"): return UInt8(ascii: "\\")
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "u"): return try codeUnit()
        default: throw flaw("an escape isn't canonical")
        }
    }

    /// The four digits after \u: only for control characters that have no letter.
    private mutating func codeUnit() throws(Flaw) -> UInt8 {
        var value = 0
        for _ in 0..<4 {
            guard let digit = Hexadecimal.digits.firstIndex(of: try next()) else { throw flaw("an escape isn't canonical") }
            value = value << 4 | digit
        }
        guard value < 0x20, ![0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(value) else { throw flaw("an escape isn't canonical") }
        return UInt8(value)
    }

    private mutating func integer() throws(Flaw) -> Int {
        let start = index
        if take("-"), try peek() == UInt8(ascii: "0") { throw flaw("a number isn't canonical") }
        let first = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
        guard index > first, bytes[first] != UInt8(ascii: "0") || index == first + 1 else { throw flaw("a number isn't canonical") }
        guard let number = Int(String(decoding: bytes[start..<index], as: UTF8.self)), number.magnitude < 1 << 53 else {
            throw flaw("a number is beyond 2^53")
        }
        return number
    }

    private func text(_ name: String, _ members: inout [String: Event.Scalar]) throws(Flaw) -> String {
        guard case .text(let text) = members.removeValue(forKey: name) else { throw flaw("'\(name)' is missing or isn't a text") }
        return text
    }

    private static func isTime(_ text: String) -> Bool {
        let form = "0000-00-00T00:00:00.000Z".utf8
        return text.utf8.count == form.count
            && zip(text.utf8, form).allSatisfy { byte, wanted in
                wanted == UInt8(ascii: "0") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == wanted
            }
    }

    private func peek() throws(Flaw) -> UInt8 {
        guard index < bytes.count else { throw flaw("it ends too early") }
        return bytes[index]
    }

    private mutating func next() throws(Flaw) -> UInt8 {
        let byte = try peek()
        index += 1
        return byte
    }

    private mutating func take(_ letter: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: letter) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ letter: Unicode.Scalar) throws(Flaw) {
        guard take(letter) else { throw flaw("'\(letter)' is missing") }
    }

    private func flaw(_ reason: String) -> Flaw { Flaw(offset: index, reason: reason) }
}
