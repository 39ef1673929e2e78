/// CSV exports of trailers whose other values are in the sample reference data.
enum Export {
    static let header =
        "VehicleIdentificationNumber,TypeApprovalNumber,Type,Variant,Version,CommercialName,DateManufactureVehicle,ActualMass,"
        + "SignatureDate,Header.IntendedCountryRegistration"

    static func vin(_ number: Int) -> String {
        let digits = String(number)
        return "WZAAT5K1ZTB" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    static func row(_ number: Int, mass: String = "670") -> String {
        "\(vin(number)),e1*2018/858*00886*03,AT5,T5K,T5K18(2),HAUL 18,2026-08-28,\(mass),2026-08-30,PL"
    }

    static func file(_ rows: [String]) -> String { ([header] + rows).map { "\($0)\n" }.joined() }

    static func file(_ numbers: some Sequence<Int>, mass: String = "670") -> String { file(numbers.map { row($0, mass: mass) }) }

    static func bundle(_ number: Int) -> String { "\(vin(number))-1-v1.asice" }
}
