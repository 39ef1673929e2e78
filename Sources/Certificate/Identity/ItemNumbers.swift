extension TypeApprovalNumber.Framework {
    /// The act under which vehicles of a category are approved.
    ///
    /// - Parameter category: as `VehicleCategory` has it, such as `M1` or `L1e-B`. Its first letter decides.
    /// - Returns: nil for a letter that no act knows.
    public init?(category: String) {
        guard let letter = category.first, let found = Self.allCases.first(where: { $0.categoryLetters.contains(letter) }) else {
            return nil
        }
        self = found
    }
}

extension Element {
    /// The number of the item that shows the value on a certificate under that act.
    ///
    /// The catalogue has the numbers of Regulation (EU) 2020/683, which are those of certificates under 2018/858. Of certificates under
    /// 168/2013 and 167/2013 none are known: so there is none.
    /// - Parameter framework: nil for a vehicle whose act isn't known, which is shown the catalogue's numbers.
    public func item(under framework: TypeApprovalNumber.Framework?) -> String? {
        framework == nil || framework == .motorVehiclesAndTrailers ? item : nil
    }
}
