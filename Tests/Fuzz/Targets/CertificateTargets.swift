import CXML
import Generate
import Hashing
import TestSupport
@testable import Certificate
@testable import Ingest
@testable import Sign
@testable import Validate

extension FuzzTarget {
    static let certificateTargets = [message, reference, names, numbers]

    private static let examples: @Sendable () throws -> [[UInt8]] = {
        let shared = SharedMaterial.isPresent ? try SharedMaterial.examples.map { try SharedMaterial.example($0) } : []
        return try SeedFiles.all(in: "Samples/fleet/reference", ending: ".xml") + SeedFiles.all(in: "Samples/reference", ending: ".xml")
            + shared + MessageSeeds.odd
    }

    /// IVI XML: places lie inside, writing and reading again comes to rest, and libxml2's tree parser reads what the streaming one did.
    private static let message = FuzzTarget(name: "message", maximumBytes: 32_768, seeds: examples) {
        let paths = KnownPaths()
        return { bytes in
            let lines = bytes.count { $0 == 0x0A } + 1
            // In UTF-16 every byte may be half of a line feed.
            let most = bytes.starts(with: [0xFF]) || bytes.starts(with: [0xFE]) ? bytes.count + 1 : lines
            for kind in [MessageReader.Kind.message, .reference] {
                let message: Message
                do throws(MessageReadingFailure) { message = try MessageReader.read(bytes, kind: kind) } catch {
                    try expect(1...most ~= error.line, "a failure is said to be on line \(error.line) of \(lines)")
                    continue
                }
                try expect(message.findings.count <= MessageReader.Limit.findings, "there are too many findings")
                for finding in message.findings {
                    try expect(finding.row.map { 1...most ~= $0 } ?? true, "a finding is on line \(finding.row ?? 0) of \(lines)")
                }
                for field in message.values.fields {
                    guard case .record(let line) = field.origin, 1...most ~= line else { throw Failure("a value has no line: \(field)") }
                    try paths.check(field.key)
                    try expect(XMLCharacter.firstForbidden(in: field.value) == nil, "a value holds what XML can't carry")
                }
                try comesToRest(message.values)
            }
        }
    }

    /// What is written from the values reads as the same values, but for the gaps between groups.
    private static func comesToRest(_ values: FieldValues) throws {
        let written = MessageWriter.write(values)
        let again = try MessageReader.read(written.bytes)
        try expect(again.findings.allSatisfy { $0.severity != .error }, "what we write isn't what we read: \(again.findings)")
        try expect(again.values.fields.map(\.value) == values.fields.map(\.value), "other values come back than were written")
        try expect(MessageWriter.write(again.values) == written, "writing again gives other bytes")
        try UnsignedMessageCheck(written.bytes, documentStart: written.documentStart, signatureOffset: written.signatureOffset).run()
        let log = XMLErrorLog()
        try expect(XMLTree(written.bytes, log: log) != nil, "libxml2 doesn't read what we write: \(log.text)")
    }

    /// Reference data in XML: what is accepted keeps its key, values and days when written in our own form.
    private static let reference = FuzzTarget(
        name: "reference", maximumBytes: 32_768,
        seeds: {
            try examples()
                + [
                    Array("<?ecocd-reference valid-from=\"2026-09-01\" valid-to='2026-12-31'?>\n".utf8)
                        + (try SeedFiles.read("Samples/reference/haul-trailer.xml"))
                ]
        },
        prepare: {
            { bytes in
                guard let record = try? ReferenceLibrary.read(name: "r.xml", bytes: bytes, sha256: "") else { return }
                let text = ReferenceInstruction.write(record.validity)
                let message = MessageWriter.write(record.values)
                let head = Array(message.bytes[..<message.documentStart])
                let written = head + Array(text.utf8) + Array(message.bytes[message.documentStart...])
                let again = try ReferenceLibrary.read(name: "r.xml", bytes: written, sha256: "")
                try expect(again.key == record.key && again.validity == record.validity, "another key or other days come back")
                try expect(again.values.fields.map(\.value) == record.values.fields.map(\.value), "other values come back")
                let library = ReferenceLibrary([record])
                guard record.validity.to == nil else { return }
                guard case .found = library.record(for: record.values) else { throw Failure("its own values don't find it") }
            }
        })

