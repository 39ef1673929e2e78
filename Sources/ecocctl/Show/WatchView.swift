import Audit
import FoundationEssentials
import Glibc

/// Shows steps: lines for a file or a pipe, JSON lines for programs, and at a terminal lines with the running count beneath.
struct WatchView {
    let isJSON: Bool
    let isTerminal: Bool

    func begin(_ unfinished: [SubmissionState], _ size: Int) {
        if isJSON { return }
        Console.line("\(size) entries in the ledger; \(unfinished.count) submissions on their way. Ctrl-C ends.")
        for state in unfinished {
            Console.line("on its way  \(state.id)  \(Console.visible("\(state.source)/\(state.name)"))  in \(state.stage)")
        }
    }

    func show(_ steps: [WatchFeed.Step]) {
        for step in steps {
            if isJSON {
                Self.writeJSON(step)
            } else if isTerminal, step.count != nil, step != steps.last {
                // The next step overwrites a count; what stays are the moves.
                Self.write("\r\u{1B}[K\(Self.line(step))")
            } else {
                Self.write(isTerminal ? "\r\u{1B}[K\(Self.line(step))\n" : "\(Self.line(step))\n")
            }
        }
    }

    private static func line(_ step: WatchFeed.Step) -> String {
        let time = step.at.dropFirst(11).prefix(12)
        let whose = step.submission.map { "\($0)  \(step.source ?? "?")/\(step.file ?? "?")" } ?? "ecocd"
        let count = step.count.map { " \($0)" } ?? ""
        return Console.visible("\(time)  \(whose)  \(step.kind)\(count)\(step.detail.map { " \($0)" } ?? "")")
    }

    private static func writeJSON(_ step: WatchFeed.Step) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and numbers always encode.
        guard let bytes = try? encoder.encode(step) else { return }
        write("\(String(decoding: bytes, as: UTF8.self))\n")
    }

    private static func write(_ text: String) {
        print(text, terminator: "")
        fflush(nil)
    }
}
