import Glibc
import Linux
import TestSupport
import Testing

@testable import Ingest

/// What the intake knows from single looks, and how it hands out.
@Suite struct IntakeLooksTests {
    let fixture: InboxFixture

    init() throws { fixture = try InboxFixture() }

    private var now: UInt64 { UInt64(fixture.now * 1e9) }

    private func look(at names: String..., movedIn: Bool = false) throws {
        let entries = Set(try names.map(fixture.entry))
        #expect(fixture.intake.look(at: entries, now: now, movedIn: movedIn ? entries : []).isEmpty)
    }

    private func next(_ room: Int = .max) -> [String] { fixture.intake.next(now: now) { _ in room }.ready.map(\.name) }

    @Test func aNamedEntryAloneIsLookedAt() throws {
        try fixture.drop("a.csv")
        try fixture.drop("b.csv")
        try look(at: "a.csv", "gone.csv")
        #expect(next().isEmpty)
        #expect(fixture.intake.next(now: now) { _ in 1 }.nextLook == now + 2_000_000_000)
        fixture.now += 2
        #expect(next() == ["a.csv"])
        #expect(fixture.intake.survey(now: now).isEmpty)
        fixture.now += 2
        #expect(next() == ["b.csv"])
    }

    @Test func whatIsHandedOutIsNotHandedOutAgainBeforeItComesBack() throws {
        try fixture.drop("a.csv")
        try look(at: "a.csv", movedIn: true)
        #expect(next() == ["a.csv"])
        _ = fixture.intake.survey(now: now)
        fixture.now += 100
        #expect(next().isEmpty)
        // Another file of the name, while the first is being taken: it waits and is shown.
        try fixture.inbox().unlink("a.csv")
        try fixture.drop("a.csv", "the next")
        try look(at: "a.csv", movedIn: true)
        #expect(next().isEmpty)
        #expect(fixture.intake.waiting(now: now)?.files.map(\.entry.name.description) == ["a.csv"])
        fixture.intake.handBack([try fixture.entry("a.csv")])
        try look(at: "a.csv")
        #expect(next() == ["a.csv"])
        try fixture.inbox().unlink("a.csv")
        fixture.intake.handBack([try fixture.entry("a.csv")])
        try look(at: "a.csv")
        #expect(next().isEmpty && fixture.intake.waiting(now: now) == WaitingFiles())
    }

    /// The room that there is, oldest first; the others wait for their turn and are shown.
    @Test func noMoreIsHandedOutThanThereIsRoomFor() throws {
        for name in ["c", "a", "d", "b"] {
            try fixture.drop(name)
            usleep(10_000)
        }
        _ = fixture.intake.survey(now: now)
        fixture.now += 2
        #expect(next(0).isEmpty)
        #expect(next(3) == ["c", "a", "d"])
        #expect(Set(fixture.intake.waiting(now: now)?.files.map(\.reason) ?? []) == ["waits for its turn"])
        #expect(next(3) == ["b"])
    }

    /// However many there are, they take no memory.
    @Test func namesOfTemporaryPatternsAreCounted() throws {
        let inbox = try fixture.inbox()
        for number in 0..<1_000 { _ = try inbox.create("\(number).part") }
        _ = fixture.intake.survey(now: now)
        let waiting = try #require(fixture.intake.waiting(now: now))
        #expect(waiting.files.count == InboxMemory.temporaryLimit && waiting.more == ["erp": 1_000 - InboxMemory.temporaryLimit])
        #expect(Set(waiting.files.map(\.reason)) == ["has the name of a file that is still on its way"])
        for number in 0..<1_000 { try inbox.unlink("\(number).part") }
        _ = fixture.intake.survey(now: now)
        #expect(fixture.intake.waiting(now: now) == WaitingFiles())
    }

    @Test func anotherMarkerIsLookedAt() throws {
        fixture.settings.marker = .sha256
        try fixture.drop("a.csv")
        try fixture.drop("a.csv.sha256", String(repeating: "0", count: 64))
        let file = try #require(fixture.scanSettled().ready.first)
        fixture.intake.leaveAlone(file.entry, as: file.status, reason: "doesn't match its marker", now: now)
        _ = fixture.intake.survey(now: now)
        try look(at: "a.csv", "a.csv.sha256")
        #expect(next().isEmpty)
        try fixture.inbox().unlink("a.csv.sha256")
        try fixture.drop("a.csv.sha256", String(repeating: "1", count: 64))
        try look(at: "a.csv.sha256")
        #expect(next() == ["a.csv"])
    }

