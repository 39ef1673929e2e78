/// What is said about files that are no text.
extension FileRejection {
    static func unreadable(_ reason: String) -> FileRejection {
        FileRejection(
            .unreadable, cause: .system, "The file could not be read: \(reason).",
            remedy: "Check the disk and the rights of the spool; the file itself may be good and can be tried again.")
    }

    static func tooLarge(size: Int, limit: Int) -> FileRejection {
        FileRejection(
            .tooLarge, "The file has \(size) bytes; the limit is \(limit).", remedy: "Drop the vehicles in several smaller files.")
    }

    static func contradictingMark(_ encoding: TextEncoding) -> FileRejection {
        FileRejection(
            .encoding, "The file begins with a Unicode byte order mark, but its source is set to \(encoding.rawValue).",
            remedy: "Set the source's encoding to utf-8, or export the file as \(encoding.rawValue).")
    }

    static func undecodable(
        _ problem: TextForm.Problem, at offset: Int, line: Int, bytes: ArraySlice<UInt8>, form: TextForm
    ) -> FileRejection {
        let place = "Line \(line), byte \(offset + 1) of the file:"
        switch problem {
        case .nul:
            return FileRejection(
                .binary, "\(place) a NUL character, which no text file holds.",
                remedy: "Export the vehicles as text; if the file is UTF-16, set the source's encoding to utf-16.")
        case .truncated:
            return FileRejection(
                .encoding, "\(place) the file ends inside a character of \(form.name).",
                remedy: "The file was cut off: send it again, complete.")
        case .invalid(let length):
            let shown = bytes.prefix(length).map(hexadecimal).joined(separator: " ")
            return FileRejection(
                .encoding, value: shown, "\(place) \(shown) is no character in \(form.name).",
                remedy: form == .utf8
                    ? "Export the file as UTF-8, or set the source's encoding to what the system writes, often windows-1252."
                    : "Set the source's encoding to what the system writes, often windows-1252, or export the file as UTF-8.")
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
