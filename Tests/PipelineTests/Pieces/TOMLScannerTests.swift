import Testing

@testable import Configuration

/// What toml++ would end the program at is refused before it sees it, and nothing else is.
@Suite struct TOMLScannerTests {
    private static func fault(_ text: String) -> TOMLScanner.Fault? { TOMLScanner.fault(in: Array(text.utf8)) }

    @Test(arguments: [
        "[[/.c]]", "[.b]", "[ =]", "[[ ä]]", "[\n", "[[\na]]", "x = '''a\nb'''\n[#]", "a = [\n[1],\n]\n[.]", "a = \"\\\"[\"\n[.]",
    ])
    func namesThatNoTableHas(text: String) {
        let last = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = (last.lastIndex { $0.hasPrefix("[") && !$0.hasPrefix("[1") } ?? 0) + 1
        #expect(Self.fault(text)?.line == line)
        #expect(throws: ConfigurationError.self) {
            try ConfigurationFile(path: "a.toml", bytes: Array(text.utf8)).decode([String: String].self)
        }
    }

    @Test(arguments: ["[.a]", "[[[a]]]", "a = [}"])
    func byteOrderMarkHidesNothing(text: String) {
        #expect(Self.fault("\u{FEFF}\(text)")?.line == 1)
        #expect(Self.fault("\u{FEFF}[a]\nb = 1") == nil)
    }

    @Test(arguments: ["a = [}", "a = [1,\n}", "a = }", "\na = ]", "a = {b = }"])
    func bracketsInsteadOfValues(text: String) {
        #expect(Self.fault(text)?.line == text.split(separator: "\n", omittingEmptySubsequences: false).count)
    }

    @Test(arguments: [
        "a = 1979-05-27Tnan31", "\na = [1979-05-27tx]", "a = [1,\n1979-05-27T+1]", "a = 1979-05-28 2]", "a = 1979-05-27T",
        "a = 1979-05-27 07:3",
    ])
    func datesThatAreCut(text: String) {
        #expect(Self.fault(text)?.line == text.split(separator: "\n", omittingEmptySubsequences: false).count)
    }

    @Test(arguments: [
        "", "[", "[[", "a = [1,\n2,\n]\nb = {}\nc = []\n", "[a]\n[ a . \"b\" ]\n[[ 'c' ]] # [.\n[-_0]\n", "a = [\n  [.5],\n  [],\n]\n[b]\n",
        "a = \"[\"\n[b]\n",
        "a = \"\"\"\n[.]\n\\\"\"\"\"\n[b]\n", "a = '''\n[.]'''''\n[b]\n", "a = {b = [\n[1]], c = ']'}\n[d]\n", "# [.\r\n[a]\r\n",
        "a = \"\\\\\"\n[b]\n",
        "a = 1979-05-27T07:32:00Z\nb = 1979-05-27 # a day\nd = 1979-05-27 07:32\nc = '1979-05-27Tx'\n1979-05-27Tx = 1\n",
        "a = \"never closed\n[.]\n",
    ])
    func allElseIsLeftAlone(text: String) { #expect(Self.fault(text) == nil) }
}
