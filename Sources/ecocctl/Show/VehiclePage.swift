import Linux

/// The report as one page to print: HTML without anything from elsewhere, A4.
struct VehiclePage {
    private let report: VehicleReport
    private let printedAt: String

    /// - Parameter time: shown as when the page was made.
    init(_ report: VehicleReport, at time: Timestamp = .now()) {
        self.report = report
        printedAt = time.textToTheSecond
    }

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width">
        <title>\(Self.escape(report.vin)): certificate of conformity, evidence</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <header>
        <p class="kind">Electronic certificate of conformity: evidence from the ledger</p>
        <h1>\(Self.escape(report.vin))</h1>
        <p class="state">\(headline)</p>
        </header>
        \(certificate)
        \(rest)
        <footer>
        <p>Numbers in brackets are entries of the ledger <b>\(Self.escape(report.ledger.origin))</b>, as of its signed head of \
        \(report.ledger.size) entries with the root hash <code>\(Self.escape(report.ledger.root))</code>.</p>
        <p>Page made \(printedAt). It is no certificate itself: the sealed bundle and the proofs are.</p>
        </footer>
        </body>
        </html>

        """
    }

    private var headline: String {
        guard let certificate = report.certificate else { return "Nothing was published: only rejected records are known." }
        let states = certificate.deliveries.map {
            "<span class=\"badge \(Self.escape($0.state))\">\(Self.escape($0.destination)): \(Self.escape($0.state))</span>"
        }
        let badges = states.isEmpty ? "<span class=\"badge\">\(Self.escape(certificate.state))</span>" : states.joined(separator: " ")
        let withdrawn = certificate.withdrawal == nil ? "" : "<span class=\"badge rejected\">withdrawn</span> "
        return "Stage \(certificate.stage), version \(certificate.version) \(withdrawn)\(badges)"
    }

    private var certificate: String {
        guard let certificate = report.certificate else { return "" }
        return certificate.pageSections.map { section in
            let rows = section.rows.map { label, value in "<tr><th>\(Self.escape(label))</th><td>\(value.html)</td></tr>" }
            return "<section><h2>\(Self.escape(section.title))</h2><table>\(rows.joined(separator: "\n"))</table></section>"
        }.joined(separator: "\n")
    }

    private var rest: String {
        var sections: [String] = []
        if !report.rejections.isEmpty {
            let rows = report.rejections.map { rejection in
                "<tr><th>\(Self.escape(rejection.at)) [\(Self.escape(VehicleReport.mark(rejection.position, rejection.volume)))]</th><td>\(Self.escape(rejection.submission))"
                    + "\(rejection.row.map { ", row \($0)" } ?? ""): \(Self.escape(rejection.rules))</td></tr>"
            }
            sections.append("<section><h2>Rejected records</h2><table>\(rows.joined(separator: "\n"))</table></section>")
        }
        if !report.others.isEmpty {
            let rows = report.others.map { other in
                let places = other.destinations.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
                return
                    "<tr><th>Stage \(other.stage), version \(other.version)</th><td>\(Self.escape(places.isEmpty ? other.state : places))"
                    + ", \(Self.escape(other.submission))</td></tr>"
            }
            sections.append("<section><h2>Other certificates of this vehicle</h2><table>\(rows.joined(separator: "\n"))</table></section>")
        }
        return sections.joined(separator: "\n")
    }

    static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in Console.visible(text).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static let style = """
        @page { size: A4; margin: 12mm 15mm }
        * { box-sizing: border-box }
        body { font: 8.9pt/1.28 "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; color: #16202a; margin: 0 auto; max-width: 182mm }
        header { border-bottom: 1.6pt solid #16202a; padding-bottom: 2.5mm; margin-bottom: 2.5mm }
        h1 { font: 700 21pt/1.15 "DejaVu Sans Mono", Menlo, Consolas, monospace; letter-spacing: .04em; margin: .6mm 0 1.4mm }
        .kind { margin: 0; color: #51606e; letter-spacing: .02em }
        .state { margin: 0; font-size: 10.5pt }
        .badge { border: .8pt solid #51606e; border-radius: 3pt; padding: .3mm 1.8mm; margin-left: 1.5mm; font-size: 9pt; white-space: nowrap }
        .badge.accepted { border-color: #17683a; color: #17683a }
        .badge.rejected { border-color: #a3191f; color: #a3191f; font-weight: 700 }
        .badge.unknown { border-color: #8a5a00; color: #8a5a00 }
        section { break-inside: avoid; margin: 0 0 2.1mm }
        h2 { font-size: 9.6pt; margin: 0 0 .6mm; padding-bottom: .4mm; border-bottom: .5pt solid #b9c3cc }
        table { border-collapse: collapse; width: 100% }
        th { font-weight: 400; color: #51606e; text-align: left; width: 42mm; padding: .2mm 3mm .2mm 0; vertical-align: top }
        td { padding: .2mm 0; vertical-align: top; overflow-wrap: anywhere }
        code { font: 8pt/1.3 "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere }
        .entry { color: #51606e; white-space: nowrap }
        footer { border-top: .8pt solid #16202a; margin-top: 2.5mm; padding-top: 1.5mm; color: #51606e; font-size: 8pt }
        footer p { margin: 0 0 .6mm }
        @media screen { body { padding: 12mm 8mm } }

        """
}
