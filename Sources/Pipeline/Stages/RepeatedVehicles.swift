/// Finds the rows of one file that speak of the same vehicle and stage: none of them can be the right one.
///
/// Takes 32 bytes a vehicle or so, since a VIN and a stage fit into one number.
struct RepeatedVehicles {
    /// For each row whose vehicle stands in the file more than once: another row with it.
    private(set) var rows: [Int: Int] = [:]
    private var rowByVehicle: [UInt128: Int] = [:]

    /// A line without a valid VIN is passed over: it is rejected anyway.
    mutating func note(_ line: RecordLine) {
        guard let vehicle = Self.number(line) else { return }
        if let first = rowByVehicle[vehicle] {
            rows[line.row] = first
            rows[first] = rows[first] ?? line.row
        } else {
            rowByVehicle[vehicle] = line.row
        }
    }

    /// Seventeen characters of 36 take 88 bits, the stage the rest.
    private static func number(_ line: RecordLine) -> UInt128? {
        guard line.vin.utf8.count == 17, 0...99 ~= line.stage else { return nil }
        var number = UInt128(line.stage)
        for character in line.vin.utf8 {
            switch character {
            case 0x30...0x39: number = number * 36 + UInt128(character - 0x30)
            case 0x41...0x5A: number = number * 36 + UInt128(character - 0x41 + 10)
            default: return nil
            }
        }
        return number
    }
}
