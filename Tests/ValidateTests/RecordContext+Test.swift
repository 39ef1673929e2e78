import Certificate

@testable import Validate

extension RecordContext {
    /// Row 2 on a fixed day, with a name for every column.
    static let test: RecordContext = {
        guard let today = CalendarDate(year: 2026, month: 9, day: 1) else { fatalError("the calendar has this day") }
        return RecordContext(row: 2, today: today) { "COLUMN_\($0)" }
    }()
}
