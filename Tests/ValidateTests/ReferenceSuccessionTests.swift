import Certificate
import Testing

@testable import Validate

@Suite struct ValidityTests {
    static func days(_ from: String?, _ to: String?) throws -> Validity { try Validity(from: from, to: to) }

    @Test func containsBothEnds() throws {
        let days = try Self.days("2026-07-05", "2026-09-30")
        for (day, isIn) in [("2026-07-04", false), ("2026-07-05", true), ("2026-09-30", true), ("2026-10-01", false)] {
            #expect(days.contains(try #require(CalendarDate(day))) == isIn, "\(day)")
        }
        #expect(Validity.always.contains(try #require(CalendarDate("1999-01-01"))))
    }

    /// Against counting days, over all small periods.
    @Test func comparesAsSetsOfDays() throws {
        func day(_ number: Int) -> CalendarDate? { CalendarDate(year: 2026, month: 8, day: number) }
        let ends: [Int?] = [nil, 3, 4, 5, 6]
        let all = ends.flatMap { from in ends.compactMap { to in Validity(from: from.flatMap(day), to: to.flatMap(day)) } }
        func members(_ validity: Validity) -> Set<Int> { Set((1...8).filter { day($0).map(validity.contains) ?? false }) }
        for one in all {
            for other in all {
                let (mine, theirs) = (members(one), members(other))
                #expect(one.overlaps(other) == !mine.isDisjoint(with: theirs), "\(one), \(other)")
                #expect(one.covers(other) == mine.isSuperset(of: theirs), "\(one), \(other)")
                #expect(one.beginsBefore(other) == ((mine.min() ?? 9) < (theirs.min() ?? 9)), "\(one), \(other)")
            }
        }
    }

    @Test(arguments: [("2026-02-30", nil), ("1.9.2026", nil), ("2026-09-01", "2026-08-31"), (nil, "tomorrow")] as [(String?, String?)])
    func refusesWhatIsNoPeriod(from: String?, to: String?) {
        #expect(throws: Validity.Malformed.self) { try Validity(from: from, to: to) }
    }

    @Test(arguments: [
        ("2026-03-01", "2026-02-28"), ("2028-03-01", "2028-02-29"), ("2026-01-01", "2025-12-31"), ("2026-05-17", "2026-05-16"),
    ])
    func knowsTheDayBefore(day: String, before: String) throws {
        #expect(try #require(CalendarDate(day)).dayBefore == CalendarDate(before))
    }
}

@Suite struct ReferenceSuccessionTests {
    private typealias Version = ReferenceSuccession.Version

    private static func version(_ name: String, _ from: String?, _ to: String?) throws -> Version {
        Version(sha256: name, validity: try ValidityTests.days(from, to))
    }

    @Test func nothingChangesWithoutOverlap() throws {
        let old = try Self.version("old", "2026-01-01", "2026-06-30")
        #expect(try ReferenceSuccession.changes(for: Self.version("new", "2026-07-01", nil), among: [old], replacing: false).isEmpty)
    }

    @Test func successorEndsTheOneBefore() throws {
        for from in [nil, "2026-01-01"] {
            let old = try Self.version("old", from, nil)
            let changes = try ReferenceSuccession.changes(for: Self.version("new", "2026-09-01", nil), among: [old], replacing: false)
            #expect(changes == [.shorten(sha256: "old", lastDay: try #require(CalendarDate("2026-08-31")))])
        }
    }

    @Test func sameDaysAreRefusedUnlessReplacing() throws {
        let old = try Self.version("old", nil, nil)
        let new = try Self.version("new", nil, nil)
        #expect(throws: ReferenceSuccession.Overlap(with: old, isReplaceable: true)) {
            try ReferenceSuccession.changes(for: new, among: [old], replacing: false)
        }
        #expect(try ReferenceSuccession.changes(for: new, among: [old], replacing: true) == [.retire(sha256: "old")])
    }

    @Test func nobodyLosesDaysBehindTheNewOnes() throws {
        let old = try Self.version("old", nil, nil)
        for (from, to) in [("2026-09-01", "2026-09-30"), (nil, "2026-09-30")] as [(String?, String?)] {
            #expect(throws: ReferenceSuccession.Overlap(with: old, isReplaceable: false)) {
                try ReferenceSuccession.changes(for: Self.version("new", from, to), among: [old], replacing: true)
            }
        }
    }

    @Test func aVersionMayGetOtherDays() throws {
        let old = try Self.version("same", "2026-01-01", "2026-03-31")
        #expect(try ReferenceSuccession.changes(for: Self.version("same", "2026-02-01", nil), among: [old], replacing: false).isEmpty)
    }

    /// Whatever is activated in whatever order: afterwards no day has two versions, the new one has all its days, and without `replacing` none
    /// is left without a version.
    @Test func neverTwoForOneDay() throws {
        var random = SystemRandomNumberGenerator()
        func day(_ number: Int) -> CalendarDate? { CalendarDate(year: 2026, month: 1 + number / 28, day: 1 + number % 28) }
        for round in 0..<300 {
            var inForce: [Version] = []
            for step in 0..<8 {
                let ends = [Int?.none, Int.random(in: 0..<100, using: &random)]
                guard
                    let validity = Validity(
                        from: ends.randomElement(using: &random)!.flatMap(day), to: ends.randomElement(using: &random)!.flatMap(day))
                else { continue }
                let new = Version(sha256: "\(step)", validity: validity)
                let before = inForce
                let replacing = Bool.random(using: &random)
                guard let changes = try? ReferenceSuccession.changes(for: new, among: inForce, replacing: replacing) else { continue }
                for change in changes {
                    switch change {
                    case .retire(let sha256): inForce.removeAll { $0.sha256 == sha256 }
                    case .shorten(let sha256, let lastDay):
                        let index = try #require(inForce.firstIndex { $0.sha256 == sha256 })
                        inForce[index] = Version(
                            sha256: sha256, validity: try #require(Validity(from: inForce[index].validity.from, to: lastDay)))
                    }
                }
                inForce.append(new)
                for number in 0..<110 {
                    let date = try #require(day(number))
                    let count = inForce.count { $0.validity.contains(date) }
                    let had = before.contains { $0.validity.contains(date) }
                    #expect(count == (had || validity.contains(date) ? 1 : 0), "round \(round), \(date): \(before) and \(new)")
                }
            }
        }
    }
}
