import Certificate

/// `<?ecocd-reference valid-from="2026-09-01" valid-to="2026-12-31"?>` before the root of a reference file: the days of manufacture that its
/// author meant it for. Reading an IVI-shaped file with other tools is not disturbed by it.
public enum ReferenceInstruction {
    static let target = "ecocd-reference"

    /// The instruction with a line end, or nothing where there is no limit to tell.
    public static func write(_ validity: Validity) -> String {
        let days = [("valid-from", validity.from), ("valid-to", validity.to)].compactMap { name, day in day.map { " \(name)=\"\($0)\"" } }
        return days.isEmpty ? "" : "<?\(target)\(days.joined())?>\n"
    }

    static func read(_ instructions: [Message.Instruction]) throws(Validity.Malformed) -> Validity {
        let ours = instructions.filter { $0.target == target }
        guard let instruction = ours.first else { return .always }
        guard ours.count == 1, let days = attributes(instruction.data[...]) else {
            throw Validity.Malformed(description: "The instruction <?\(target) …?> isn't one valid-from=\"…\" and one valid-to=\"…\".")
        }
        return try Validity(from: days["valid-from"], to: days["valid-to"])
    }

    private static func attributes(_ data: Substring) -> [String: String]? {
        var rest = data.drop(while: \.isWhitespace)
        var found: [String: String] = [:]
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = String(rest[..<equals])
            let value = rest[rest.index(after: equals)...]
            guard ["valid-from", "valid-to"].contains(name), found[name] == nil, let quote = value.first, quote == "\"" || quote == "'",
                let end = value.dropFirst().firstIndex(of: quote)
            else { return nil }
            found[name] = String(value.dropFirst()[..<end])
            rest = value[value.index(after: end)...].drop(while: \.isWhitespace)
        }
        return found
    }
}
