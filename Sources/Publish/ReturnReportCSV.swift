import Certificate

/// The report as a table: RFC 4180, UTF-8, comma, CRLF.
enum ReturnReportCSV {
    static let header: [UInt8] = line([
        "row", "vin", "status", "certificate", "stage", "version", "bundle", "rule", "severity", "column", "element", "item", "value",
        "message", "remedy",
    ])

    /// A line for each finding, or one without a finding.
    static func lines(_ entry: ReturnReport.Entry) -> [UInt8] {
        let certificate = entry.certificate
        let start = [
            String(entry.row), entry.vin ?? "", entry.status.rawValue, certificate?.name ?? "", certificate.map { String($0.stage) } ?? "",
            certificate.map { String($0.version) } ?? "", certificate?.bundle ?? "",
        ]
        guard !entry.findings.isEmpty else { return line(start + Array(repeating: "", count: 8)) }
        return entry.findings.flatMap { line(start + cells($0)) }
    }

    /// A line about the file as a whole: no VIN, and a row only where the finding names one.
    static func line(_ finding: Finding, outcome: ReturnReport.Outcome) -> [UInt8] {
        line([finding.row.map(String.init) ?? "", "", outcome.rawValue, "", "", "", ""] + cells(finding))
    }

    private static func cells(_ finding: Finding) -> [String] {
        [
            finding.rule, finding.severity.rawValue, finding.column ?? "", finding.element ?? "", finding.item ?? "", finding.value ?? "",
            finding.messageWithChange, finding.remedy,
        ]
    }

    private static func line(_ cells: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            append(cell, to: &bytes)
        }
        bytes += [0x0D, 0x0A]
        return bytes
    }

    private static func append(_ cell: String, to bytes: inout [UInt8]) {
        let text = isFormula(cell) ? "'" + cell : cell
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
            bytes += text.utf8
            return
        }
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// Whether a spreadsheet would run the cell: quoting doesn't keep it from that. A sign alone or before a plain number is harmless.
    private static func isFormula(_ cell: String) -> Bool {
        switch cell.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0D: true
        case UInt8(ascii: "+"), UInt8(ascii: "-"): !isNumber(cell.utf8.dropFirst())
        default: false
        }
    }

    private static func isNumber(_ digits: Substring.UTF8View) -> Bool {
        var hasPoint = false
        for byte in digits {
            if (byte == 0x2E || byte == 0x2C) && !hasPoint {
                hasPoint = true
            } else if !(0x30...0x39 ~= byte) {
                return false
            }
        }
        return digits.first.map { 0x30...0x39 ~= $0 } ?? true
    }
}
