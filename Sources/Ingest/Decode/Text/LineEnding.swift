/// How a text stops, as far as its line ends tell.
enum LineEnding: Equatable {
    /// Its last line has its end, or there is no text.
    case whole
    /// Its last line has no end.
    case missing
    /// It ends with CR where its lines end with CRLF.
    case half
    /// It is one line, ended by CR: all of its end or half of it.
    case unclear

    /// - Parameter text: its last two lines at least, or all of it.
    init(of text: ArraySlice<UInt8>) {
        switch text.last {
        case nil, 0x0A: self = .whole
        case 0x0D:
            let before = text.dropLast().lastIndex { $0 == 0x0A || $0 == 0x0D }
            self.init(afterCarriageReturn: before.map { text[$0] == 0x0A && $0 > text.startIndex && text[$0 - 1] == 0x0D })
        default: self = .missing
        }
    }

    /// A text that ends with CR.
    /// - Parameter isPair: whether the line before ends with CRLF; nil where there is none.
    init(afterCarriageReturn isPair: Bool?) { self = isPair.map { $0 ? .half : .whole } ?? .unclear }

    /// Why a text that stops so isn't whole: the rest of a sentence that begins with the file's name. Nil where nothing speaks against it.
    func flaw(_ lastLineEnd: Profile.LastLineEnd) -> String? {
        switch (self, lastLineEnd) {
        case (.whole, _), (.missing, .optional), (.unclear, .optional): nil
        case (.missing, .required): "isn't whole: the last row has no line end"
        case (.half, _), (.unclear, .required): "isn't whole: it ends inside a line end"
        }
    }
}
