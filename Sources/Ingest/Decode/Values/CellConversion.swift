import Certificate

/// A `ValueConversion` made ready for the type of one element. A class, so that a row doesn't copy its tables.
final class CellConversion: Sendable {
    /// What became of a cell.
    enum Result: Equatable {
        case value(String)
        case absent
        case problem(DecodingRule, message: String, remedy: String)
    }

    private enum Kind: Sendable {
        case asItIs
        case number(DecimalNumber.Notation, factor: DecimalNumber?, isWhole: Bool)
        case date(DateForm, withTime: Bool)
    }

    let trims: Bool
    private let missing: Set<String>
    private let codes: [String: String]
    private let accepted: Set<String>
    private let uppercase: Bool
    private let kind: Kind
    /// Nothing is to be done but trimming.
    let isPlain: Bool

    /// - Throws: a sentence about what the conversion can't do; never for a profile whose `check()` found nothing.
    init(_ conversion: ValueConversion, for type: SimpleType) throws(ConversionProblem) {
        trims = conversion.trim
        missing = Set(conversion.missing)
        codes = conversion.codes
        accepted = Set(conversion.codes.values)
        uppercase = conversion.uppercase
        kind = try Self.kind(conversion, type)
        if case .asItIs = kind {
            isPlain = missing.isEmpty && codes.isEmpty && !uppercase
        } else {
            isPlain = false
        }
    }

    private static func kind(_ conversion: ValueConversion, _ type: SimpleType) throws(ConversionProblem) -> Kind {
        switch type.form {
        case .decimal: return try number(conversion, isWhole: false)
        case .integer: return try number(conversion, isWhole: true)
        case .date: return try date(conversion, withTime: false)
        case .dateTime: return try date(conversion, withTime: true)
        case .text, .codes: return .asItIs
        }
    }

    private static func number(_ conversion: ValueConversion, isWhole: Bool) throws(ConversionProblem) -> Kind {
        guard conversion.decimalComma || conversion.thousandsSeparator != nil || conversion.factor != nil else { return .asItIs }
        let notation = DecimalNumber.Notation(
            decimalComma: conversion.decimalComma, thousandsSeparator: conversion.thousandsSeparator)
        guard let text = conversion.factor else { return .number(notation, factor: nil, isWhole: isWhole) }
        guard let factor = try? DecimalNumber(text), !factor.isZero else {
            throw ConversionProblem(reason: "the factor '\(text)' is no decimal number other than zero, such as 0.001")
        }
        return .number(notation, factor: factor, isWhole: isWhole)
    }

    private static func date(_ conversion: ValueConversion, withTime: Bool) throws(ConversionProblem) -> Kind {
        guard let text = conversion.dateForm else { return .asItIs }
        let form: DateForm
        do {
            form = try DateForm(text)
        } catch {
            throw ConversionProblem(reason: "the date form '\(text)' can't be used: \(error.reason)")
        }
        guard form.hasTime || !withTime else {
            throw ConversionProblem(reason: "the date form '\(text)' has no time of day (HH, mm and ss), which this element needs")
        }
        return .date(form, withTime: withTime)
    }

    /// - Parameter text: the cell, already trimmed where the conversion trims; never empty.
    func convert(_ text: String) -> Result {
        if isPlain { return .value(text) }
        if missing.contains(text) { return .absent }
        var value = text
        if !codes.isEmpty {
            if let code = codes[text] {
                value = code
            } else if !accepted.contains(text) {
                return unknownCode(text)
            }
        }
        if uppercase { value = value.uppercased() }
        switch kind {
        case .asItIs: return .value(value)
        case .number(let notation, let factor, let isWhole): return Self.number(value, notation, factor, isWhole)
        case .date(let form, let withTime):
            if let date = form.convert(value, withTime: withTime) { return .value(date) }
            return .problem(
                .notADate, message: "This is no date of the form \(form), or not in the calendar.",
                remedy: "Write the date as \(form), or change the date form in the source's settings.")
        }
    }

    private func unknownCode(_ text: String) -> Result {
        let known = codes.keys.sorted().prefix(12).map { "'\($0)'" }.joined(separator: ", ")
        return .problem(
            .unknownCode, message: "This code is not in the source's code table, which has \(known)\(codes.count > 12 ? " and more" : "").",
            remedy: "Correct the code, or add it to the column's code table.")
    }

    private static func number(
        _ text: String, _ notation: DecimalNumber.Notation, _ factor: DecimalNumber?, _ isWhole: Bool
    ) -> Result {
        do throws(DecimalNumber.Problem) {
            var number = try DecimalNumber(text, notation)
            if let factor { number = number.multiplied(by: factor).withoutTrailingZeros() }
            return .value((isWhole ? number.wholeWherePossible() : number).text)
        } catch {
            let sign = notation.decimalComma ? "comma" : "point"
            switch error {
            case .notANumber:
                return .problem(
                    .notANumber, message: "This is no number with a decimal \(sign).",
                    remedy: "Write digits with a decimal \(sign), or change the number format in the source's settings.")
            case .misplacedSeparator:
                return .problem(
                    .misplacedSeparator, message: "The thousands separator doesn't stand between groups of three digits.",
                    remedy: "Write the number without separators; check whether the decimal sign in the source's settings is right.")
            }
        }
    }
}

/// What a conversion can't do, as part of a sentence.
struct ConversionProblem: Error, Equatable {
    let reason: String
}
