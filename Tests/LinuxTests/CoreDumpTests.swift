import Linux
import Testing

@Suite struct CoreDumpTests {
    /// For this whole process, which needs no dumps either.
    @Test func memoryIsNobodyElses() {
        CoreDump.refuse()
        #expect(CoreDump.isRefused)
    }
}
