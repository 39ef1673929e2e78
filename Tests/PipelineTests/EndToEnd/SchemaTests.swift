import Foundation
import Glibc
import Testing

/// The official schema as a second opinion before the seal.
@Suite struct SchemaTests {
    /// A schema that knows no message: a disagreement stops the submission, and nobody calls the ERP's file wrong.
    @Test func disagreementIsAnIncident() async throws {
        try await House.empty(schema: nil) { house in
            let schema = "\(house.root)/other.xsd"
            try house.write(
                "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"Other\" type=\"xs:string\"/></xs:schema>",
                to: schema)
            let settings = try String(contentsOfFile: house.config, encoding: .utf8)
            try house.write("schema = \"\(schema)\"\n\(settings)", to: house.config)
            try await house.start()
            try house.drop(Export.file([1]), as: "file.csv")
            try await house.eventually("the incident is shown") { try !house.status().incidents.isEmpty }
            let incident = try house.status().incidents[0]
            #expect(incident.what.contains("other.xsd") && incident.what.contains("\(Export.vin(1))-1-v1"), "\(incident)")
            let kinds = try house.reader.history(submission: incident.submission).compactMap(\.record?.kind)
            #expect(kinds.filter { $0 == "incident" }.count == 1 && !kinds.contains("sealed"))
            #expect(house.reports(of: "file.csv").isEmpty && house.bundles().isEmpty)

            try await house.end()
            try house.write(settings, to: house.config)
            try await house.start()
            #expect(try await house.report(of: "file.csv").bundles == [Export.bundle(1)])
        }
    }

    @Test func unusableSchemaKeepsTheDaemonFromStarting() async throws {
        try await House.empty(schema: "/nonexistent/official.xsd") { house in
            try house.launch()
            try await house.eventually("the daemon ends") { !house.isRunning }
            #expect(house.logText().contains("/nonexistent/official.xsd can't be used as a schema"))
        }
    }
}
