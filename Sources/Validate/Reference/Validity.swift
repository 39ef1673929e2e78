public import Certificate

/// The days of manufacture that a version of reference data is for, both ends included. Without ends: all of them.
public struct Validity: Sendable, Hashable, CustomStringConvertible {
    /// The first day; nil for no limit.
    public let from: CalendarDate?
    /// The last day; nil for no limit.
    public let to: CalendarDate?

    /// Every day.
    public static let always = Validity()

    private init() { (from, to) = (nil, nil) }

    /// - Returns: nil when it would end before it begins.
    public init?(from: CalendarDate?, to: CalendarDate?) {
        if let from, let to, to < from { return nil }
        self.from = from
        self.to = to
    }

    /// Why two texts are no validity, in one sentence.
    public struct Malformed: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    /// Reads two days in the form `YYYY-MM-DD`; nil or an empty text is no limit.
    public init(from: String?, to: String?) throws(Malformed) {
        let (first, last) = (try Self.day(from), try Self.day(to))
        guard let validity = Validity(from: first, to: last) else {
            throw Malformed(description: "The last day \(to ?? "") is before the first day \(from ?? "").")
        }
        self = validity
    }

    private static func day(_ text: String?) throws(Malformed) -> CalendarDate? {
        guard let text, !text.isEmpty else { return nil }
        guard let day = CalendarDate(text) else { throw Malformed(description: "'\(text)' is no day in the form YYYY-MM-DD.") }
        return day
    }

    public func contains(_ day: CalendarDate) -> Bool { from.map { $0 <= day } ?? true && to.map { day <= $0 } ?? true }

    public func overlaps(_ other: Validity) -> Bool { !endsBefore(other) && !other.endsBefore(self) }

    /// Whether every day of the other is one of these.
    public func covers(_ other: Validity) -> Bool { !other.beginsBefore(self) && !endsEarlier(than: other) }

    /// Whether there are days before the other's first.
    public func beginsBefore(_ other: Validity) -> Bool {
        guard let first = other.from else { return false }
        return from.map { $0 < first } ?? true
    }

    private func endsEarlier(than other: Validity) -> Bool {
        guard let to else { return false }
        return other.to.map { to < $0 } ?? true
    }

    private func endsBefore(_ other: Validity) -> Bool {
        guard let to, let first = other.from else { return false }
        return to < first
    }

    /// `vehicles made from 2026-07-05 to 2026-12-31`.
    public var description: String {
        switch (from, to) {
        case (nil, nil): "all vehicles"
        case (let from?, nil): "vehicles made from \(from) on"
        case (nil, let to?): "vehicles made until \(to)"
        case (let from?, let to?): "vehicles made from \(from) to \(to)"
        }
    }
}
