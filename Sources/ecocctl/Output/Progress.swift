import Glibc

/// How far a long look has come, for whoever watches a terminal: one line on standard error, written over and taken away at the end. Never
/// where standard error is no terminal.
final class Progress {
    private let isShown: Bool
    private var shownAt: ContinuousClock.Instant?
    private let words: (Int) -> String
    /// A look that is quicker than that shows nothing.
    private static let delay = Duration.milliseconds(500)
    private static let pace = Duration.milliseconds(200)
    private let began = ContinuousClock.now

    /// - Parameter words: what to say after so many steps; shorter than a line of the narrowest terminal.
    init(isWanted: Bool, _ words: @escaping (Int) -> String) {
        // A dumb terminal can't take a line away again.
        isShown = isWanted && isatty(STDERR_FILENO) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"
        self.words = words
    }

    func step(_ count: Int) {
        guard isShown, count % 64 == 0 else { return }
        let now = ContinuousClock.now
        guard now - (shownAt ?? began) >= (shownAt == nil ? Self.delay : Self.pace) else { return }
        shownAt = now
        Self.write("\r\(words(count))\u{1B}[K")
    }

    /// The line is gone, and what follows begins at the left.
    func end() {
        guard shownAt != nil else { return }
        Self.write("\r\u{1B}[K")
        shownAt = nil
    }

    private static func write(_ text: String) {
        var text = text
        // Nobody can be told when this fails.
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
