/// Holds a container against the one form that there is for its files: whoever reads it from a stream finds the same files, and nothing
/// stands in it that no signature covers.
enum ContainerForm {
    typealias Refusal = ContainerDirectory.Refusal

    /// - Returns: the DOS time of every entry.
    static func check(_ bytes: [UInt8], _ directory: ContainerDirectory) throws(Refusal) -> UInt32 {
        let entries = directory.entries
        try checkMimetype(entries, bytes)
        for entry in entries where entry.hasDescriptor {
            let kind = entry.method == 0 ? "a stored file" : "a file"
            throw Refusal(
                reason: "has \(kind) whose sizes stand only behind its data (a data descriptor), \(entry.name): programs that read from a "
                    + "stream stop there")
        }
        let time = entries[0].dosTime
        let files = entries.map { entry in
            ContainerLayout.File(
                name: entry.name, method: entry.method, crc: entry.crc, size: entry.size,
                data: bytes[entry.dataOffset..<entry.dataOffset + entry.compressedSize])
        }
        let expected = ContainerLayout.bytes(files, dosTime: time)
        if expected != bytes { throw Refusal(reason: Self.difference(bytes, expected, directory)) }
        return time
    }

    /// EN 319 162-1, annex A.1: the first entry, in the plain. The form says the rest.
    private static func checkMimetype(_ entries: [ContainerDirectory.Entry], _ bytes: [UInt8]) throws(Refusal) {
        let name = ContainerFormat.mimetypeName
        let end = "/" + name
        if let nested = entries.first(where: { $0.name.hasSuffix(end) }), !entries.contains(where: { $0.name == name }) {
            throw Refusal(reason: "has all its files in the folder \(nested.name.dropLast(end.count)): it was unpacked and packed anew")
        }
        guard let first = entries.first, first.name == name, first.method == 0,
            bytes[first.dataOffset..<first.dataOffset + first.compressedSize].elementsEqual(ContainerFormat.mimetype)
        else { throw Refusal(reason: "doesn't begin with the mimetype of an ASiC-E container, stored and plain") }
    }

    /// Where the container first differs, in words.
    private static func difference(_ bytes: [UInt8], _ expected: [UInt8], _ directory: ContainerDirectory) -> String {
        let place = zip(bytes, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(bytes.count, expected.count)
        for entry in directory.entries {
            if entry.record.contains(place) { return "has \(inRecord[place - entry.record.lowerBound] ?? unknown) at \(entry.name)" }
            if (entry.localOffset..<entry.dataOffset).contains(place) {
                return "has \(inHeader[place - entry.localOffset] ?? unknown) at \(entry.name)"
            }
        }
        return "has \(unknown)"
    }

    private static let unknown = "something that says nothing of its files and that no signature covers"
    private static let fields: [(ClosedRange<Int>, String)] = [
        (0...1, "another version needed than its files ask for"), (2...3, "flags"), (6...9, "another time than at its first file"),
        (24...25, "extra fields, which no signature covers,"),
    ]
    /// What may differ, by place in a local header.
    private static let inHeader = names(fields, from: 4)
    /// What may differ, by place in a record of the directory.
    private static let inRecord = names(
        fields.map { ($0.lowerBound + 2...$0.upperBound + 2, $1) } + [
            (0...1, "another system or version that made it"), (32...33, "internal attributes"),
            (34...37, "a file's kind, mode or attributes other than those of a plain file"),
        ], from: 4)

    private static func names(_ fields: [(ClosedRange<Int>, String)], from start: Int) -> [Int: String] {
        var names: [Int: String] = [:]
        for (places, name) in fields { for place in places { names[place + start] = name } }
        return names
    }
}
