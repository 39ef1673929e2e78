/// Finds the rows of one file that speak of the same vehicle and stage: none of them can be the right one.
struct RepeatedVehicles {
    /// For each row whose vehicle stands in the file more than once: another row with it.
    private(set) var rows: [Int: Int] = [:]
    private var rowByVehicle: [String: Int] = [:]

    mutating func note(_ line: RecordLine) {
        guard !line.vin.isEmpty else { return }
        let vehicle = "\(line.vin)-\(line.stage)"
        if let first = rowByVehicle[vehicle] {
            rows[line.row] = first
            rows[first] = rows[first] ?? line.row
        } else {
            rowByVehicle[vehicle] = line.row
        }
    }
}