    /// Names and numbers of vehicles, approvals, days and places: what is accepted is written back letter by letter.
    private static let names = FuzzTarget(
        name: "names", maximumBytes: 200,
        seeds: {
            [
                "e6*2018/858*00264*01", "e13*KS18/858*00264*00", "e4*168/2013*1234*05", "WZAM1A1BXTA000017", "WZAM1A1BXTA000017-1-v1",
                "2026-02-29", "2024-02-29", "2026-11-23T24:00:00Z", "-12026-11-23T14:09:00.123-14:00", "example.org/ecoc/12",
                "CocDataGroup.AxleTable[2].TyreAxleTable[1].TyreSize", "AxleTable[255].AxleTrack", "ActualMass", "x[1]", "a]b[",
            ].map { Array($0.utf8) }
        },
        prepare: {
            { bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                func same(_ written: String) throws(Failure) {
                    try expect(written.utf8.elementsEqual(text.utf8), "'\(text)' is written back as '\(written)'")
                }
                if let number = try? TypeApprovalNumber(text) { try same(number.description) }
                if let vin = try? VehicleIdentificationNumber(text) {
                    try expect(vin.text.utf8.count == 17 && vin.text.utf8.allSatisfy { $0 < 0x80 }, "it isn't 17 plain letters")
                    try same(vin.description)
                }
                if let identity = CertificateIdentity(name: text) { try same(identity.name) }
                if let day = CalendarDate(text) {
                    try same(day.description)
                    try expect(CalendarDate(ofDateTime: "\(text)T00:00:00Z") == day, "it is another day as a date-time")
                    if let before = day.dayBefore { try expect(before < day, "the day before isn't before") }
                }
                _ = CalendarDate.isDateTime(text)
                if let key = try? FieldPath.parse(text) {
                    let path = FieldPath.write(key)
                    try expect(try FieldPath.parse(path) == key, "'\(text)' is '\(path)', which is another place")
                }
            }
        })

    /// Numbers and dates: the schema's types decide as libxml2 does, and exact numbers keep their value.
    private static let numbers = FuzzTarget(
        name: "numbers", maximumBytes: 120,
        seeds: {
            [
                "0", "-0.0", "+1", "1.", ".5", "000123.4500", "999999999999999999", "1234567890123456789.5", "1.234.567,89", "125-",
                "1 234",
                "0.001", "6fa459ea-ee8a-4ca4-894e-db77e160355e", "2026-11-23", "2026-11-23T14:09:00+14:00", "24.12.2026", "20261224",
            ].map { Array($0.utf8) }
        },
        prepare: {
            let types = Dictionary(
                Catalogue.initialVehicleInformation.simpleTypes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            let oracle = PredefinedTypes()
            let forms = try ["dd.MM.yyyy", "yyyyMMdd", "d/M/yyyy", "yyyy-MM-ddTHH:mm:ss"].map { try DateForm($0) }
            return { bytes in
                guard let text = String(validating: bytes, as: UTF8.self) else { return }
                try checkNumber(text, oracle)
                for type in types.values {
                    guard let problem = type.problem(with: text) else {
                        try oracle.confirm(text, type.form)
                        continue
                    }
                    try expect(!problem.isEmpty, "a problem has no words")
                }
                for form in forms {
                    guard let date = form.convert(text, withTime: false) else { continue }
                    try expect(CalendarDate(date) != nil, "'\(text)' becomes '\(date)', which is no day")
                    if form.hasTime {
                        let moment = form.convert(text, withTime: true) ?? ""
                        try expect(CalendarDate.isDateTime(moment), "'\(text)' becomes '\(moment)', which is no date-time")
                    }
                }
            }
        })

    private static func checkNumber(_ text: String, _ oracle: PredefinedTypes) throws {
        let literal = DecimalLiteral(text)
        // libxml2 has a limit of its own on digits.
        if text.utf8.count <= 20, !text.utf8.contains(where: XMLCharacter.isSpace), !text.utf8.contains(0) {
            try expect((literal != nil) == oracle.isValid(text, oracle.decimal), "libxml2 sees '\(text)' otherwise")
        }
        for notation in [
            DecimalNumber.Notation(), .init(decimalComma: true, thousandsSeparator: "."), .init(thousandsSeparator: " "),
        ] {
            guard let number = try? DecimalNumber(text, notation) else { continue }
            guard let same = DecimalLiteral(number.text) else { throw Failure("'\(text)' becomes '\(number.text)', which is no number") }
            try expect((try? DecimalNumber(number.text))?.text == number.text, "'\(number.text)' isn't read as it was written")
            let short = number.withoutTrailingZeros()
            try expect(DecimalLiteral(short.text)?.scaled(fractionDigits: 6) == same.scaled(fractionDigits: 6), "zeros changed the value")
            let one = try DecimalNumber("1")
            try expect(number.multiplied(by: one).text == number.text, "times one is another number")
            if notation == DecimalNumber.Notation(), let literal, same.scaled(fractionDigits: 3) != nil {
                try expect(literal.scaled(fractionDigits: 3) == same.scaled(fractionDigits: 3), "the two readers of '\(text)' differ")
            }
        }
    }
}

/// Paths that were read back once needn't be again: there are hundreds in each message.
private final class KnownPaths {
    private var known: Set<FieldKey> = []

