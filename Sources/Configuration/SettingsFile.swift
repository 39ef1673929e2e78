import Linux
import TOML

/// One file of settings: its bytes as they are digested, and its TOML.
struct SettingsFile {
    let path: String
    let bytes: [UInt8]

    static let maximumBytes = 1 << 20

    init(path: String) throws(ConfigurationError) {
        self.path = path
        do {
            bytes = try Descriptor.open(path).readAll(limit: Self.maximumBytes)
        } catch {
            throw ConfigurationError(
                file: path, message: "can't be read: \(error)", remedy: "Check that it exists and that ecocd may read it.")
        }
    }

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The file as one table; nil, with faults added, when it isn't TOML.
    func table(_ faults: SettingsFaults) -> SettingsTable? {
        do {
            return SettingsTable(try TOMLDocument(bytes, maximumBytes: Self.maximumBytes).root, file: path, faults: faults)
        } catch {
            for fault in error.faults {
                let isEncoding = fault.message.contains("UTF-")
                faults.add(
                    path, fault.position, "isn't valid TOML: \(fault.message)", isEncoding ? "Save it as UTF-8." : "Mend this line.")
            }
            return nil
        }
    }
}
