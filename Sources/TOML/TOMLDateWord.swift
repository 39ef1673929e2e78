/// A word that must be a date, a time or both: TOML 1.0, "Offset Date-Time" to "Local Time", after RFC 3339.
struct TOMLDateWord {
    private let word: ArraySlice<UInt8>
    private var index: Int

    init(_ word: ArraySlice<UInt8>) {
        self.word = word
        index = word.startIndex
    }

    func content() throws(WordProblem) -> TOMLValue.Content {
        var reading = self
        return try reading.read()
    }

    private mutating func read() throws(WordProblem) -> TOMLValue.Content {
        if word.count > 2, word[word.startIndex + 2] == UInt8(ascii: ":") {
            let time = try time()
            try checkEnd()
            return .localTime(time)
        }
        let date = try date()
        guard index < word.endIndex else { return .localDate(date) }
        guard word[index] == UInt8(ascii: " ") || word[index] | 0x20 == UInt8(ascii: "t") else {
            throw .said("behind a date comes nothing or a time, as in 1979-05-27T07:32:00")
        }
        index += 1
        let time = try time()
        guard index < word.endIndex else { return .localDateTime(date, time) }
        let offset = try offset()
        try checkEnd()
        return .offsetDateTime(date, time, offset: offset)
    }

    private mutating func date() throws(WordProblem) -> TOMLDate {
        let form = "a date is written as 1979-05-27"
        let year = try number(4, 0...9999, form)
        try take("-", form)
        let month = try number(2, 1...12, "a month lies between 01 and 12")
        try take("-", form)
        let day = try number(2, 1...Self.days(in: month, of: year), "the month hasn't this day; \(form)")
        return TOMLDate(year: year, month: month, day: day)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private mutating func time() throws(WordProblem) -> TOMLTime {
        let form = "a time is written as 07:32:00"
        let hour = try number(2, 0...23, form)
        try take(":", form)
        let minute = try number(2, 0...59, form)
        try take(":", form)
        let second = try number(2, 0...59, form)
        return TOMLTime(hour: hour, minute: minute, second: second, nanosecond: try fraction())
    }

    private mutating func fraction() throws(WordProblem) -> Int {
        guard index < word.endIndex, word[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        let digits = word[index...].prefix { 0x30...0x39 ~= $0 }
        guard !digits.isEmpty else { throw .said("a digit of the second's fraction is missing") }
        index = digits.endIndex
        var nanoseconds = 0
        for place in 0..<9 {
            nanoseconds *= 10
            if place < digits.count { nanoseconds += Int(digits[digits.startIndex + place] - 0x30) }
        }
        return nanoseconds
    }

    private mutating func offset() throws(WordProblem) -> Int {
        let form = "behind a time comes nothing, Z, or an offset as in +02:00"
        let sign = word[index]
        index += 1
        if sign | 0x20 == UInt8(ascii: "z") { return 0 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { throw .said(form) }
        let hours = try number(2, 0...23, form)
        try take(":", form)
        let minutes = hours * 60 + (try number(2, 0...59, form))
        return sign == UInt8(ascii: "-") ? -minutes : minutes
    }

    private mutating func number(_ count: Int, _ range: ClosedRange<Int>, _ form: String) throws(WordProblem) -> Int {
        let digits = word[index...].prefix(count)
        guard digits.count == count, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { throw .said(form) }
        index += count
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard range ~= number else { throw .said(form) }
        return number
    }

    private mutating func take(_ mark: Unicode.Scalar, _ form: String) throws(WordProblem) {
        guard index < word.endIndex, word[index] == UInt8(ascii: mark) else { throw .said(form) }
        index += 1
    }

    private func checkEnd() throws(WordProblem) {
        guard index == word.endIndex else { throw .said("too much stands behind the time") }
    }
}
