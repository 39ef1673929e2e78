import Audit
import Foundation

/// Looks at one bundle as three different people would: a person with `unzip`, an auditor with the ledger, an authority with stock tools.
struct DemoInspection {
    let house: DemoHouse
    let bundle: DemoResult.Bundle

    func show() throws {
        step("One bundle: \(bundle.file)")
        try type("unzip -l \(bundle.file)", in: house.outbox)
        step("What the ledger says of vehicle \(bundle.vin)")
        HistoryLine.show(try LedgerReader(path: "\(house.state)/ledger.db").history(vin: bundle.vin))
        Console.line()
        try type("\(own()) ledger verify --config \(house.config)", in: house.root)
        step("The bundle, verified by ecocctl")
        try type("\(own()) verify \(house.outbox)/\(bundle.file) --trusted \(house.trusted)", in: house.root)
        step("The bundle, verified by stock tools")
        let work = "\(house.root)/stock-tools"
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        try type("unzip -q -o \(house.outbox)/\(bundle.file)", in: work)
        try type("xmlsec1 --verify --trusted-pem \(house.trusted) --enabled-key-data x509 \(bundle.vin).xml", in: work)
        try type(
            "openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml"
                + " -CAfile \(house.trusted) -out /dev/null", in: work)
    }

    private func step(_ text: String) { Console.line("\n== \(text)\n") }

    private func own() throws -> String { try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") }

    /// Shows the command line, runs it, shows what it printed; a failure ends the demo.
    private func type(_ command: String, in directory: String) throws {
        Console.line("$ \(command)")
        let output = try DemoProcess.shell(command, in: directory)
        Console.line(output.text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n"))
        guard output.status == 0 else { throw CommandRefusal(.no, "That command failed with exit code \(output.status).") }
    }
}
