import TestSupport

/// Documents with everything that TOML has, mostly valid; what is not is for the judge to say.
struct RandomTOML {
    private var random: SplitMix
    private var lineEnd = "\n"

    init(seed: UInt64) { random = SplitMix(seed: seed) }

    mutating func document() -> [UInt8] {
        lineEnd = chance(4) ? "\r\n" : "\n"
        var text = ""
        for _ in 0..<number(14) { text += line() }
        return Array(text.utf8)
    }

    /// A document with some bytes changed, where it hurts.
    mutating func damaged(_ document: [UInt8]) -> [UInt8] {
        var bytes = document
        for _ in 0...number(3) {
            let index = number(bytes.count + 1)
            switch number(5) {
            case 0 where index < bytes.count: bytes.remove(at: index)
            case 1 where index < bytes.count: bytes[index] = pick(Self.marks)
            case 2:
                let end = min(bytes.count, index + number(20))
                bytes.insert(contentsOf: bytes[index..<end], at: number(bytes.count + 1))
            case 3: bytes.removeSubrange(index..<min(bytes.count, index + number(8)))
            default: bytes.insert(pick(Self.marks), at: index)
            }
        }
        return bytes
    }

    private static let marks = Array("\"'\\[]{}=,.#\n\r\t +-_:0123456789abeEfinotuxTZz\u{0}\u{1}\u{7F}é".utf8)

    private mutating func line() -> String {
        let end = (chance(5) ? " # remark é" : "") + lineEnd
        switch number(10) {
        case 0: return (chance(2) ? "  # only a remark" : "\t") + lineEnd
        case 1, 2: return "\(blank())[\(blank())\(key())\(blank())]\(blank())\(end)"
        case 3: return "[[\(blank())\(key())\(blank())]]\(end)"
        default: return "\(blank())\(key())\(blank())=\(blank())\(value(0))\(blank())\(end)"
        }
    }

    private mutating func key() -> String {
        var parts = [part()]
        while chance(4) { parts.append(part()) }
        return parts.joined(separator: chance(4) ? " . " : ".")
    }

    private mutating func part() -> String {
        switch number(8) {
        case 0: "\"\(characters(false))\""
        case 1: "'\(pick(["", "a", "x y", "é", "."]))'"
        case 2: String(number(30))
        default: String(pick(Array("abcdefghijklmnopABC_-"))) + (chance(2) ? String(number(10)) : "")
        }
    }

    private mutating func value(_ depth: Int) -> String {
        switch number(depth < 3 ? 13 : 10) {
        case 0, 1: return "\"\(characters(false))\""
        case 2: return "'\(pick(["", "C:\\new", "# no remark", "\"", "é\t"]))'"
        case 3: return "\"\"\"\(chance(2) ? lineEnd : "")\(characters(true))\"\"\"" + (chance(6) ? "\"" : "")
        case 4: return "'''\(chance(2) ? lineEnd : "")\(pick(["", "it's", "\\", "'' ", "x" + lineEnd + "y"]))'''"
        case 5, 6: return integer()
        case 7: return float()
        case 8: return moment()
        case 9: return pick(["true", "false", "inf", "-inf", "+nan", "nan"], wrong: ["True", "Inf", "yes"])
        case 10, 11: return array(depth + 1)
        default: return table(depth + 1)
        }
    }

    private mutating func array(_ depth: Int) -> String {
        var text = "["
        for index in 0..<number(4) {
            if index > 0 { text += "," }
            text += gap() + value(depth) + gap()
        }
        if text.count > 1, chance(3) { text += "," + gap() }
        return text + "]"
    }

    private mutating func table(_ depth: Int) -> String {
        var parts: [String] = []
        for _ in 0..<number(4) { parts.append("\(blank())\(key())\(blank())=\(blank())\(value(depth))\(blank())") }
        return "{\(parts.joined(separator: ","))}"
    }

    private mutating func integer() -> String {
        switch number(6) {
        case 0: "0x\(pick(["dead_BEEF", "0", "7fffffffffffffff"], wrong: ["8000000000000000", "", "_1"]))"
        case 1: "0o\(pick(["755", "0_7"], wrong: ["8"]))"
        case 2: "0b\(pick(["1101", "1_0"], wrong: ["2"]))"
        case 3: pick(["9223372036854775807", "-9223372036854775808", "1_000", "+0", "-0"], wrong: ["9223372036854775808", "007", "1__0"])
        default: (chance(3) ? pick(["+", "-"]) : "") + String(number(1_000_000))
        }
    }

    private mutating func float() -> String {
        (chance(4) ? pick(["+", "-"]) : "") + String(number(2000))
            + pick(
                [".5", ".000_1", "e10", "E-05", "e+400", "e-400", ".25e3", ".7976931348623157e308"], wrong: [".", ".e1", "._1", "e", "e_1"])
    }

    private mutating func moment() -> String {
        let date = pick(["1979-05-27", "2024-02-29", "0001-01-01", "9999-12-31"], wrong: ["2023-02-29", "2026-11-31", "2026-1-01"])
        let time = pick(["07:32:00", "00:00:00.999999999", "23:59:59.1"], wrong: ["24:00:00", "07:32", "12:00:00.", "08:60:00"])
        let offset = pick(["", "Z", "z", "+02:00", "-07:30", "-00:00"], wrong: ["+24:00", "+0200"])
        switch number(6) {
        case 0: return date
        case 1: return time
        case 2: return date + " " + time + offset
        case 3: return date + "t" + time + offset
        default: return date + "T" + time + offset
        }
    }

    private mutating func characters(_ isLong: Bool) -> String {
        var text = ""
        for _ in 0..<number(5) {
            text += pick(
                [
                    "a", "é", "🚗", "\\n", "\\\"", "\\\\", "\\u00e9", "\\U0001F697", "\\u0000", "#", "'", " ",
                    isLong ? "\"" : "b",
                    isLong ? lineEnd : "c", isLong ? "\\ " + lineEnd + "  " : "\\t", isLong ? "\"\"" : "d",
                ], wrong: ["\\e", "\\ud800", "\\u12", "\\x41"])
        }
        return text
    }

    private mutating func gap() -> String { pick(["", " ", lineEnd + "  ", " # remark" + lineEnd]) }

    private mutating func blank() -> String { pick(["", " ", " ", "\t "]) }

    private mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    private mutating func chance(_ one: Int) -> Bool { number(one) == 0 }

    private mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[number(choices.count)] }

    /// Mostly one of the first; now and then one that isn't valid.
    private mutating func pick(_ choices: [String], wrong: [String]) -> String { pick(chance(40) ? wrong : choices) }
}
