/// A form in which a source writes dates, such as `dd.MM.yyyy` or `yyyyMMdd`.
struct DateForm: Equatable {
    /// Why a form can't be used, in one sentence.
    struct Problem: Error, Equatable {
        let reason: String
    }

    private enum Part: Equatable {
        case number(Unit, digits: ClosedRange<Int>)
        case literal(UInt8)
    }

    private enum Unit: Equatable { case year, month, day, hour, minute, second }

    private let parts: [Part]
    private let text: String

    init(_ form: String) throws(Problem) {
        var parts: [Part] = []
        var rest = Array(form.utf8)[...]
        while let letter = rest.first {
            let run = rest.prefix { $0 == letter }
            let isLetter = UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter | 0x20
            if let part = Self.part(letter, run.count) {
                parts.append(part)
                rest = rest.dropFirst(run.count)
            } else if isLetter, letter != UInt8(ascii: "T"), letter != UInt8(ascii: "Z") {
                throw Problem(reason: "'\(String(decoding: run, as: UTF8.self))' is none of yyyy, MM, dd, HH, mm, ss, M and d")
            } else {
                parts.append(.literal(letter))
                rest = rest.dropFirst()
            }
        }
        self.parts = parts
        text = form
        try checkParts()
    }

    private static func part(_ letter: UInt8, _ count: Int) -> Part? {
        switch (letter, count) {
        case (UInt8(ascii: "y"), 4): .number(.year, digits: 4...4)
        case (UInt8(ascii: "M"), 1): .number(.month, digits: 1...2)
        case (UInt8(ascii: "M"), 2): .number(.month, digits: 2...2)
        case (UInt8(ascii: "d"), 1): .number(.day, digits: 1...2)
        case (UInt8(ascii: "d"), 2): .number(.day, digits: 2...2)
        case (UInt8(ascii: "H"), 2): .number(.hour, digits: 2...2)
        case (UInt8(ascii: "m"), 2): .number(.minute, digits: 2...2)
        case (UInt8(ascii: "s"), 2): .number(.second, digits: 2...2)
        default: nil
        }
    }

    private func checkParts() throws(Problem) {
        for (unit, name) in [(Unit.year, "yyyy"), (.month, "MM"), (.day, "dd")] where count(unit) != 1 {
            throw Problem(reason: "it needs \(name) exactly once")
        }
        for unit in [Unit.hour, .minute, .second] where count(unit) > 1 { throw Problem(reason: "a part of the time stands in it twice") }
        for (part, following) in zip(parts, parts.dropFirst()) {
            if case .number(_, 1...2) = part, case .number = following {
                throw Problem(reason: "a part of one or two digits can't stand directly before another part")
            }
        }
    }

    private func count(_ unit: Unit) -> Int {
        parts.count { if case .number(unit, _) = $0 { true } else { false } }
    }

    /// Whether the form gives hours, minutes and seconds.
    var hasTime: Bool { count(.hour) == 1 && count(.minute) == 1 && count(.second) == 1 }

    /// The date in ISO form, with the time where `withTime` asks for it; nil when the text hasn't this form or isn't in the calendar.
    func convert(_ value: String, withTime: Bool) -> String? {
        var (year, month, day, hour, minute, second) = (0, 0, 0, 0, 0, 0)
        var rest = Array(value.utf8)[...]
        for part in parts {
            switch part {
            case .literal(let byte): guard rest.popFirst() == byte else { return nil }
            case .number(let unit, let digits):
                let run = rest.prefix(digits.upperBound).prefix { 0x30...0x39 ~= $0 }
                guard digits.contains(run.count) else { return nil }
                rest = rest.dropFirst(run.count)
                let number = run.reduce(0) { $0 * 10 + Int($1 - 0x30) }
                switch unit {
                case .year: year = number
                case .month: month = number
                case .day: day = number
                case .hour: hour = number
                case .minute: minute = number
                case .second: second = number
                }
            }
        }
        guard rest.isEmpty, year > 0, 1...12 ~= month, 1...Self.days(in: month, of: year) ~= day, hour < 24, minute < 60, second < 60 else {
            return nil
        }
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        return withTime ? "\(date)T\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(second, 2))" : date
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension DateForm: CustomStringConvertible {
    var description: String { text }
}
