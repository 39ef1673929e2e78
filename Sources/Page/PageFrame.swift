/// What stands around the values: the page's head, its look, and its texts in one language.
struct PageFrame: Sendable {
    let start: [UInt8]
    let title: [UInt8]
    let readingCopy: [UInt8]
    let duplicate: [UInt8]
    let draft: [UInt8]
    let draftNotice: [UInt8]
    let notice: [UInt8]
    let seal: [UInt8]
    let digest: [UInt8]
    let unsealed: [UInt8]

    init(_ texts: PageTexts) {
        func content(_ key: String) -> [UInt8] {
            var bytes: [UInt8] = []
            PageText.append(texts[key], to: &bytes)
            return bytes
        }
        title = content("title")
        readingCopy = content("reading-copy")
        duplicate = content("duplicate")
        draft = content("draft")
        draftNotice = content("draft-notice")
        notice = content("notice")
        seal = content("seal")
        digest = content("digest")
        unsealed = content("unsealed")
        let language = texts.language.rawValue
        let head =
            "<!DOCTYPE html>\n<html lang=\"\(language)\" xml:lang=\"\(language)\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"UTF-8\"/>"
            // Nothing is to be loaded or run, whatever a value might hold.
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>"
            + "<style>\(Self.style(page: texts["page"]))</style><title>"
        start = Array(head.utf8)
    }

    /// `page` stands inside a string of the style sheet: the texts' files hold neither quotes nor backslashes there (a test looks).
    private static func style(page: String) -> String {
        """
        @page{size:A4;margin:10mm 13mm 13mm 15mm;
        @bottom-left{content:string(vin);font:7.5pt 'Liberation Sans',Arial,sans-serif;color:#444}
        @bottom-center{content:string(kind);font:7.5pt 'Liberation Sans',Arial,sans-serif;color:#444}
        @bottom-right{content:"\(page) " counter(page) " / " counter(pages);font:7.5pt 'Liberation Sans',Arial,sans-serif;color:#444}}
        body{font:8.3pt/1.18 'Liberation Sans',Arial,'DejaVu Sans',sans-serif;color:#111;max-width:182mm;margin:0 auto}
        h1{font-size:14pt;line-height:1.2;margin:0 0 .6mm}
        .k{string-set:kind content();float:right;border:.4mm solid #111;padding:.6mm 2.5mm;font-weight:bold;margin-left:4mm}
        .d{color:#b00020;border-color:#b00020}
        .v{string-set:vin content();font:bold 13pt 'Liberation Mono','DejaVu Sans Mono',monospace;letter-spacing:.06em;margin:0 0 1.5mm}
        .n{background:#eee;padding:1.2mm 2mm;margin:0 0 2mm}
        h2{font-size:9.3pt;margin:2mm 0 .2mm;border-bottom:.35mm solid #111;break-after:avoid}
        table{border-collapse:collapse;width:100%;margin:0}
        tr{break-inside:avoid}
        thead{display:table-header-group}
        th,td{text-align:left;vertical-align:top;padding:.26mm 1.2mm;font-weight:normal;border-bottom:.1mm solid #bbb}
        tr>:first-child{width:13mm;color:#444;white-space:nowrap;padding-left:0}
        tr>:nth-child(2){width:76mm}
        td+td+td,th+th+th{unicode-bidi:isolate;white-space:pre-wrap;overflow-wrap:anywhere;font-weight:600}
        .m{table-layout:fixed}
        .m thead th{background:#f2f2f2;font-weight:bold;border-bottom:.2mm solid #777}
        td.x{font-size:6.8pt}
        th{hyphens:auto}
        b{font-weight:normal;color:#444}
        i{font-style:normal;border:.2mm solid #b00020;color:#b00020;font-size:80%}
        .b{break-before:page;height:0}
        @media screen{body{padding:6mm}.b{break-before:auto}}
        """
    }
}
