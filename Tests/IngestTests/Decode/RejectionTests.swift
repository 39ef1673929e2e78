import Certificate
import Foundation
import Glibc
import Testing

@testable import Ingest

/// Every reason for which a whole file goes back, and what is said about it.
@Suite struct RejectionTests {
    private static func message(_ result: Result<[Record], FileRejection>) -> String {
        if case .failure(let rejection) = result { rejection.finding.message } else { "" }
    }

    @Test(arguments: ["", "\n", "\r\n\r\n", "\u{FEFF}", "  ,  \n"]) func emptyFiles(_ text: String) throws {
        #expect(try DecodeMaterial.read(text).rule == .empty)
    }

    @Test(arguments: ["Type", "Type\n", "Type,Variant\n,\n , \n\n"]) func noVehicles(_ text: String) throws {
        #expect(try DecodeMaterial.read(text).rule == .noRecords)
    }

    @Test func anUnknownHeaderNamesTheNearest() throws {
        let result = try DecodeMaterial.read("Colur,ActualMas,AxleTable[2].AxleTrak,Foo Bar Baz,MassGroup\n1,2,3,4,5\n")
        #expect(result.rule == .unknownColumn)
        let message = Self.message(result)
        #expect(message.hasPrefix("5 columns are no path of IVI 2.0:"))
        #expect(message.contains("'Colur' (nearest: Colour)"))
        #expect(message.contains("'ActualMas' (nearest: ActualMass)"))
        #expect(message.contains("'AxleTable[2].AxleTrak' (nearest: AxleTable[2].AxleTrack)"))
        #expect(message.contains("'Foo Bar Baz' (there is no element"))
        #expect(message.contains("'MassGroup' ('MassGroup' is a group, not a value)"))
        guard case .failure(let rejection) = result else { return }
        #expect(rejection.finding.column == "Colur")
        #expect(rejection.cause == .content)
    }

    @Test(arguments: ["Type,Type\nA,B\n", "ActualMass,CocDataGroup.MassGroup.ActualMass\n1,2\n", "AxleTrack,AxleTable[1].AxleTrack\n1,2\n"])
    func twoColumnsForOneValue(_ text: String) throws {
        #expect(try DecodeMaterial.read(text).rule == .duplicateColumn)
    }

    @Test func aMappedColumnIsMissing() throws {
        var profile = DecodeMaterial.csv()
        profile.mapping = [ColumnRule(column: .name("Farbe"), target: "Colour")]
        let result = try DecodeMaterial.read("Farben\n1\n", profile)
        #expect(result.rule == .missingColumn)
        #expect(Self.message(result).contains("The nearest name in the file is 'Farben'."))
        profile.mapping = [ColumnRule(column: .number(3), target: "Colour")]
        #expect(try DecodeMaterial.read("Farbe,B\n1,2\n", profile).rule == .missingColumn)
    }

    @Test func aColumnThatNobodyMapped() throws {
        var profile = DecodeMaterial.csv()
        profile.mapping = [ColumnRule(column: .name("Farbe"), target: "Colour")]
        #expect(try DecodeMaterial.read("Farbe,Type\n1,A\n", profile).rule == .unknownColumn)
        for ignored in ["Type", "*"] {
            profile.ignoredColumns = [ignored]
            #expect(try DecodeMaterial.read("Farbe,Type\n1,A\n", profile).get().first?.values.count == 1)
        }
    }

    @Test(arguments: ["Type\n\"A", "Type\n\"A\nB\n", "Type\n\"A\"\"", "\"Type\n"]) func quoteOpenAtTheEnd(_ text: String) throws {
        for chunkSize in [1, 2, 100] {
            #expect(try DecodeMaterial.read(text, chunkSize: chunkSize).rule == .unterminatedQuote)
        }
    }

    @Test func aCellOfTenMegabytes() throws {
        let text = Array("Type,Remark\nA,".utf8) + [UInt8](repeating: 0x41, count: 10 << 20) + [0x0A]
        for quote in [[], [UInt8(0x22)]] {
            let result = try DecodeMaterial.read(Array("Type,Remark\nA,".utf8) + quote + text, chunkSize: 1 << 16)
            #expect(result.rule == .longRow)
            #expect(Self.message(result).contains("A quoted field in it is still open") == !quote.isEmpty)
        }
    }

    @Test func limits() throws {
        var profile = DecodeMaterial.csv()
        profile.limits.fileBytes = 10
        #expect(try DecodeMaterial.read("Type\nA\nBCDEF\n", profile).rule == .tooLarge)
        profile.limits = Profile.Limits(rowBytes: 8)
        #expect(try DecodeMaterial.read("Type\n1234567\n", profile).get().count == 1)
        for chunkSize in [1, 3, 100] {
            #expect(try DecodeMaterial.read("Type\n12345678\n", profile, chunkSize: chunkSize).rule == .longRow)
        }
        profile.limits = Profile.Limits(columns: 2)
        #expect(try DecodeMaterial.read("Type,Variant,Version\n1,2,3\n", profile).rule == .tooManyColumns)
    }

    @Test func aFileThatIsNotThereIsTheMachinesProblem() {
        #expect {
            _ = try RecordReader(path: "/nonexistent/file", profile: DecodeMaterial.csv())
        } throws: { error in
            (error as? FileRejection)?.cause == .system
        }
    }

    @Test func aNamedPipeIsNotWaitedFor() throws {
        let file = try DecodeMaterial.File("")
        let path = file.path + ".pipe"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: FileRejection.self) { _ = try RecordReader(path: path, profile: DecodeMaterial.csv()) }
    }

    @Test func aBadProfileIsNotTheFilesFault() throws {
        var profile = DecodeMaterial.csv()
        profile.mapping = [ColumnRule(column: .name("A"), target: "Nonsense")]
        guard case .failure(let rejection) = try DecodeMaterial.read("A\n1\n", profile) else {
            Issue.record("a bad profile was used")
            return
        }
        #expect(rejection.cause == .profile)
        #expect(rejection.description.hasPrefix("FILE-34: The source's profile has errors: mapping for column 'A':"))
    }

    @Test func afterAnErrorThereIsNothing() throws {
        let file = try DecodeMaterial.File("Type\nA\n\"B")
        let reader = try RecordReader(path: file.path, profile: DecodeMaterial.csv())
        #expect(try reader.next() != nil)
        #expect(throws: FileRejection.self) { try reader.next() }
        #expect(try reader.next() == nil)
    }
}
