import Certificate
import Foundation
import Testing

@testable import Validate

/// The project's own samples, merged and checked row by row.
@Suite struct SamplesTests {
    private static let folder = SharedMaterial.packageRoot.appending(path: "Samples")

    private static func lines(_ name: String) throws -> [String] {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(whereSeparator: \.isNewline).map(String.init)
    }

    private static func library(_ name: String) throws -> ReferenceLibrary {
        let files = try FileManager.default.contentsOfDirectory(at: folder.appending(path: name), includingPropertiesForKeys: nil)
        return ReferenceLibrary(
            try files.filter { $0.pathExtension == "xml" }.map { file in
                try ReferenceLibrary.read(name: file.lastPathComponent, bytes: Array(try Data(contentsOf: file)), sha256: "")
            })
    }

    /// The samples have no quoted cells.
    private static func drafts(_ export: String, _ reference: String) throws -> [Int: CertificateDraft] {
        let library = try library(reference)
        let today = try #require(CalendarDate(year: 2026, month: 10, day: 1))
        let lines = try lines(export)
        let names = try #require(lines.first).split(separator: ",").map(String.init)
        let keys = try names.map { try FieldPath.parse($0) }
        var drafts: [Int: CertificateDraft] = [:]
        for (index, line) in lines.enumerated().dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let fields = zip(keys, cells).enumerated().filter { !$1.1.isEmpty }.map { Field($1.0, $1.1, .record($0 + 1)) }
            let context = RecordContext(row: index + 1, today: today) { names[$0 - 1] }
            drafts[index + 1] = RecordValidation.validate(
                record: FieldValues(fields), constants: FieldValues(), library: library, context: context)
        }
        return drafts
    }

    /// That a VIN comes twice is seen by the pipeline, not by the rules.
    @Test func rowsBecomeWhatTheSampleExpects() throws {
        let drafts = try Self.drafts("erp/vehicles.csv", "reference")
        for line in try Self.lines("erp/vehicles.expected.csv").dropFirst() {
            let cells = line.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
            let draft = try #require(Int(cells[0]).flatMap { drafts[$0] })
            let errors = draft.findings.filter { $0.severity == .error }
            if cells[2] == "published" {
                #expect(draft.findings.isEmpty, "row \(cells[0]): \(draft.findings.map(\.message))")
            } else if !cells[4].contains("VIN") {
                let isNamed = errors.contains { $0.element?.hasSuffix(cells[3]) == true } || errors.map(\.rule) == ["REF-01"]
                #expect(isNamed, "row \(cells[0]): \(errors.map(\.message))")
            }
        }
    }

    /// One vehicle of each category and powertrain, and nothing to find.
    @Test func fleetIsSound() throws {
        let drafts = try Self.drafts("fleet/vehicles.csv", "fleet/reference")
        #expect(drafts.count == 60)
        for (row, draft) in drafts.sorted(by: { $0.key < $1.key }) {
            let name = draft.reference?.name ?? "no reference record"
            #expect(draft.findings.isEmpty, "row \(row), \(name): \(draft.findings.map { "\($0.rule): \($0.message)" })")
        }
    }

    @Test func fleetHasEveryKindOfVehicle() throws {
        let vehicles = try Self.drafts("fleet/vehicles.csv", "fleet/reference").values
        func all(_ place: Place) -> Set<String> { Set(vehicles.flatMap { $0.values.fields.filter { $0.key.isOf(place) }.map(\.value) }) }
        let categories = all(.vehicleCategory)
        #expect(categories.isSuperset(of: ["M1", "M1G", "M1S", "M2", "M3", "N1", "N2", "N3G", "O1", "O2", "O3", "O4"]))
        #expect(categories.isSuperset(of: ["L1e-B", "L3e-A2", "L5e-B", "T1b", "C1a", "R3a", "S1a"]))
        // Petrol, E85, diesel, LPG, CNG, hydrogen and electricity.
        #expect(all(.energySource) == ["10", "16", "20", "30", "40", "50", "95"])
        #expect(all(.classHybridVehicle) == ["NOVC-HEV", "OVC-HEV", "NOVC-FCHV"] && all(.fuelType) == ["M", "B", "F"])
        #expect(all(.stageOfCompletion) == ["C", "I", "V"] && all(.pureElectricVehicleIndicator) == ["Y", "N"])
        #expect(
            vehicles.contains {
                $0.values.groups(of: Place.energyConvertorGroup.element).count == 2
                    && $0.values.fields.contains { $0.key.isOf(.consolidatedMaximum30MinutesPower) }
            })
    }

    /// A chassis of stage 1 and the vehicle of stage 2 made of it share the VIN and name each other.
    @Test func fleetHasAVehicleOfTwoStages() throws {
        let vehicles = try Self.drafts("fleet/vehicles.csv", "fleet/reference").values
        let later = vehicles.filter { $0.stage == 2 }
        #expect(later.count == 2)
        for vehicle in later {
            let earlier = try #require(
                vehicles.first { $0.stage == 1 && $0.vehicleIdentificationNumber == vehicle.vehicleIdentificationNumber })
            func text(_ place: Place, _ draft: CertificateDraft) -> String? {
                draft.values.fields.first { $0.key.isOf(place) }?.value
            }
            #expect(text(.previousStageTypeApprovalNumber, vehicle) == text(.typeApprovalNumber, earlier))
            #expect(text(.previousStageVariant, vehicle) == text(.variant, earlier))
        }
    }
}

extension FieldKey {
    fileprivate func isOf(_ place: Place) -> Bool { resolve(in: .initialVehicleInformation).element.id == place.element.id }
}
