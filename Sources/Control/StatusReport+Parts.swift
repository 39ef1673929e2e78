/// Any number may wait, stall or be configured, and an answer stays small: it has the beginning of each list, and how long the list is.
extension StatusReport {
    /// Rows of each list in an answer that asks for no page of one.
    public static let shownRows = 50
    /// Rows of the one list that a page is asked of.
    public static let pageRows = 200
    /// Bytes of a row's reason, and of an incident's text or remedy.
    public static let textBytes = 1000

    /// The lists of a status.
    public enum List: String, Codable, Sendable, CaseIterable {
        case sources, destinations, working, waiting, incidents
    }

    /// A part of one list: at most `pageRows` rows from this place on. The other lists are left empty.
    public struct Page: Codable, Sendable, Equatable {
        public var list: List
        /// How many rows are passed over.
        public var from: Int

        public init(_ list: List, from: Int) { (self.list, self.from) = (list, from) }
    }

    /// How many rows each list has in all.
    public struct Counts: Codable, Sendable, Equatable {
        public var sources: Int
        public var destinations: Int
        public var working: Int
        public var waiting: Int
        public var incidents: Int

        public init(sources: Int, destinations: Int, working: Int, waiting: Int, incidents: Int) {
            (self.sources, self.destinations, self.working, self.waiting, self.incidents) = (
                sources, destinations, working, waiting, incidents
            )
        }

        public subscript(list: List) -> Int {
            switch list {
            case .sources: sources
            case .destinations: destinations
            case .working: working
            case .waiting: waiting
            case .incidents: incidents
            }
        }
    }

    /// The rows of a list that are in an answer with this page, or in one without.
    public static func rows(of list: List, _ page: Page?, count: Int) -> Range<Int> {
        guard let page else { return 0..<min(count, shownRows) }
        guard page.list == list else { return 0..<0 }
        let from = min(max(0, page.from), count)
        return from..<min(count, from + pageRows)
    }

    /// The same without the names of files, sources and vehicles, without reasons and paths: what anybody on the machine may know.
    public var reduced: StatusReport {
        var report = self
        (report.sources, report.destinations, report.working, report.waiting, report.incidents) = ([], [], [], [], [])
        report.ledger = LedgerState(path: "", origin: ledger.origin, failure: ledger.failure.map { _ in "see the journal" })
        report.settings = nil
        report.isReduced = true
        return report
    }

    /// How many rows of a list are in this answer.
    public func rows(of list: List) -> Int {
        switch list {
        case .sources: sources.count
        case .destinations: destinations.count
        case .working: working.count
        case .waiting: waiting.count
        case .incidents: incidents.count
        }
    }

    /// Puts the rows of the pages in the place of a list's beginning.
    public mutating func replace(_ list: List, with pages: [StatusReport]) {
        switch list {
        case .sources: sources = pages.flatMap(\.sources)
        case .destinations: destinations = pages.flatMap(\.destinations)
        case .working: working = pages.flatMap(\.working)
        case .waiting: waiting = pages.flatMap(\.waiting)
        case .incidents: incidents = pages.flatMap(\.incidents)
        }
    }

    /// A text as long as an answer has it.
    public static func shortened(_ text: String) -> String {
        guard text.utf8.count > textBytes else { return text }
        var short = text.prefix(textBytes)
        while short.utf8.count > textBytes - 3 { short.removeLast() }
        return short + "…"
    }
}
