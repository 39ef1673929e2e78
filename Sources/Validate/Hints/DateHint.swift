import Certificate

/// Days in other forms than ISO 8601's.
enum DateHint {
    static func about(_ text: String) -> String? {
        if let day = CalendarDate(ofDateTime: text.replacing(" ", with: "T")) ?? timed(text) {
            return "Write the day alone: \(day)."
        }
        if text.utf8.count == 5, let serial = Int(text), let day = spreadsheetDay(serial) {
            return "This may be a spreadsheet's number of a day, \(day): format the column as text, or export YYYY-MM-DD."
        }
        if text.utf8.count == 8, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) { return compact(text) }
        let parts = text.split(omittingEmptySubsequences: false) { ".-/".contains($0) }.map { String($0) }
        guard parts.count == 3, let sign = text.first(where: { ".-/".contains($0) }), parts.allSatisfy({ Int($0) != nil }) else {
            return nil
        }
        return parts[0].count == 4 ? yearFirst(parts, sign) : yearLast(parts, sign)
    }

    private static func yearFirst(_ parts: [String], _ sign: Character) -> String? {
        guard let day = date(parts[0], parts[1], parts[2]) else { return nil }
        let isPadded = parts[1].count == 2 && parts[2].count == 2
        return told(day, "yyyy\(sign)\(isPadded ? "MM" : "M")\(sign)\(isPadded ? "dd" : "d")")
    }

    private static func yearLast(_ parts: [String], _ sign: Character) -> String? {
        guard parts[2].count == 4 else {
            return parts[2].count == 2 ? "Write the year with four digits: YYYY-MM-DD." : nil
        }
        let (dayFirst, monthFirst) = (date(parts[2], parts[1], parts[0]), date(parts[2], parts[0], parts[1]))
        let isPadded = parts[0].count == 2 && parts[1].count == 2
        let (day, month) = isPadded ? ("dd", "MM") : ("d", "M")
        switch (dayFirst, monthFirst) {
        case (let first?, let second?) where first != second && sign == "/":
            return """
                This may be \(first) or \(second). Set date = "\(day)/\(month)/yyyy" or "\(month)/\(day)/yyyy" for the column, as the \
                system means it.
                """
        case (let first?, _): return told(first, "\(day)\(sign)\(month)\(sign)yyyy")
        case (nil, let second?): return told(second, "\(month)\(sign)\(day)\(sign)yyyy")
        case (nil, nil): return nil
        }
    }

    private static func compact(_ text: String) -> String? {
        let digits = Array(text)
        if let day = date(String(digits[..<4]), String(digits[4..<6]), String(digits[6...])) { return told(day, "yyyyMMdd") }
        guard let day = date(String(digits[4...]), String(digits[2..<4]), String(digits[..<2])) else { return nil }
        return told(day, "ddMMyyyy")
    }

    private static func timed(_ text: String) -> CalendarDate? {
        guard text.utf8.count > 10, let sign = text.utf8.dropFirst(10).first, sign == 0x20 || sign == UInt8(ascii: "T") else { return nil }
        return CalendarDate(String(text.prefix(10)))
    }

    private static func told(_ day: CalendarDate, _ form: String) -> String {
        "Write \(day), or set date = \"\(form)\" for the column."
    }

    private static func date(_ year: String, _ month: String, _ day: String) -> CalendarDate? {
        guard let year = Int(year), 1900...2100 ~= year, let month = Int(month), let day = Int(day) else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// Of the days from 2000 to 2099, counted from the last day of 1899 as spreadsheets do.
    static func spreadsheetDay(_ serial: Int) -> CalendarDate? {
        guard 36526...73050 ~= serial else { return nil }
        var (year, rest) = (2000, serial - 36526)
        while rest >= (year % 4 == 0 ? 366 : 365) {
            rest -= year % 4 == 0 ? 366 : 365
            year += 1
        }
        for (index, days) in [31, year % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
            guard rest >= days else { return CalendarDate(year: year, month: index + 1, day: rest + 1) }
            rest -= days
        }
        return nil
    }
}