    @Test func whatIsOverdueIsToldOnce() throws {
        fixture.structure = { _, _ in .incomplete(reason: "doesn't end with a whole row") }
        fixture.settings.maximumWaitSeconds = 60
        try fixture.drop("a.csv")
        try fixture.drop("b.part")
        _ = fixture.intake.survey(now: now)
        var told: [String] = []
        for _ in 0..<100 {
            fixture.now += 1
            let result = fixture.intake.next(now: now) { _ in 1 }
            told += result.waiting.map(\.entry.name.description)
            if fixture.now < 1060 { #expect(told.isEmpty && result.nextLook ?? 0 <= UInt64(1060e9)) }
        }
        #expect(told.sorted() == ["a.csv", "b.part"])
    }

    /// Single looks at what changed and full scans come to the same, whatever happens in an inbox.
    @Test(arguments: 0..<30) func singleLooksFindWhatScansFind(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        fixture.settings.marker = seed.isMultiple(of: 3) ? .done : .none
        fixture.settings.settleSeconds = seed % 4
        fixture.settings.maximumWaitSeconds = 9
        fixture.settings.incomplete = seed.isMultiple(of: 2) ? .reject : .keep
        fixture.structure = { file, _ in
            ((try? file.readAll(limit: 1000)) ?? []).last == UInt8(ascii: "\n") ? .complete : .incomplete(reason: "doesn't end")
        }
        let scans = Intake(inboxes: [fixture.settings], structure: fixture.structure)
        let looks = Intake(inboxes: [fixture.settings], structure: fixture.structure)
        _ = looks.survey(now: now)
        let names = ["a", "b", "c.part", "a.done", "b.done", "d", "e\u{1}"]
        for step in 0..<120 {
            var changed: Set<InboxEntry> = []
            var movedIn: Set<InboxEntry> = []
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                try change(names.randomElement(using: &random) ?? "", names, &changed, &movedIn, &random)
            }
            fixture.now += [0, 0.5, 1, 3].randomElement(using: &random) ?? 0
            // Now and then notes are lost, and everything is looked at.
            if Int.random(in: 0..<10, using: &random) == 0 {
                #expect(looks.survey(now: now, movedIn: movedIn).isEmpty)
            } else {
                #expect(looks.look(at: changed, now: now, movedIn: movedIn).isEmpty)
            }
            let scanned = scans.scan(now: now, movedIn: movedIn)
            let looked = looks.next(now: now) { _ in 100 }
            #expect(Set(looked.ready.map(\.name)) == Set(scanned.ready.map(\.name)), "step \(step)")
            #expect(Set(looked.refused.map(\.entry)) == Set(scanned.refused.map(\.entry)), "step \(step)")
            let handedOut = Set(looked.ready.map(\.entry) + looked.refused.map(\.entry))
            let waiting = try #require(looks.waiting(now: now)).files.filter { !handedOut.contains($0.entry) }
            #expect(Set(waiting.map(description)) == Set(scanned.waiting.map(description)), "step \(step)")
            looks.handBack(handedOut)
            #expect(looks.look(at: handedOut, now: now).isEmpty)
        }
    }

    private func description(_ file: WaitingFile) -> String { "\(file.entry.name) \(file.reason) \(file.isOverdue)" }

    private func change(
        _ name: String, _ names: [String], _ changed: inout Set<InboxEntry>, _ movedIn: inout Set<InboxEntry>, _ random: inout SplitMix
    ) throws {
        let inbox = try fixture.inbox()
        let isThere = try inbox.statusIfPresent(name) != nil
        changed.insert(try fixture.entry(name))
        switch Int.random(in: 0..<5, using: &random) {
        case 0 where isThere:
            try inbox.unlink(name)
            movedIn.remove(try fixture.entry(name))
        case 1 where isThere: try fixture.append(Bool.random(using: &random) ? "x" : "\n", to: name)
        case 2:
            let other = names.randomElement(using: &random) ?? ""
            guard isThere, other != name else { return }
            try inbox.rename(name, to: inbox, as: other)
            changed.insert(try fixture.entry(other))
            movedIn.insert(try fixture.entry(other))
            movedIn.remove(try fixture.entry(name))
        case 3 where isThere: chmod(fixture.path(name), Bool.random(using: &random) ? 0o600 : 0o660)
        default: if !isThere { try fixture.drop(name, Bool.random(using: &random) ? "row\n" : "ro") }
        }
    }
}

@Suite struct HeapTests {
    @Test(arguments: 0..<20) func theSmallestComesFirst(seed: Int) {
        var random = SplitMix(seed: UInt64(seed))
        var heap = Heap<Int>()
        var model: [Int] = []
        for _ in 0..<500 {
            if Bool.random(using: &random) {
                let number = Int.random(in: 0..<50, using: &random)
                heap.insert(number)
                model.append(number)
            } else {
                model.sort()
                #expect(heap.first == model.first)
                #expect(heap.popFirst() == model.first)
                if !model.isEmpty { model.removeFirst() }
            }
        }
    }
}
