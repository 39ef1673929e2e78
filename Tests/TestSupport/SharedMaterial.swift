public import Foundation

/// Other people's schema and examples, which tests read where they lie: the folder named by ECOCD_SHARED, else `shared` beside the package.
public enum SharedMaterial {
    public static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["ECOCD_SHARED"] { return URL(filePath: path) }
        return URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared").standardized
    }()

    public static let schema = folder.appending(path: "ivi/InitialVehicleInformation-2.0.xsd")

    public static var isPresent: Bool { FileManager.default.fileExists(atPath: schema.path) }

    public static let absence = "the shared folder with the IVI schema isn't there; set ECOCD_SHARED"

    public static let examples = ["L1e", "M1-01-electric", "M1-04-plugin", "M1-06-electric", "N2-01-electric"]

    public static func example(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: "ivi/examples/\(name).xml")))
    }
}
