public import Certificate
import Configuration
import Generate
import Hashing
import Ingest
import Linux
public import Validate

/// A file of reference data: IVI-shaped XML with one version, or a sheet with one or more.
enum ReferenceFile {
    /// Of a file, and of a stored version.
    static let maximumBytes = Configuration.Reference.maximumBytes

    /// What a file's name says that it is.
    enum Kind {
        case message, sheet

        init?(name: String) {
            switch name.lowercased().split(separator: ".").last {
            case "xml": self = .message
            case "csv", "tsv", "txt": self = .sheet
            default: return nil
            }
        }
    }

    /// One version of the file that is sound as far as can be said without a vehicle.
    struct Candidate {
        let record: ReferenceRecord
        let warnings: [Finding]
        /// Where it stands in a sheet.
        let place: (row: Int?, column: String?)
    }

    enum Reading {
        /// At least one.
        case sound([Candidate])
        /// At least one error among them.
        case rejected([Finding])
    }

    /// Reads and checks a file. Blocking.
    /// - Parameter name: as it was dropped: its ending says what it is.
    /// - Throws: what this machine couldn't read.
    static func read(path: String, name: String, today: CalendarDate) throws -> Reading {
        switch Kind(name: name) {
        case .message: return try readXML(path, name, today)
        case .sheet:
            do { return readSheet(try ReferenceSheet.read(path: path, maximumBytes: maximumBytes), name, today) } catch {
                guard error.cause == .content else { throw error }
                return .rejected([error.finding])
            }
        case nil:
            return .rejected([
                Finding(
                    rule: "REF-03", severity: .error, value: name, message: "Reference data is an XML file or a sheet saved as CSV.",
                    remedy: "Save the spreadsheet as CSV (UTF-8), and give the file the ending .xml, .csv, .tsv or .txt.")
            ])
        }
    }

    private static func readXML(_ path: String, _ name: String, _ today: CalendarDate) throws -> Reading {
        let bytes = try Descriptor.open(path).readAll(limit: maximumBytes)
        let record: ReferenceRecord
        do { record = try ReferenceLibrary.read(name: name, bytes: bytes, sha256: SHA256.hexadecimal(of: bytes)) } catch {
            return .rejected(error.findings)
        }
        // The record has no lines any more.
        let lines = (try? MessageReader.read(bytes, kind: .reference))?.values ?? record.values
        let findings = check(lines, [], today) { (row: $0, column: nil) }
        return findings.contains { $0.severity == .error }
            ? .rejected(findings) : .sound([Candidate(record: record, warnings: findings, place: (nil, nil))])
    }

    private static func readSheet(_ sheet: ReferenceSheet, _ name: String, _ today: CalendarDate) -> Reading {
        var candidates: [Candidate] = []
        var findings: [Finding] = []
        for version in sheet.versions {
            switch read(version, "\(name), \(version.label)", today) {
            case .sound(let sound): candidates += sound
            case .rejected(let more): findings += more
            }
        }
        return findings.isEmpty ? .sound(candidates) : .rejected(findings)
    }

    private static func read(_ version: ReferenceSheet.Version, _ name: String, _ today: CalendarDate) -> Reading {
        let own = version.place
        var validity = Validity.always
        var findings = version.findings
        do { validity = try Validity(from: version.validFrom, to: version.validTo) } catch {
            findings.append(ReferenceCheck.validity(error, row: own.row, column: own.column))
        }
        let misplaced = ReferenceCheck.misplaced(version.values).map { finding in
            placed(finding, at: finding.row.map { version.place($0) } ?? own)
        }
        findings +=
            misplaced
            + check(version.values, version.received, today) { version.place($0) }.map {
                $0.row == nil && $0.column == nil ? placed($0, at: own) : $0
            }
        guard !findings.contains(where: { $0.severity == .error }) else { return .rejected(findings) }
        let bytes = ReferenceText.write(version.values, validity: validity)
        do {
            let record = try ReferenceLibrary.read(name: name, bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
            return .sound([Candidate(record: record, warnings: findings, place: own)])
        } catch {
            return .rejected(error.findings.map { placed($0, at: own) })
        }
    }

    /// - Parameter place: where the value of an origin's number stands.
    private static func check(
        _ values: FieldValues, _ received: [ReceivedText], _ today: CalendarDate, place: (Int) -> (row: Int?, column: String?)
    ) -> [Finding] {
        ReferenceCheck.findings(values, today: today, placeName: { "\($0)" }, receivedText: { received.text(of: $0) }).map { finding in
            finding.column.flatMap { Int($0) }.map { placed(finding, at: place($0)) } ?? finding
        }
    }

    private static func placed(_ finding: Finding, at place: (row: Int?, column: String?)) -> Finding {
        var finding = finding
        (finding.row, finding.column) = (place.row, place.column)
        return finding
    }
}

/// Reference data as a file: one canonical form for the same values and days.
public enum ReferenceText {
    /// IVI-shaped XML; the days of manufacture, where there are limits, in an instruction before the root.
    public static func write(_ values: FieldValues, validity: Validity = .always) -> [UInt8] {
        let message = MessageWriter.write(values)
        let head = message.bytes[..<message.documentStart]
        return Array(head) + Array(ReferenceInstruction.write(validity).utf8) + Array(message.bytes[message.documentStart...]) + [0x0A]
    }
}
