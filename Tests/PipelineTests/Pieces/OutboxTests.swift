import Foundation
import Hashing
import Testing

@testable import Pipeline

/// A staged bundle in every state that a crash or a collector can leave.
@Suite struct OutboxTests {
    private static let file = "V-1-v1.asice"
    private static let sha256 = SHA256.hexadecimal(of: Array("bundle".utf8))

    private func release(_ folder: Folder) throws {
        try Outbox(destination: "nap", path: folder.path).release([(Self.file, Self.sha256)])
    }

    @Test func stagedBundleAppears() throws {
        try Folder.with { folder in
            try folder.write(".\(Self.file).part", "bundle")
            try release(folder)
            #expect(try folder.names() == [Self.file])
        }
    }

    /// Released before the crash, and collected since: it must not come again.
    @Test func collectedBundleStaysAway() throws {
        try Folder.with { folder in
            try release(folder)
            #expect(try folder.names().isEmpty)
        }
    }

    @Test func sameBundleThereAlready() throws {
        try Folder.with { folder in
            try folder.write(".\(Self.file).part", "bundle")
            try folder.write(Self.file, "bundle")
            try release(folder)
            #expect(try folder.names() == [Self.file])
        }
    }

    @Test func strangerOfThatNameIsNeverReplaced() throws {
        try Folder.with { folder in
            try folder.write(".\(Self.file).part", "bundle")
            try folder.write(Self.file, "something else")
            let fault = #expect(throws: SubmissionFault.self) { try release(folder) }
            #expect(fault?.description.contains(folder[Self.file]) == true)
            #expect(try String(contentsOfFile: folder[Self.file], encoding: .utf8) == "something else")
            #expect(try folder.names().count == 2)
        }
    }
}
