/// Where the values of one column go, and how their text becomes the value of the element.
public struct ColumnRule: Sendable, Equatable {
    public var column: Column
    /// The path of the element (`FieldPath`).
    public var target: String
    public var conversion: ValueConversion

    public enum Column: Sendable, Equatable, CustomStringConvertible {
        /// The header, compared exactly after trimming.
        case name(String)
        /// The place in the row, from 1.
        case number(Int)
        /// The characters of a line, from 1.
        case positions(ClosedRange<Int>)

        public var description: String {
            switch self {
            case .name(let name): "'\(name)'"
            case .number(let number): "number \(number)"
            case .positions(let range): "positions \(range.lowerBound)-\(range.upperBound)"
            }
        }
    }

    public init(column: Column, target: String, conversion: ValueConversion = ValueConversion()) {
        self.column = column
        self.target = target
        self.conversion = conversion
    }
}

/// What is done to the text of a cell, in this order: trim, missing, codes, upper case, then number or date as the element's type asks.
///
/// Only what can be done without judging the vehicle: no rounding, no guessing. A cell that is empty after trimming is an absent value.
public struct ValueConversion: Sendable, Equatable {
    /// Cuts white space, no-break spaces included, at both ends.
    public var trim: Bool
    /// Texts that mean "no value", such as `-` or `0000-00-00`.
    public var missing: [String]
    /// The source's codes and what they are in IVI; a text that is in neither column of the table is a finding.
    public var codes: [String: String]
    public var uppercase: Bool
    /// For numbers: the decimal sign is a comma.
    public var decimalComma: Bool
    /// For numbers: stands between groups of three digits. A space means any kind of space.
    public var thousandsSeparator: Unicode.Scalar?
    /// For numbers: a decimal number that the value is multiplied with, exactly, such as `0.001` or `1000`.
    public var factor: String?
    /// For dates: the form, of `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss`, `M` and `d`; other characters stand for themselves.
    /// Nil: the text stays as it is.
    public var dateForm: String?

    public init(
        trim: Bool = true, missing: [String] = [], codes: [String: String] = [:], uppercase: Bool = false, decimalComma: Bool = false,
        thousandsSeparator: Unicode.Scalar? = nil, factor: String? = nil, dateForm: String? = nil
    ) {
        self.trim = trim
        self.missing = missing
        self.codes = codes
        self.uppercase = uppercase
        self.decimalComma = decimalComma
        self.thousandsSeparator = thousandsSeparator
        self.factor = factor
        self.dateForm = dateForm
    }
}
