import TOML

/// Gathers what is wrong in a configuration while it is read, so that one run tells everything. Lives in one reading, on one thread.
final class SettingsFaults {
    private var faults: [ConfigurationError] = []

    var count: Int { faults.count }

    func add(_ fault: ConfigurationError) { faults.append(fault) }

    func add(_ file: String, _ position: TOMLPosition?, _ message: String, _ remedy: String) {
        add(ConfigurationError(file: file, line: position?.line, column: position?.column, message: message, remedy: remedy))
    }

    /// - Parameter files: in the order in which their faults are told.
    /// - Throws: when there is a fault.
    func check(_ files: [String]) throws(ConfigurationRefusal) {
        guard !faults.isEmpty else { return }
        let ranks = Dictionary(files.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        throw ConfigurationRefusal(
            faults: faults.sorted { left, right in
                let places = [left, right].map { (ranks[$0.file] ?? 0, $0.line ?? 0, $0.column ?? 0) }
                return places[0] < places[1]
            })
    }
}
