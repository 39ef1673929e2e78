/// The page's look: A4 paper, screens of any width, and dark ones.
///
/// The rules without a condition are those of paper; the conditions are for screens only, so what is printed is always dark on white.
/// WeasyPrint knows no variables in borders and backgrounds: colours stand where they are used.
enum PageStyle {
    static let sheet = """
        body{font:8.3pt/1.18 \(fonts);color:#111;max-width:182mm;margin:0 auto}
        h1{font-size:14pt;line-height:1.2;margin:0 0 .6mm}
        .k{float:right;border:.4mm solid #111;padding:.6mm 2.5mm;font-weight:bold;margin-left:4mm}
        .d{color:#b00020;border-color:#b00020}
        .v{font:bold 13pt 'Liberation Mono','DejaVu Sans Mono',monospace;letter-spacing:.06em;margin:0 0 1.5mm}
        .n{background:#eee;padding:1.2mm 2mm;margin:0 0 2mm}
        h2{font-size:9.3pt;margin:2mm 0 .2mm;border-bottom:.35mm solid #111;break-after:avoid}
        table{border-collapse:collapse;table-layout:fixed;width:100%;margin:0}
        tr,.t{break-inside:avoid}
        tr:first-child:not(:last-child){break-after:avoid}
        tr:last-child:not(:first-child){break-before:avoid}
        thead{display:table-header-group}
        th,td{text-align:left;vertical-align:top;padding:.26mm 1.2mm;font-weight:normal;border-bottom:.1mm solid #bbb}
        tr>:first-child{width:13mm;color:#444;white-space:nowrap;padding-left:0}
        tr>:nth-child(2){width:66mm}
        td+td+td,th+th+th{unicode-bidi:isolate;white-space:pre-wrap;overflow-wrap:anywhere;font-weight:600}
        .m thead th{background:#f2f2f2;font-weight:bold;border-bottom:.2mm solid #bbb}
        td.x{font-size:6.8pt}
        td.e{font-weight:normal;font-style:italic;color:#444}
        h1,h2,tr>:nth-child(2){overflow-wrap:anywhere}
        th{hyphens:auto}
        .l{display:block}
        b{font-weight:normal;color:#444}
        sup{font-size:75%;line-height:0}
        i{font-style:normal;border:.2mm solid #b00020;color:#b00020;font-size:80%}
        .u tr>:first-child{display:none}
        .u tr>:nth-child(2){padding-left:0;width:79mm}
        @media screen{
        :root{background:#fff}
        body{font-size:15px;line-height:1.35;max-width:58rem;padding:1rem}
        h1{font-size:1.6rem}h2{font-size:1.15rem;margin:1.4rem 0 .2rem}.v{font-size:1.3rem}
        .k{padding:.15rem .6rem}.n{padding:.6rem .8rem}
        th,td{padding:.18rem .5rem}
        tr>:first-child{width:4.6rem}tr>:nth-child(2),.u tr>:nth-child(2){width:42%}
        td.x{font-size:.8em}
        }
        @media screen and (max-width:42rem){
        .k{float:none;display:inline-block;margin:0 0 .6rem}h1{font-size:1.15rem;hyphens:auto}
        table,thead,tbody{display:block}
        tr{display:grid;grid-template-columns:4.2rem repeat(var(--c,1),minmax(0,1fr));padding:.3rem 0;border-bottom:1px solid #bbb}
        .u tr{grid-template-columns:repeat(var(--c,1),minmax(0,1fr))}
        .c2{--c:2}.c3{--c:3}.c4{--c:4}
        th,td,.m thead th,tr>:nth-child(2),.u tr>:nth-child(2){width:auto;border:0;padding:0 .4rem 0 0}
        td:first-child{grid-row:1/3}
        td:nth-child(2){grid-column:2/-1;opacity:.8}
        .u td:nth-child(2){grid-column:1/-1}
        th:first-child,th:nth-child(2){display:none}
        th:nth-child(3){grid-column-start:2}
        .u th:nth-child(3){grid-column-start:1}
        thead tr{background:#f2f2f2}
        }
        @media screen and (prefers-color-scheme:dark){
        :root{color-scheme:dark;background:#141414}
        body{color:#eee}
        h2,.k{border-color:#eee}
        .n,.m thead th,thead tr{background:#262626}
        th,td,tr,.m thead th{border-color:#484848}
        tr>:first-child,b,td.e{color:#b4b4b4}
        .d,i{color:#ff8a94;border-color:#ff8a94}
        }

        """

    private static let fonts = "'Liberation Sans',Arial,'DejaVu Sans',sans-serif"

    /// Appends the paper's rule: each printed page has vehicle, kind of copy and its number at its foot.
    static func appendFoot(_ vin: String, _ kind: String, page: String, to bytes: inout [UInt8]) {
        func add(_ text: String) { bytes += Array(text.utf8) }
        let look = "font:7.5pt \(fonts);color:#444"
        add("@page{size:A4;margin:10mm 13mm 13mm 15mm;\n@bottom-left{content:\"")
        appendString(vin, to: &bytes)
        add("\";\(look)}\n@bottom-center{content:\"")
        appendString(kind, to: &bytes)
        add("\";\(look)}\n@bottom-right{content:\"")
        appendString(page, to: &bytes)
        add(" \" counter(page) \" / \" counter(pages);\(look)}}")
    }

    /// Foreign text inside a string of the style sheet: letters, digits and blanks stand for themselves, everything else is escaped
    /// (CSS Syntax 3, 4.3.7), so that nothing in it ends the string, the sheet, or turns the text around.
    private static func appendString(_ text: String, to bytes: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            let digits = String(scalar.value, radix: 16, uppercase: true)
            if scalar == " " || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                bytes += Array(String(scalar).utf8)
            } else if PageText.isUnseen(scalar) {
                bytes += Array("U\\2B \(digits)".utf8)
            } else {
                bytes += Array("\\\(digits) ".utf8)
            }
        }
    }
}