    func check(_ key: FieldKey) throws(Failure) {
        guard known.insert(key).inserted else { return }
        let path = FieldPath.write(key)
        try expect((try? FieldPath.parse(path)) == key, "the path \(path) isn't read as it was written")
    }
}

/// The types that XML Schema has by itself, as libxml2 judges them.
private struct PredefinedTypes: @unchecked Sendable {  // libxml2 never changes them after their making
    let decimal = xmlSchemaGetBuiltInType(XML_SCHEMAS_DECIMAL)
    let date = xmlSchemaGetBuiltInType(XML_SCHEMAS_DATE)
    let dateTime = xmlSchemaGetBuiltInType(XML_SCHEMAS_DATETIME)
    let integer = xmlSchemaGetBuiltInType(XML_SCHEMAS_INTEGER)

    init() { xmlSchemaInitTypes() }

    func isValid(_ text: String, _ type: xmlSchemaTypePtr?) -> Bool { xmlSchemaValidatePredefinedType(type, text, nil) == 0 }

    /// What our types accept is in the value space of the schema's.
    func confirm(_ text: String, _ form: SimpleType.Form) throws(Failure) {
        let type: xmlSchemaTypePtr? =
            switch form {
            case .decimal: decimal
            case .integer: integer
            case .date: date
            case .dateTime: dateTime
            case .text, .codes: nil
            }
        // libxml2 reads years and digits up to a limit of its own.
        guard let type, text.utf8.count <= 30 else { return }
        try expect(isValid(text, type), "libxml2 doesn't accept '\(text)' as \(form)")
    }
}

/// XML that no sample has.
enum MessageSeeds {
    private static let start = "<InitialVehicleInformation xmlns=\"http://eu.ereg.initialvehicleinformation.v2\">"

    static let odd: [[UInt8]] = [
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\(start)<Header><IviReferenceId>a&#xD;&amp;<![CDATA[<b>]]></IviReferenceId></Header></InitialVehicleInformation>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>\(start)&b;</InitialVehicleInformation>",
        "<v:InitialVehicleInformation xmlns:v=\"http://eu.ereg.initialvehicleinformation.v2\"><!-- c --><v:Body/><?p i?>text</v:InitialVehicleInformation>",
        "<InitialVehicleInformation xmlns=\"http://eu.ereg.initialvehicleinformation\"><IviVersionNumberXsd>1.5</IviVersionNumberXsd></InitialVehicleInformation>",
    ].map { Array($0.utf8) }
}
