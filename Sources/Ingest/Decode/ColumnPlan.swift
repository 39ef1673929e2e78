import Certificate

/// Where each column of one file goes: worked out once from header and profile, so that a row is only text work.
struct ColumnPlan {
    struct Column {
        /// The place in the row, from 0.
        let index: Int
        let key: FieldKey
        let conversion: CellConversion
    }

    /// The columns that are read, in the order of their places in the message.
    let columns: [Column]
    /// Columns without a name, from 0: they must stay empty.
    let nameless: [Int]
    /// How many fields every row must have.
    let width: Int
    /// The headers, trimmed; empty where the file has none.
    let names: [String]

    /// What the header calls a column, or `column 7`.
    func name(_ index: Int) -> String {
        names.indices.contains(index) && !names[index].isEmpty ? names[index] : "column \(index + 1)"
    }
}

/// Works out a `ColumnPlan`.
struct ColumnPlanner {
    private let profile: Profile
    private let names: [String]
    private let width: Int
    private let catalogue = Catalogue.initialVehicleInformation
    private var columns: [ColumnPlan.Column] = []
    private var nameless: [Int] = []
    private var unknown: [Int] = []

    /// - Parameter names: the headers, trimmed; empty where the file has none.
    static func plan(_ profile: Profile, names: [String], width: Int) throws(FileRejection) -> ColumnPlan {
        var planner = ColumnPlanner(profile, names, width)
        try planner.checkWidth()
        try planner.checkHeaders()
        if profile.mapping.isEmpty {
            try planner.readPaths()
        } else {
            try planner.readMapping()
        }
        try planner.checkUnknown()
        return try planner.result()
    }

    private init(_ profile: Profile, _ names: [String], _ width: Int) {
        self.profile = profile
        self.names = names
        self.width = width
    }

    private func checkWidth() throws(FileRejection) {
        guard width > profile.limits.columns else { return }
        throw FileRejection(
            .tooManyColumns, row: 1, "The first row has \(width) columns; the limit is \(profile.limits.columns).",
            remedy: "Check the delimiter in the source's settings.")
    }

    private func checkHeaders() throws(FileRejection) {
        var seen: [String: Int] = [:]
        for (index, name) in names.enumerated() where !name.isEmpty && !isIgnored(name) {
            if let first = seen[name] {
                throw FileRejection(
                    .duplicateColumn, row: 1, column: name, "Columns \(first + 1) and \(index + 1) have the same name '\(name)'.",
                    remedy: "Export the column once, or give the columns different names.")
            }
            seen[name] = index
        }
    }

    private func isIgnored(_ name: String) -> Bool { profile.ignoredColumns.contains(name) }

    private mutating func readPaths() throws(FileRejection) {
        for (index, name) in names.enumerated() where !isIgnored(name) {
            if name.isEmpty {
                nameless.append(index)
            } else if let key = try? FieldPath.parse(name, in: catalogue) {
                try add(index, key, profile.defaultConversion)
            } else if !profile.ignoredColumns.contains("*") {
                unknown.append(index)
            }
        }
    }

    private mutating func readMapping() throws(FileRejection) {
        var mapped: Set<Int> = []
        for rule in profile.mapping {
            let index = try place(of: rule.column)
            let key: FieldKey
            do {
                key = try FieldPath.parse(rule.target, in: catalogue)
            } catch {
                throw Self.profileError("mapping for column \(rule.column): \(error)")
            }
            guard mapped.insert(index).inserted else {
                throw Self.profileError("column \(rule.column) is mapped twice")
            }
            try add(index, key, rule.conversion)
        }
        guard !profile.ignoredColumns.contains("*") else { return }
        for (index, name) in names.enumerated() where !mapped.contains(index) && !isIgnored(name) {
            if name.isEmpty { nameless.append(index) } else { unknown.append(index) }
        }
    }

    private func place(of column: ColumnRule.Column) throws(FileRejection) -> Int {
        switch column {
        case .number(let number):
            if 1...max(width, 1) ~= number { return number - 1 }
            throw FileRejection(
                .missingColumn, row: 1, "The source's settings map column \(number), but the file has \(width) columns.",
                remedy: "Check the delimiter and the column numbers in the source's settings.")
        case .positions:
            if let index = names.firstIndex(of: column.description) { return index }
            throw Self.profileError("\(column) can only be mapped in a file with fixed columns")
        case .name(let name):
            if let index = names.firstIndex(of: name) { return index }
            let nearest = NearestName.of(name, among: names).map { " The nearest name in the file is '\($0)'." } ?? ""
            throw FileRejection(
                .missingColumn, row: 1, column: name, "The file has no column '\(name)', which the source's settings map.\(nearest)",
                remedy: "Export the column, or correct its name in the source's settings.")
        }
    }

    private mutating func add(_ index: Int, _ key: FieldKey, _ conversion: ValueConversion) throws(FileRejection) {
        let element = key.resolve(in: catalogue).element
        guard let type = element.simpleType else { return }
        do {
            let conversion = try CellConversion(conversion, for: type)
            columns.append(ColumnPlan.Column(index: index, key: key, conversion: conversion))
        } catch {
            throw Self.profileError("column \(index + 1) for '\(FieldPath.write(key, in: catalogue))': \(error.reason)")
        }
    }

    private static func profileError(_ sentence: String) -> FileRejection {
        FileRejection(
            .profile, cause: .profile, "The source's profile has an error: \(sentence).", remedy: "Mend the profile and try the file again."
        )
    }

    private func checkUnknown() throws(FileRejection) {
        guard let first = unknown.first else { return }
        let shown = unknown.prefix(5).map { describeUnknown(names[$0]) }.joined(separator: ", ")
        let more = unknown.count > 5 ? " and \(unknown.count - 5) more" : ""
        let what = profile.mapping.isEmpty ? "no path of IVI 2.0" : "neither mapped nor ignored in the source's settings"
        throw FileRejection(
            .unknownColumn, row: 1, column: names[first],
            "\(unknown.count == 1 ? "One column is" : "\(unknown.count) columns are") \(what): \(shown)\(more).",
            remedy: "Correct the names in the export, or map or ignore the columns in the source's settings.")
    }

    private func describeUnknown(_ name: String) -> String {
        guard profile.mapping.isEmpty else { return "'\(name)'" }
        if let nearest = NearestName.ofPath(name, in: catalogue), nearest != name { return "'\(name)' (nearest: \(nearest))" }
        do {
            _ = try FieldPath.parse(name, in: catalogue)
            return "'\(name)'"
        } catch {
            return "'\(name)' (\(error.reason))"
        }
    }

    private func result() throws(FileRejection) -> ColumnPlan {
        let sorted = columns.sorted { ($0.key, $0.index) < ($1.key, $1.index) }
        for (left, right) in zip(sorted, sorted.dropFirst()) where left.key == right.key {
            let path = FieldPath.write(left.key, in: catalogue)
            throw FileRejection(
                .duplicateColumn, row: 1, column: names.isEmpty ? nil : names[right.index],
                "Columns \(left.index + 1) and \(right.index + 1) are both for \(path).",
                remedy: "Keep one of the two columns, or give its path the number of another group, such as AxleTable[2].")
        }
        return ColumnPlan(columns: sorted, nameless: nameless, width: width, names: names)
    }
}
