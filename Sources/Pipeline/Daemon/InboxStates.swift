import Control
import Ingest
import Linux

/// Which inboxes there are to look into now, as `status` shows them. Owned by the thread of the intake.
struct InboxStates {
    /// An inbox that can't be looked into, as the board has it.
    struct Problem: Sendable, Equatable {
        /// A clause without full stop.
        let what: String
        /// Whole sentences.
        let remedy: String

        init(_ settings: InboxSettings, _ error: SystemError) {
            what = "the inbox of '\(settings.source)' can't be looked into: \(error)"
            remedy =
                "Make the folder, or mount its file system, and let ecocd read and write it. It is found by itself; meanwhile nothing of this "
                + "source is taken."
        }
    }

    /// What changed with the last look.
    struct Changes {
        var lost: [Problem] = []
        /// Sources whose inboxes are there again.
        var found: [String] = []
    }

    private(set) var problems: [String: Problem] = [:]

    /// - Parameter modes: how each source's files are noticed; nil where nothing can be watched: then each folder is tried.
    mutating func update(_ settings: [InboxSettings], _ modes: [String: InboxWatch.Mode]?) -> Changes {
        var (now, changes): ([String: Problem], Changes) = ([:], Changes())
        for settings in settings {
            let problem = Self.error(settings, modes).map { Problem(settings, $0) }
            now[settings.source] = problem
            if let problem, problems[settings.source] != problem { changes.lost.append(problem) }
            if problem == nil, problems[settings.source] != nil { changes.found.append(settings.source) }
        }
        problems = now
        return changes
    }

    private static func error(_ settings: InboxSettings, _ modes: [String: InboxWatch.Mode]?) -> SystemError? {
        if let modes {
            if case .unreachable(let error) = modes[settings.source] { return error }
            return nil
        }
        do throws(SystemError) { _ = try Directory(settings.path) } catch { return error }
        return nil
    }

    /// An inbox can't be read although it seemed to be there.
    /// - Returns: the problem, if it is a new one.
    mutating func fail(_ settings: InboxSettings, _ error: SystemError) -> Problem? {
        guard problems[settings.source] == nil else { return nil }
        let problem = Problem(settings, error)
        problems[settings.source] = problem
        return problem
    }

    func source(_ settings: InboxSettings, _ mode: InboxWatch.Mode?) -> StatusReport.Source {
        let problem = problems[settings.source]
        let text = problem != nil ? "unreachable" : mode == .events ? "events" : "polling"
        return .init(name: settings.source, inbox: settings.path, mode: text, problem: problem?.what)
    }
}
