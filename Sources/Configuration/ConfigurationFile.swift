import Linux
import TOMLKit

/// One TOML file: its bytes as they are digested, and its decoding with errors that name the line.
struct ConfigurationFile {
    let path: String
    let bytes: [UInt8]

    static let maximumBytes = 1 << 20

    init(path: String) throws(ConfigurationError) {
        self.path = path
        do {
            let descriptor = try Descriptor.open(path)
            bytes = try descriptor.readAll(limit: Self.maximumBytes)
        } catch {
            throw ConfigurationError(
                file: path, message: "can't be read: \(error)", remedy: "Check that it exists and that ecocd may read it.")
        }
    }

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws(ConfigurationError) -> Value {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationError(file: path, message: "isn't UTF-8 text", remedy: "Save it as UTF-8.")
        }
        if let fault = TOMLScanner.fault(in: bytes) {
            throw ConfigurationError(file: path, line: fault.line, message: "isn't valid TOML: \(fault.message)", remedy: "Mend this line.")
        }
        do {
            return try TOMLDecoder(strictDecoding: true).decode(type, from: text)
        } catch {
            throw explained(error, text)
        }
    }

    private func explained(_ error: any Error, _ text: String) -> ConfigurationError {
        switch error {
        case let error as TOMLParseError:
            ConfigurationError(
                file: path, line: error.source.begin.line, message: "isn't valid TOML: \(error.description)", remedy: "Mend this line.")
        case let error as UnexpectedKeysError:
            unknownKey(error.keys.keys.sorted().first ?? "", text)
        case let error as DecodingError:
            explained(error, text)
        default:
            ConfigurationError(file: path, message: "\(error)", remedy: "Compare it with the shipped example.")
        }
    }

    private func unknownKey(_ key: String, _ text: String) -> ConfigurationError {
        ConfigurationError(
            file: path, line: line(of: key, text), message: "'\(key)' is no setting known here",
            remedy: "Look for a typing mistake, or compare with the shipped example.")
    }

    private func explained(_ error: DecodingError, _ text: String) -> ConfigurationError {
        switch error {
        // What is set with a value of the wrong kind is called missing, too.
        case .keyNotFound(let key, _) where line(of: key.stringValue, text) != nil:
            wrongKind(key.stringValue, text)
        case .keyNotFound(let key, _):
            ConfigurationError(file: path, message: "'\(key.stringValue)' is missing", remedy: "Add it; the shipped example shows how.")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            wrongKind(context.codingPath.last?.stringValue ?? "", text)
        @unknown default:
            ConfigurationError(file: path, message: "\(error)", remedy: "Compare it with the shipped example.")
        }
    }

    private func wrongKind(_ key: String, _ text: String) -> ConfigurationError {
        ConfigurationError(
            file: path, line: line(of: key, text), message: "'\(key)' has a value of the wrong kind",
            remedy: "Write it as the shipped example does (text in quotes, numbers and true/false without).")
    }

    /// A fault in what is set for `key`.
    func fault(at key: String, _ message: String, _ remedy: String) -> ConfigurationError {
        ConfigurationError(file: path, line: line(of: key, String(decoding: bytes, as: UTF8.self)), message: message, remedy: remedy)
    }

    /// A fault in the first line that has `text`.
    func fault(in text: String, _ message: String, _ remedy: String) -> ConfigurationError {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return ConfigurationError(file: path, line: lines.firstIndex { $0.contains(text) }.map { $0 + 1 }, message: message, remedy: remedy)
    }

    /// The first line on which `key` is set or opens a table.
    private func line(of key: String, _ text: String) -> Int? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let index = lines.firstIndex { line in
            let start = line.drop { $0 == " " || $0 == "[" || $0 == "\"" || $0 == "\t" }
            guard start.hasPrefix(key), let next = start.dropFirst(key.count).first else { return false }
            return " =]\".\t".contains(next)
        }
        return index.map { $0 + 1 }
    }
}
