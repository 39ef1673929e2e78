import Foundation

/// Turns a page into PDF with WeasyPrint, an optional program of the machine (docs/page.md).
///
/// It runs in a network namespace of its own, where there is no network, with a fetcher that refuses every address and file, and for a
/// minute at most.
enum PDFEngine {
    static let seconds = 60

    /// Reads the page from standard input and writes the PDF to standard output.
    private static let script = """
        import sys
        try:
            from weasyprint import HTML
        except ImportError:
            sys.exit(3)
        def refuse(address, *rest, **more):
            raise ValueError("the page asks for " + address)
        page = sys.stdin.buffer.read().decode("utf-8")
        sys.stdout.buffer.write(HTML(string=page, url_fetcher=refuse, base_url=None).write_pdf())
        """

    static func render(_ html: [UInt8]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        // `unshare` gives the caller's own user a namespace in which it may leave the network.
        process.arguments = [
            "--kill-after=5", "\(seconds)", "/usr/bin/unshare", "--map-root-user", "--net", "/usr/bin/python3", "-I", "-c", script,
        ]
        let (input, output, problems) = (Pipe(), try TemporaryOutput(), try TemporaryOutput())
        process.standardInput = input
        process.standardOutput = output.handle
        process.standardError = problems.handle
        do { try process.run() } catch {
            throw CommandRefusal(.usage, "The PDF engine can't be started: /usr/bin/timeout: \(error.localizedDescription).")
        }
        // Output goes to files, so the engine can't wait for us while we wait for it. It may end before it has read all.
        signal(SIGPIPE, SIG_IGN)
        try? input.fileHandleForWriting.write(contentsOf: Data(html))
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        let pdf = try output.read()
        guard process.terminationStatus == 0, pdf.starts(with: "%PDF-".utf8) else {
            throw refusal(process.terminationStatus, String(decoding: try problems.read(), as: UTF8.self))
        }
        return pdf
    }

    private static func refusal(_ status: Int32, _ problems: String) -> CommandRefusal {
        let last = problems.split(separator: "\n").last.map { Console.visible(String($0)) } ?? "status \(status)"
        let message =
            switch status {
            case 3, 127:
                "There is no WeasyPrint on this machine. Install Debian's package weasyprint, or print the HTML page from a browser."
            case 124, 137: "The PDF wasn't ready after \(seconds) seconds. Try again when the machine has less to do."
            case _ where last.hasPrefix("unshare:"):
                "The PDF engine can't be cut off from the network here (\(last)). Allow user namespaces, or print the HTML page from a browser."
            default: "WeasyPrint couldn't make a PDF: \(last)."
            }
        return CommandRefusal(.usage, message)
    }

    /// A file without a name for what a program writes.
    private final class TemporaryOutput {
        let handle: FileHandle

        init() throws {
            let path = FileManager.default.temporaryDirectory.appending(path: "ecocctl-\(UUID().uuidString)").path
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
                let handle = FileHandle(forUpdatingAtPath: path)
            else { throw CommandRefusal(.usage, "No temporary file can be made in \(FileManager.default.temporaryDirectory.path).") }
            try FileManager.default.removeItem(atPath: path)
            self.handle = handle
        }

        func read() throws -> [UInt8] {
            try handle.seek(toOffset: 0)
            return Array(try handle.readToEnd() ?? Data())
        }
    }
}
