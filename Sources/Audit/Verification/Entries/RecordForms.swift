import Glibc

/// A value that the projections rest on.
enum Slot: Int, CaseIterable {
    case submission, source, name, size, sha256, device, inode, from, to, digest, vin, stage, version, row, bundle, destination, outcome
    case state, collected
    case contentSHA256, referenceID, referenceSHA256, xmlSHA256, bundleSHA256

    var fieldName: String {
        switch self {
        case .contentSHA256: "content-sha256"
        case .referenceID: "reference-id"
        case .referenceSHA256: "reference-sha256"
        case .xmlSHA256: "xml-sha256"
        case .bundleSHA256: "bundle-sha256"
        default: "\(self)"
        }
    }
}

/// The members that each kind's records have, in canonical order: compares a scanned record with them step by step, and finds the values
/// that matter. Used by one thread.
final class RecordForms {
    private struct Member {
        let name: UnsafeBufferPointer<UInt8>
        let isNumber: Bool
        let isRequired: Bool
        let use: Use
    }

    /// What a member's value is looked at for.
    private enum Use {
        case nothing, version, time
        case slot(Slot)
    }

    private struct Form {
        let kind: Event.Kind
        let name: UnsafeBufferPointer<UInt8>
        let members: UnsafeBufferPointer<Member>
    }

    private let forms: UnsafeMutableBufferPointer<Form>
    private let values: UnsafeMutablePointer<Int>
    private let scanner: RecordScanner
    private let kindName = RecordForms.copy("kind")
    private let timeForm = RecordForms.copy("0000-00-00T00:00:00.000Z")

    init(_ scanner: RecordScanner) {
        self.scanner = scanner
        values = .allocate(capacity: Slot.allCases.count)
        values.initialize(repeating: -1, count: Slot.allCases.count)
        forms = .allocate(capacity: Event.Kind.allCases.count)
        for (index, kind) in Event.Kind.allCases.enumerated() { forms.initializeElement(at: index, to: Self.form(kind)) }
    }

    deinit {
        for form in forms {
            for member in form.members { member.name.deallocate() }
            form.members.deallocate()
            form.name.deallocate()
        }
        forms.deallocate()
        values.deallocate()
        kindName.deallocate()
        timeForm.deallocate()
    }

    /// The kind of the record that was scanned last, whose values `self[slot]` then gives; nil unless it has exactly the members of a kind.
    func match() -> Event.Kind? {
        guard let form = form() else { return nil }
        values.update(repeating: -1, count: Slot.allCases.count)
        var index = 0
        for member in form.members {
            guard index < scanner.count, isNamed(index, member.name) else {
                if member.isRequired { return nil }
                continue
            }
            let value = scanner.members[index].value
            guard (value.form == .number) == member.isNumber else { return nil }
            switch member.use {
            case .slot(let slot): values[slot.rawValue] = index
            case .version: if value.number != 1 { return nil }
            case .time: if !isTime(value) { return nil }
            case .nothing: break
            }
            index += 1
        }
        return index == scanner.count ? form.kind : nil
    }

    /// A value of the record that `match` knew; nil when it isn't there.
    subscript(slot: Slot) -> RecordValue? {
        let index = values[slot.rawValue]
        return index < 0 ? nil : scanner.members[index].value
    }

    private func isTime(_ value: RecordValue) -> Bool {
        guard value.form == .plain, value.count == timeForm.count else { return false }
        for index in 0..<timeForm.count {
            let (byte, wanted) = (value.start[index], timeForm[index])
            if wanted == UInt8(ascii: "0") ? byte &- wanted > 9 : byte != wanted { return false }
        }
        return true
    }

    private func form() -> Form? {
        guard let index = (0..<scanner.count).first(where: { isNamed($0, kindName) }) else { return nil }
        let kind = scanner.members[index].value
        return forms.first { kind.equals($0.name) }
    }

    private func isNamed(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let member = scanner.members[index]
        guard member.nameCount == name.count, let bytes = name.baseAddress else { return false }
        return memcmp(member.name, bytes, name.count) == 0
    }

    private static func form(_ kind: Event.Kind) -> Form {
        let entry = EventCatalogue.entry(kind)
        var members: [(name: String, isNumber: Bool, isRequired: Bool)] = [
            ("actor", false, true), ("at", false, true), ("kind", false, true), ("submission", false, entry.needsSubmission),
            ("v", true, true),
        ]
        members += entry.fields.map { ($0.name, $0.type == .number, $0.isRequired) }
        // RFC 8785, section 3.2.3: by UTF-16 code units.
        members.sort { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
        let copies = UnsafeMutableBufferPointer<Member>.allocate(capacity: members.count)
        for (index, member) in members.enumerated() {
            copies.initializeElement(
                at: index,
                to: Member(
                    name: copy(member.name), isNumber: member.isNumber, isRequired: member.isRequired, use: use(of: member.name)))
        }
        return Form(kind: kind, name: copy(kind.rawValue), members: UnsafeBufferPointer(copies))
    }

    private static func use(of name: String) -> Use {
        switch name {
        case "v": .version
        case "at": .time
        default: Slot.allCases.first { $0.fieldName == name }.map { .slot($0) } ?? .nothing
        }
    }

    private static func copy(_ text: String) -> UnsafeBufferPointer<UInt8> {
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = bytes.initialize(from: text.utf8)
        return UnsafeBufferPointer(bytes)
    }
}
