import Foundation
import Testing

@testable import Audit
import Hashing

/// The verifier's quick way to read a record against the one that explains.
@Suite("The record scanner")
struct RecordScannerTests {
    private let scanner = RecordScanner()
    private let forms: RecordForms

    init() { forms = RecordForms(scanner) }

    /// The kind and the values that it finds, or nil when it refuses.
    private func scan(_ bytes: [UInt8]) -> (kind: Event.Kind, values: [Slot: Event.Scalar])? {
        bytes.withUnsafeBytes { record in
            guard scanner.scan(record), let kind = forms.match() else { return nil }
            var values: [Slot: Event.Scalar] = [:]
            for slot in Slot.allCases {
                guard let value = forms[slot] else { continue }
                let text = value.form == .escaped ? value.unescaped() : Array(UnsafeBufferPointer(start: value.start, count: value.count))
                values[slot] = value.form == .number ? .number(value.number) : .text(String(decoding: text, as: UTF8.self))
            }
            return (kind, values)
        }
    }

    /// By the parser that explains, and the catalogue.
    private func isSound(_ bytes: [UInt8]) -> Bool {
        guard let record = try? RecordParser.parse(bytes), let kind = Event.Kind(rawValue: record.kind) else { return false }
        let entry = EventCatalogue.entry(kind)
        guard !entry.needsSubmission || record.submission != nil else { return false }
        var known = 0
        for field in entry.fields {
            switch (record.fields[field.name], field.type) {
            case (.text, .text), (.number, .number): known += 1
            case (nil, _) where !field.isRequired: break
            default: return false
            }
        }
        return known == record.fields.count
    }

    @Test("finds every value that events have, whatever their texts hold")
    func values() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<600 {
            let event = RecordTests.randomEvent(&random)
            let found = try #require(scan(EventBatch([event]).bytes))
            #expect(found.kind == event.kind)
            for slot in Slot.allCases {
                let expected = slot == .submission ? event.submission.map { .text($0) } : event.fields[slot.fieldName]
                #expect(found.values[slot].map(Self.scalars) == expected.map(Self.scalars), "\(slot) of \(event)")
            }
        }
    }

    @Test("accepts what the parser accepts with the fields of its kind, and nothing else")
    func agrees() throws {
        var random = SystemRandomNumberGenerator()
        let letters = Array(#"{}[]",:\u0019ebtnfr -."#.utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC0, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xFF]
        for _ in 0..<400 {
            let bytes = try EventBatch([RecordTests.randomEvent(&random)]).bytes
            for _ in 0..<40 {
                var changed = bytes
                for _ in 0...Int.random(in: 0...1, using: &random) {
                    let index = Int.random(in: 0..<changed.count, using: &random)
                    let letter =
                        Bool.random(using: &random) ? letters.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: changed[index] = letter
                    case 1: changed.remove(at: index)
                    case 2: changed.insert(letter, at: index)
                    default: changed.removeSubrange(index...)
                    }
                    if changed.isEmpty { break }
                }
                #expect((scan(changed) != nil) == isSound(changed), "\(String(decoding: changed, as: UTF8.self))")
            }
        }
    }

    @Test("says why, where it refuses")
    func explains() {
        let record = #"{"actor":"ecocd","at":"2026-11-23T14:05:12.007Z","kind":"stopped","reason":"r","v":1}"#
        #expect(scan(Array(record.utf8)) != nil)
        for (from, to, why) in [
            ("\"v\":1", "\"v\":2", "'v' isn't 1"), ("stopped", "slept", "the kind 'slept' is unknown"),
            ("reason", "season", "'reason' is missing"),
            ("\"r\"", "1", "'reason' has the wrong type"), ("\"v\"", "\"u\":1,\"v\"", "a field that its kind doesn't have"),
            ("ecocd", "\\u0065cocd", "an escape isn't canonical"), ("2026-", "2026 ", "'at' isn't a UTC time"),
        ] {
            let changed = Array(record.replacing(from, with: to).utf8)
            #expect(scan(changed) == nil)
            #expect(changed.withUnsafeBytes { RecordFlaw.describe($0) }.contains(why), "\(to)")
        }
    }

    private static func scalars(_ value: Event.Scalar) -> [Unicode.Scalar] {
        switch value {
        case .text(let text): Array(text.unicodeScalars)
        case .number(let number): Array("#\(number)".unicodeScalars)
        }
    }
}

@Suite("The effect store")
struct EffectStoreTests {
    @Test("gives back all effects in order, also those that went into the file")
    func roundTrip() throws {
        let store = EffectStore(entries: 300_000)
        #expect(store.partCount == 8)
        var written: [UInt64: [[UInt64]]] = [:]
        var random = SystemRandomNumberGenerator()
        for page in 0..<120 {
            let buffer = EffectBuffer()
            for _ in 0..<Int.random(in: 0..<400, using: &random) {
                let key = RowKey(first: .random(in: 2 ... .max, using: &random), second: 0)
                let values = (0..<Int.random(in: 0..<14, using: &random)).map { _ in UInt64.random(in: 0 ... .max, using: &random) }
                buffer.begin(.changed, at: page, key)
                for value in values { buffer.add(value) }
                buffer.end()
                written[key.first & 7, default: []].append([key.first] + values)
            }
            try store.append(buffer)
        }
        for part in 0..<8 {
            var read: [[UInt64]] = []
            let reading = EffectStore.Reading(store, part: part)
            while let words = try reading.next() {
                let head = EffectHead(word: words[0])
                #expect(head.effect == .changed)
                read.append([words[1]] + (3..<head.words).map { words[$0] })
            }
            #expect(read == written[UInt64(part)] ?? [])
        }
    }

    @Test("keeps a row's name, whatever its length")
    func names() {
        for count in [0, 1, 7, 8, 9, 17, 128, 500] {
            let name = String(repeating: "x", count: count)
            let buffer = EffectBuffer()
            buffer.begin(.moveRow, at: 1, RowKey(first: 2, second: 3))
            Array(name.utf8).withUnsafeBufferPointer { buffer.add(name: $0) }
            buffer.end()
            #expect(EffectName.read(buffer.words + 3) == name.prefix(EffectName.longest))
            #expect(EffectHead(word: buffer.words[0]).words == buffer.count)
        }
    }
}
