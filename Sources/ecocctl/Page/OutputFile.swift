import Foundation

/// A file that a command writes where a person says: whole under its name, or not at all.
enum OutputFile {
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let reason: String
        var description: String { "\(path) can't be written: \(reason)." }
    }

    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
            throw Failure(path: path, reason: error.localizedDescription)
        }
    }
}
