/// What stands around the values: the page's head, and its texts in one language.
struct PageFrame: Sendable {
    let title: [UInt8]
    let draftNotice: [UInt8]
    let notice: [UInt8]
    let seal: [UInt8]
    let digest: [UInt8]
    let unsealed: [UInt8]
    /// Stands for the value of an empty item.
    let empty: [UInt8]
    private let start: [UInt8]
    private let readingCopy: String
    private let duplicate: String
    private let draft: String
    private let page: String

    init(_ texts: PageTexts) {
        func content(_ key: String) -> [UInt8] {
            var bytes: [UInt8] = []
            PageText.append(texts[key], to: &bytes)
            return bytes
        }
        title = content("title")
        draftNotice = content("draft-notice")
        notice = content("notice")
        seal = content("seal")
        digest = content("digest")
        unsealed = content("unsealed")
        empty = content("empty")
        readingCopy = texts["reading-copy"]
        duplicate = texts["duplicate"]
        draft = texts["draft"]
        page = texts["page"]
        let language = texts.language.rawValue
        let head =
            "<!DOCTYPE html>\n<html lang=\"\(language)\" xml:lang=\"\(language)\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"UTF-8\"/>"
            // Nothing is to be loaded or run, whatever a value might hold.
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><style>\(PageStyle.sheet)"
        start = Array(head.utf8)
    }

    /// `Duplicate · Reading copy`.
    func kind(isDuplicate: Bool, isDraft: Bool) -> String {
        [isDraft ? draft : nil, isDuplicate ? duplicate : nil, readingCopy].compactMap(\.self).joined(separator: " · ")
    }

    /// Everything up to the body. Vehicle and kind of copy stand in it as literal text, for the foot of each printed page: no browser
    /// knows `string-set`. A browser that prints the title instead shows them, too.
    func appendStart(vin: String, kind: String, to bytes: inout [UInt8]) {
        bytes += start
        PageStyle.appendFoot(vin, kind, page: page, to: &bytes)
        bytes += Array("</style><title>".utf8)
        PageText.append(vin, to: &bytes)
        if kind != readingCopy { PageText.append(" · \(kind)", to: &bytes) }
        bytes += Array("</title></head>".utf8)
    }
}
