import Foundation
import TestSupport

/// The programs that lay a page out, each with what it makes of it.
enum Printing {
    enum Engine: String, CaseIterable, Sendable {
        case chromium, weasyprint
    }

    static let areReadersPresent = ["pdftotext", "pdfinfo"].allSatisfy { path($0) != nil }
    static let hasChromium = path("chromium") != nil
    static let engines = areReadersPresent ? Engine.allCases.filter { path($0.rawValue) != nil } : []

    private static func path(_ program: String) -> String? {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/\(program)") ? "/usr/bin/\(program)" : nil
    }

    /// The text of each printed page, laid out as on paper.
    static func pages(_ html: String, _ engine: Engine) throws -> (isA4: Bool, texts: [String]) {
        let folder = try TemporaryFolder()
        try folder.write(html, to: "page.html")
        switch engine {
        case .weasyprint: try run("weasyprint", [folder["page.html"], folder["page.pdf"]])
        case .chromium:
            try chromium(folder, ["--no-pdf-header-footer", "--print-to-pdf=\(folder["page.pdf"])", "file://\(folder["page.html"])"])
        }
        let information = try run("pdfinfo", [folder["page.pdf"]])
        let text = try run("pdftotext", ["-layout", folder["page.pdf"], "-"])
        return (information.contains("(A4)"), text.split(separator: "\u{C}").map(String.init).filter { $0.contains { !$0.isWhitespace } })
    }

    /// What a script says of the page in a window of that width; the page's own policy would forbid the script, so it is left out.
    static func measure(_ html: String, width: Int, dark: Bool = false, _ script: String) throws -> String {
        let folder = try TemporaryFolder()
        let page = html.replacing(#/<meta http-equiv="Content-Security-Policy"[^>]*/>/#, with: "")
        // Chromium's own windows aren't narrower than 500: a frame is.
        let source = page.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        let measured =
            width < 500
            ? """
            <!DOCTYPE html><title></title><body><iframe id="f" style="border:0;height:800px;width:\(width)px" srcdoc="\(source)"></iframe>
            <script>onload = () => { document.title = String(document.getElementById('f').contentWindow.eval(`\(script)`)) }</script></body>
            """ : page.replacing("</body>", with: "<script>document.title = String(\(script))</script></body>")
        try folder.write(measured, to: "page.html")
        let scheme = "--blink-settings=preferredColorScheme=\(dark ? 0 : 1)"
        let dom = try chromium(folder, ["--window-size=\(width),800", scheme, "--dump-dom", "file://\(folder["page.html"])"])
        return dom.firstMatch(of: #/<title>([^<]*)</title>/#).map { String($0.output.1) } ?? "no title in: \(dom)"
    }

    @discardableResult private static func chromium(_ folder: TemporaryFolder, _ arguments: [String]) throws -> String {
        // Without a sandbox: it is our own page, and in containers there often is none.
        try run(
            "chromium",
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
                "--user-data-dir=\(folder["profile"])",
            ] + arguments)
    }

    struct Failure: Error {
        let program, errors: String
        let status: Int32
    }

    @discardableResult private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let folder = try TemporaryFolder()
        try folder.write("", to: "errors")
        try folder.write("", to: "output")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["--kill-after=5", "120", "/usr/bin/\(program)"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: folder["output"])
        process.standardError = FileHandle(forWritingAtPath: folder["errors"])
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(program: program, errors: folder.read("errors") ?? "", status: process.terminationStatus)
        }
        return folder.read("output") ?? ""
    }
}
