import Certificate

extension ReferenceLibrary {
    /// Reads an IVI-shaped XML file: everything that is the same for all vehicles of one approval, type, variant and version, without
    /// signature, VIN, date of manufacture and the header values that are new in each message. Required elements may be
    /// missing; the record
    /// or the source's constants give them. Free of I/O; may run on any number of threads.
    /// - Parameters:
    ///   - name: of the file, for findings.
    ///   - sha256: of `bytes`, in lower-case hexadecimal; it is taken as given.
    public static func read(name: String, bytes: [UInt8], sha256: String) throws(ReferenceRejection) -> ReferenceRecord {
        let message: Message
        do {
            message = try MessageReader.read(bytes, kind: .reference)
        } catch {
            throw ReferenceRejection(name: name, findings: [error.finding])
        }
        var findings = message.findings.filter { $0.severity == .error }
        var validity = Validity.always
        do { validity = try ReferenceInstruction.read(message.instructions) } catch {
            findings.append(ReferenceProblem.validity(error.description).finding(nil))
        }
        if message.hasSignature { findings.append(ReferenceProblem.signed.finding(nil)) }
        for field in message.values.fields {
            findings += problems(with: field)
        }
        switch ReferenceKey.read(message.values) {
        case .missing(let names):
            findings += names.map { ReferenceProblem.missingKey($0).finding(nil) }
        case .key(let key):
            guard findings.isEmpty else { break }
            let values = FieldValues(message.values.fields.map { Field($0.key, $0.value, .reference) })
            return ReferenceRecord(key: key, values: values, sha256: sha256, name: name, bytes: bytes, validity: validity)
        }
        throw ReferenceRejection(name: name, findings: findings)
    }

    private static func problems(with field: Field) -> [Finding] {
        let (element, _) = field.key.resolve(in: .initialVehicleInformation)
        var findings: [Finding] = []
        if ofOneVehicle.contains(field.key) { findings.append(ReferenceProblem.ofOneVehicle(element.name).finding(field)) }
        if let problem = element.simpleType?.problem(with: field.value) {
            findings.append(ReferenceProblem.value(element.name, problem).finding(field))
        }
        return findings
    }

    /// What differs from vehicle to vehicle or from message to message.
    static let ofOneVehicle: Set<FieldKey> = CertificateDraft.newInEachMessage.union(
        [Place.vehicleIdentificationNumber, .dateManufactureVehicle, .productionSequentialNumberSmallSeries].compactMap { $0.key() })
}

/// What may be wrong with a reference file, beside its XML.
enum ReferenceProblem {
    case signed
    case missingKey(String)
    case ofOneVehicle(String)
    case validity(String)
    case value(String, String)

    /// - Parameter field: a value with the line it stands on as its origin.
    func finding(_ field: Field?) -> Finding {
        var line: Int?
        if case .record(let number) = field?.origin { line = number }
        return Finding(
            rule: rule, severity: .error, row: line, element: field.map { FieldPath.write($0.key) }, value: field?.value, message: message,
            remedy: remedy)
    }

    private var rule: String {
        switch self {
        case .value: CatalogueRules.valueType.id
        case .validity: ReferenceRules.validity.id
        case .signed, .missingKey, .ofOneVehicle: ReferenceRules.referenceFile.id
        }
    }

    private var message: String {
        switch self {
        case .signed: "The reference data carries a signature."
        case .missingKey(let name): "\(name) is missing, so it isn't known which vehicles the reference data is for."
        case .ofOneVehicle(let name): "\(name) belongs to one vehicle or one message, not to reference data."
        case .validity(let problem): problem
        case .value(let name, let problem): "\(name): \(problem)."
        }
    }

    private var remedy: String {
        switch self {
        case .signed: "Remove the Signature element."
        case .missingKey(let name): "Give \(name)."
        case .ofOneVehicle(let name): "Remove \(name); the record gives it."
        case .validity: ReferenceRules.validity.remedy
        case .value: "Correct the value."
        }
    }
}
