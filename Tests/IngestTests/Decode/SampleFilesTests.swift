import Certificate
import Foundation
import Testing

@testable import Ingest

/// The exports in Samples/erp: one that speaks in paths, and a legacy one with a mapping.
@Suite struct SampleFilesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples/erp")

    private static func read(_ name: String, _ profile: Profile) throws -> [Record] {
        #expect(profile.check().map(\.message) == [])
        let reader = try RecordReader(path: folder.appending(path: name).path, profile: profile)
        var records: [Record] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    @Test func pathsAsHeaders() throws {
        let records = try Self.read("vehicles.csv", DecodeMaterial.csv())
        #expect(records.count >= 24)
        #expect(records.allSatisfy { $0.findings.isEmpty })
        #expect(records.first?.row == 2)
    }

    @Test func aLegacyExport() throws {
        func column(_ name: String, _ target: String, _ conversion: ValueConversion = .init()) -> ColumnRule {
            ColumnRule(column: .name(name), target: target, conversion: conversion)
        }
        let date = ValueConversion(dateForm: "dd.MM.yyyy")
        var profile = Profile(format: .csv(CSVDialect(delimiter: ";")), encoding: .windows1252)
        profile.mapping = [
            column("Fahrgestellnummer", "VehicleIdentificationNumber", .init(uppercase: true)),
            column("Baudatum", "DateManufactureVehicle", date), column("Unterschrift am", "SignatureDate", date),
            column("Tatsächliche Masse (t)", "ActualMass", .init(decimalComma: true, factor: "1000")),
            column("Prüfmasse (kg)", "WltpEmissionTestMass", .init(decimalComma: true, thousandsSeparator: ".")),
            column("Fahrwiderstand f0 (N)", "WltpRoadLoadCoefficientF0", .init(decimalComma: true)),
            column("Stirnfläche (cm²)", "WltpFrontalArea", .init(decimalComma: true, thousandsSeparator: ".", factor: "0.0001")),
        ]
        profile.ignoredColumns = ["*"]
        let records = try Self.read("vehicles-legacy.csv", profile)
        let first = try #require(records.first)
        #expect(first.values[try DecodeMaterial.key("ActualMass")] == "1341")
        #expect(first.values[try DecodeMaterial.key("WltpEmissionTestMass")] == "1366")
        #expect(first.values[try DecodeMaterial.key("WltpRoadLoadCoefficientF0")] == "104.9")
        #expect(first.values[try DecodeMaterial.key("WltpFrontalArea")] == "2.438")
        #expect(first.values[try DecodeMaterial.key("DateManufactureVehicle")] == "2026-09-01")
        // 1,84o and 05.13.2026 stand in the file.
        #expect(records.flatMap(\.findings).map(\.rule) == ["CONV-01", "CONV-03"])
    }
}
