import Foundation
import TestSupport
import Testing

/// Python's standard library, which reads TOML 1.0 since 3.11.
enum Judge {
    static let python = "/usr/bin/python3"

    /// Whether this machine's Python has tomllib.
    static let isPresent: Bool = {
        guard FileManager.default.isExecutableFile(atPath: python) else { return false }
        return (try? run("import tomllib", [])) != nil
    }()

    /// Renders values as `TOMLRendering` does, those of tomllib (`render`) and those of the published cases' JSON (`untag`).
    private static let forms = #"""
        import datetime, json, struct, sys, tomllib

        def scalar_time(t): return f'{t.hour}:{t.minute}:{t.second}:{t.microsecond}'
        def scalar_date(d): return f'{d.year}-{d.month}-{d.day}'

        def render(v):
            if isinstance(v, bool): return 'b1' if v else 'b0'
            if isinstance(v, int):
                if not -2**63 <= v < 2**63: raise OverflowError
                return f'i{v}'
            if isinstance(v, float): return 'fnan' if v != v else f'f{struct.unpack(">Q", struct.pack(">d", v))[0]:x}'
            if isinstance(v, str): return 's' + v.encode().hex()
            if isinstance(v, datetime.datetime):
                if v.tzinfo is None: return f'l{scalar_date(v)}T{scalar_time(v)}'
                return f'm{scalar_date(v)}T{scalar_time(v)}{int(v.utcoffset().total_seconds()) // 60}'
            if isinstance(v, datetime.date): return 'd' + scalar_date(v)
            if isinstance(v, datetime.time): return 't' + scalar_time(v)
            if isinstance(v, list): return '[' + ','.join(map(render, v)) + ']'
            return '{' + ','.join(f'{k}={x}' for k, x in sorted((k.encode().hex(), render(x)) for k, x in v.items())) + '}'

        def untag(v):
            if isinstance(v, list): return [untag(x) for x in v]
            if set(v) == {'type', 'value'} and isinstance(v['type'], str):
                kind, text = v['type'], v['value']
                if kind == 'string': return text
                if kind == 'integer': return int(text)
                if kind == 'float': return float(text)
                if kind == 'bool': return text == 'true'
                if kind == 'date-local': return datetime.date.fromisoformat(text)
                if kind == 'time-local': return datetime.time.fromisoformat(text)
                return datetime.datetime.fromisoformat(text)
            return {k: untag(x) for k, x in v.items()}

        """#

    /// What tomllib makes of each document: its rendering, or `invalid`.
    static func tomllib(_ documents: [[UInt8]]) throws -> [String] {
        try run(
            forms + #"""
                for line in sys.stdin:
                    try: print(render(tomllib.loads(bytes.fromhex(line.strip()).decode())))
                    except (ValueError, OverflowError): print('invalid')
                """#,
            documents.map(TOMLRendering.hexadecimal))
    }

    /// The renderings of the JSON files that say what valid documents hold.
    static func expectations(_ paths: [String]) throws -> [String] {
        try run(forms + "for line in sys.stdin: print(render(untag(json.load(open(line.rstrip('\\n'), encoding='utf-8')))))\n", paths)
    }

    private static func run(_ script: String, _ lines: [String]) throws -> [String] {
        let folder = try TemporaryFolder()
        try folder.write(lines.map { $0 + "\n" }.joined(), to: "input")
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", script]
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder["input"]))
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}
