import Testing

@testable import Ingest

@Suite struct ProfileCheckTests {
    private static func problems(_ rules: [ColumnRule]) -> [String] {
        Profile(format: .csv(CSVDialect()), mapping: rules).check().map(\.message)
    }

    @Test func agoodProfileHasNone() {
        #expect(Self.problems([]).isEmpty)
        #expect(
            Self.problems([
                ColumnRule(
                    column: .name("A"), target: "ActualMass",
                    conversion: .init(decimalComma: true, thousandsSeparator: ".", factor: "0.5")),
                ColumnRule(column: .number(2), target: "AxleTable[2].AxleTrack"),
            ]).isEmpty)
        #expect(Profile(format: .ivi(existingSignature: .reject)).check().map(\.message).isEmpty)
    }

    @Test func unknownPath() {
        let problem = Self.problems([ColumnRule(column: .name("Masse"), target: "ActualMas")]).first
        #expect(problem?.hasPrefix("mapping for column 'Masse': ActualMas:") == true)
        #expect(problem?.hasSuffix("the nearest is ActualMass") == true)
    }

    @Test func twoColumnsForOnePlace() {
        let problems = Self.problems([
            ColumnRule(column: .name("A"), target: "ActualMass"),
            ColumnRule(column: .number(2), target: "CocDataGroup.MassGroup.ActualMass"),
        ])
        #expect(problems == ["mapping for column number 2: CocDataGroup.MassGroup.ActualMass is already given by column 'A'"])
    }

    @Test(arguments: [
        (ValueConversion(factor: "abc"), "ActualMass", "the factor 'abc'"), (ValueConversion(factor: "0"), "ActualMass", "the factor '0'"),
        (ValueConversion(factor: "2"), "Type", "a factor has no use"),
        (ValueConversion(dateForm: "dd.MM.yy"), "TypeApprovalIssueDate", "the date form 'dd.MM.yy' can't be used: 'yy'"),
        (ValueConversion(dateForm: "dd.MM.yyyy"), "Type", "a date form has no use"),
        (ValueConversion(dateForm: "dd.MM.yyyy"), "IviVersionDateTime", "no time of day"),
        (ValueConversion(decimalComma: true, thousandsSeparator: ","), "ActualMass", "is also the decimal sign"),
        (ValueConversion(thousandsSeparator: "."), "ActualMass", "is also the decimal sign"),
        (ValueConversion(thousandsSeparator: "5"), "ActualMass", "can't separate thousands"),
    ])
    func badConversions(_ conversion: ValueConversion, _ target: String, _ expected: String) {
        let problems = Self.problems([ColumnRule(column: .name("A"), target: target, conversion: conversion)])
        #expect(problems.count == 1)
        #expect(problems.first?.contains(expected) == true, "\(problems)")
    }

    @Test func inheritedSettingsMayNotFitEveryElement() {
        let settings = ValueConversion(factor: "2", dateForm: "dd.MM.yyyy")
        let profile = Profile(
            format: .csv(CSVDialect()), mapping: [ColumnRule(column: .name("A"), target: "Type", conversion: settings)],
            defaultConversion: settings)
        #expect(profile.check().map(\.message).isEmpty)
    }

    @Test func columnsThatContradictEachOther() {
        var profile = Profile(
            format: .csv(CSVDialect(hasHeader: false)),
            mapping: [ColumnRule(column: .name("A"), target: "Type"), ColumnRule(column: .number(0), target: "Variant")])
        #expect(profile.check().map(\.message).count == 2)
        profile.mapping = []
        #expect(profile.check().map(\.message) == ["without a header, the mapping must say by number which columns are read"])
        profile = Profile(
            format: .csv(CSVDialect()), mapping: [ColumnRule(column: .name("A"), target: "Type")], ignoredColumns: ["A"])
        #expect(profile.check().map(\.message) == ["mapping for column 'A': it is also ignored"])
    }

    @Test(arguments: [
        CSVDialect(delimiter: "\""), CSVDialect(delimiter: "\n"), CSVDialect(quote: "“"), CSVDialect(quote: "\r"),
    ])
    func dialectsThatCantBeRead(_ dialect: CSVDialect) { #expect(Profile(format: .csv(dialect)).check().map(\.message).count == 1) }

    @Test func constants() {
        let profile = Profile(
            format: .csv(CSVDialect()),
            constants: [.init(path: "Nope", value: "1"), .init(path: "Type", value: ""), .init(path: "CocDataGroup.Type", value: "x")])
        #expect(
            profile.check().map(\.message) == [
                "constant 'Nope': there is no element of this name in IVI 2.0", "constant 'Type': its value is empty",
                "constant 'CocDataGroup.Type': it is given twice",
            ])
    }

    @Test func messagesHaveNoColumns() {
        let profile = Profile(format: .ivi(existingSignature: .reject), ignoredColumns: ["A"])
        #expect(profile.check().map(\.message) == ["a ready IVI message has no columns to map or to ignore"])
    }
}
