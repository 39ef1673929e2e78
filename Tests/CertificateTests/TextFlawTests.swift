import TestSupport
import Testing

@testable import Certificate

@Suite struct TextFlawTests {
    @Test(arguments: [
        ("", nil), ("WAUZZZ1A2BC004711", nil), ("Škoda Straße 1, Łódź · 5 ½ µm £ €", nil), ("T\t1", "holds U+0009 (a tab) at position 2"),
        ("a\r\nb", "holds U+000D (a line break) at position 2"), ("\u{2028}", "holds U+2028 (a line break) at position 1"),
        ("ü\u{200B}b", "holds U+200B (a zero-width space) at position 2"), ("Jo\u{AD}hn", "holds U+00AD (a soft hyphen) at position 3"),
        ("a\u{202E}b", "holds U+202E (which changes the direction of the text) at position 2"),
        ("a\u{61C}", "holds U+061C (which changes the direction of the text) at position 2"),
        ("\u{FEFF}a", "holds U+FEFF (a byte order mark) at position 1"), ("a\u{7F}", "holds U+007F (a control character) at position 2"),
        ("a\u{90}", "holds U+0090 (a control character) at position 2"),
        ("a\u{E000}", "holds U+E000 (a character for private use) at position 2"),
        ("a\u{34F}b", "holds U+034F (which has no width) at position 2"), ("\u{3164}", "holds U+3164 (which has no width) at position 1"),
        ("\u{FFFD}", "holds U+FFFD (which stands for a character that is already lost) at position 1"),
    ])
    func hiddenCharacters(text: String, expected: String?) {
        for kind in [TextFlaw.Kind.language, .designation] { #expect(TextFlaw.first(in: text, kind)?.words == expected) }
    }

    @Test(arguments: [
        ("WАUZZZ1A2BC004711", "holds the Cyrillic letter А (U+0410) at position 2, which looks like the Latin A"),
        ("AURΟRA", "holds the Greek letter Ο (U+039F) at position 4, which looks like the Latin O"),
        ("Vяriant", "holds the Cyrillic letter я (U+044F) at position 2, in a Latin word"),
        ("Ａ1b", "holds the Fullwidth letter Ａ (U+FF21) at position 1, which looks like the Latin A"),
        ("1𝐀b", "holds the mathematical letter 𝐀 (U+1D400) at position 2, which looks like the Latin A"),
        ("273K b5\u{212A}", "holds the Kelvin letter \u{212A} (U+212A) at position 8, which looks like the Latin K"),
        ("a\u{663}", "holds the Arabic-indic digit ٣ (U+0663) at position 2, which looks like the digit 3"),
    ])
    func foreignLettersInLatinWords(text: String, expected: String) {
        for kind in [TextFlaw.Kind.language, .designation] { #expect(TextFlaw.first(in: text, kind)?.words == expected) }
    }

    /// A language may have another script, and a designation may not hold what looks like Latin.
    @Test(arguments: [
        ("В1", "holds the Cyrillic letter В (U+0412) at position 1, which looks like the Latin B"), ("ж1", nil),
        ("е1*2018/858*00931*02", "holds the Cyrillic letter е (U+0435) at position 1, which looks like the Latin e"), ("Δ5", nil),
        ("Δp5", nil),
    ])
    func wordsOfAnotherScript(text: String, inDesignation: String?) {
        #expect(TextFlaw.first(in: text, .language) == nil)
        #expect(TextFlaw.first(in: text, .designation)?.words == inDesignation)
    }

    @Test(arguments: [
        ("София", nil), ("ул. Шипка 5, София 1000", nil), ("Ελένη Παπαδοπούλου", nil),
        ("Aθήνα", "the Latin letter A (U+0041) at position 1, in a word of Greek letters"),
        ("Cофия", "the Latin letter C (U+0043) at position 1, in a word of Cyrillic letters"),
        ("Μüller", "the Greek letter Μ (U+039C) at position 1, which looks like the Latin M"),
        ("BMW София", nil), ("José O\u{301}", nil), ("5 kΩ, 3 μm, λ", nil),
    ])
    func wordsOfLanguages(text: String, expected: String?) {
        #expect(TextFlaw.first(in: text, .language)?.words == expected.map { "holds \($0)" })
    }

    /// The look at bytes lets nothing pass that the look at characters finds.
    @Test func bytesAndCharactersAgree() {
        for value in UInt32(0)...0x3000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(scalar).utf8)
            let isClean = !TextFlaw.maySoil(bytes.span, 0..<bytes.count)
            guard isClean else { continue }
            let isLatin = ForeignLetter.script(of: scalar) == nil || ForeignLetter.script(of: scalar) == .latin
            if TextFlaw.isHidden(scalar) || !isLatin { Issue.record("U+\(scalar.hexadecimal)") }
        }
    }

    @Test func whatIsHiddenIsShown() {
        #expect(TextFlaw.visible("T\u{200B}1\u{1B}[2J") == "T⟨U+200B⟩1⟨U+001B⟩[2J")
        #expect(TextFlaw.visible("Größe") == "Größe")
    }
}
