public import Certificate

/// What becomes of the versions in force when another one of the same key is to be activated. Of one key, no day has two versions.
public enum ReferenceSuccession {
    /// A version that vehicles get now.
    public struct Version: Sendable, Equatable {
        public let sha256: String
        public let validity: Validity

        public init(sha256: String, validity: Validity) {
            self.sha256 = sha256
            self.validity = validity
        }
    }

    public enum Change: Sendable, Equatable {
        /// It ends on this day; vehicles made until then still get it.
        case shorten(sha256: String, lastDay: CalendarDate)
        /// No vehicle gets it any more.
        case retire(sha256: String)
    }

    /// Two versions for one day, and nobody said which one is meant.
    public struct Overlap: Error, Sendable, Equatable {
        public let with: Version
        /// Whether taking the other's place would help: else it has days on both sides of the new one's, or behind its last.
        public let isReplaceable: Bool
    }

    /// - Parameters:
    ///   - inForce: of the same key. The new version itself may be among them: it then gets new days.
    ///   - replacing: the new version may take the place of others that are for the same days.
    public static func changes(
        for new: Version, among inForce: [Version], replacing: Bool
    ) throws(Overlap) -> [Change] {
        var changes: [Change] = []
        for old in inForce where old.sha256 != new.sha256 && old.validity.overlaps(new.validity) {
            changes.append(try change(old, for: new, replacing))
        }
        return changes
    }

    private static func change(_ old: Version, for new: Version, _ replacing: Bool) throws(Overlap) -> Change {
        if old.validity.beginsBefore(new.validity), let lastDay = new.validity.from?.dayBefore {
            // The successor from a day on: the usual case, which needs no further word.
            if old.validity.to == nil, new.validity.to == nil { return .shorten(sha256: old.sha256, lastDay: lastDay) }
            // Days behind the new one's last would be left without data.
            guard new.validity.reaches(old.validity.to) else { throw Overlap(with: old, isReplaceable: false) }
            guard replacing else { throw Overlap(with: old, isReplaceable: true) }
            return .shorten(sha256: old.sha256, lastDay: lastDay)
        }
        guard new.validity.covers(old.validity) else { throw Overlap(with: old, isReplaceable: false) }
        guard replacing else { throw Overlap(with: old, isReplaceable: true) }
        return .retire(sha256: old.sha256)
    }
}

extension Validity {
    /// Whether the days go on until the given last day; nil for one without end.
    fileprivate func reaches(_ lastDay: CalendarDate?) -> Bool {
        guard let to else { return true }
        return lastDay.map { $0 <= to } ?? false
    }
}
