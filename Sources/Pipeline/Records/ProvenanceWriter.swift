import Audit
import Certificate
import Hashing
import Ingest
import Linux

/// Writes `provenance.json` of a bundle: where each value of the message came from (docs/bundle.md). Canonical JSON (RFC 8785): the same
/// submission gives the same bytes. Any thread.
struct ProvenanceWriter: Sendable {
    /// What is the same for all records of the submission, as members of the object.
    private let profile: [UInt8]
    private let recordFile: [UInt8]
    private let recordRest: [UInt8]
    /// By column number: `,"name":"COLOUR"`; empty for a message, whose values have lines.
    private let names: [[UInt8]]
    private let isMessage: Bool

    /// - Parameter columnName: what a person calls a column.
    init(_ folder: SubmissionFolder, _ profile: Profile, columnName: (Int) -> String?) throws {
        let submission = folder.submission
        let settings = try Descriptor.open(folder.profile).readAll(limit: SubmissionSource.maximumBytes)
        self.profile = Self.object(["sha256": SHA256.hexadecimal(of: settings), "source": submission.source])
        recordFile = Self.member("file", submission.name)
        recordRest = Self.member("sha256", submission.sha256) + Self.comma + Self.member("submission", submission.id.text)
        isMessage = profile.isMessage
        var names: [[UInt8]] = [[]]
        while !isMessage, let name = columnName(names.count) { names.append(Self.comma + Self.member("name", name)) }
        self.names = names
    }

    /// - Parameters:
    ///   - values: those of the message, each with its origin.
    ///   - record: what the ERP sent. A header value that a ready message brought along came from there.
    func write(_ values: FieldValues, _ record: Ingest.Record, _ line: RecordLine) -> [UInt8] {
        var lists = Lists()
        for field in values.fields {
            switch field.origin {
            case .assigned where isMessage && record.values[field.key] == field.value:
                add(field.key, at: origin(of: field.key, record), to: &lists.record)
            case .assigned: add(field.key, to: &lists.assigned)
            case .constant: add(field.key, to: &lists.constant)
            case .reference: break  // all that no list names
            case .record(let number): add(field.key, at: number, to: &lists.record)
            }
        }
        return object(lists, line)
    }

    /// The elements of the three lists, with commas between.
    private struct Lists {
        var assigned: [UInt8] = []
        var constant: [UInt8] = []
        var record: [UInt8] = []
    }

    /// A path is letters, digits, brackets and points: nothing in it needs an escape.
    private func add(_ key: FieldKey, to list: inout [UInt8]) {
        list += list.isEmpty ? "\"".utf8 : ",\"".utf8
        FieldPath.append(key, to: &list)
        list.append(UInt8(ascii: "\""))
    }

    /// Members in the order of their names.
    private func add(_ key: FieldKey, at number: Int, to list: inout [UInt8]) {
        if !list.isEmpty { list.append(UInt8(ascii: ",")) }
        list += "{".utf8
        if !isMessage {
            list += "\"column\":".utf8
            CanonicalJSON.append(number, to: &list)
            list.append(UInt8(ascii: ","))
        }
        list += "\"element\":\"".utf8
        FieldPath.append(key, to: &list)
        list += "\"".utf8
        if isMessage {
            list += ",\"line\":".utf8
            CanonicalJSON.append(number, to: &list)
        } else if names.indices.contains(number) {
            list += names[number]
        }
        list += "}".utf8
    }

    private func origin(of key: FieldKey, _ record: Ingest.Record) -> Int {
        let field = record.values.fields.first { $0.key == key }
        return if case .record(let number)? = field?.origin { number } else { 0 }
    }

    /// Members in the order of their names, as RFC 8785 has them.
    private func object(_ lists: Lists, _ line: RecordLine) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024 + lists.assigned.count + lists.constant.count + lists.record.count)
        bytes += "{".utf8
        bytes += Self.member("certificate", line.name)
        bytes += ",\"format\":2,\"profile\":".utf8
        bytes += profile
        bytes += ",\"record\":{".utf8
        bytes += recordFile
        bytes += ",\"row\":".utf8
        CanonicalJSON.append(line.row, to: &bytes)
        bytes += Self.comma
        bytes += recordRest
        bytes += "}".utf8
        if !line.referenceSHA256.isEmpty {
            bytes += ",\"reference\":".utf8
            bytes += Self.object(["sha256": line.referenceSHA256])
        }
        bytes += ",\"values\":{\"assigned\":[".utf8
        bytes += lists.assigned
        bytes += "],\"constant\":[".utf8
        bytes += lists.constant
        bytes += line.referenceSHA256.isEmpty ? "],\"record\":[".utf8 : "],\"others\":\"reference\",\"record\":[".utf8
        bytes += lists.record
        bytes += "]}}".utf8
        return bytes
    }

    private static let comma = Array(",".utf8)

    private static func object(_ members: [String: String]) -> [UInt8] {
        FlatObject(members.mapValues { .text($0) }).bytes
    }

    private static func member(_ name: String, _ value: String) -> [UInt8] {
        var bytes: [UInt8] = []
        CanonicalJSON.append(name, to: &bytes)
        bytes += ":".utf8
        CanonicalJSON.append(value, to: &bytes)
        return bytes
    }
}
