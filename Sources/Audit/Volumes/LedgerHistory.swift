/// Reads all volumes of a ledger as one history, beside a running daemon. Safe from any thread.
public final class LedgerHistory: Sendable {
    /// The oldest first; the open one is the last.
    public let volumes: [Volume]

    /// One volume and its name.
    public struct Volume: Sendable {
        public let origin: String
        public let reader: LedgerReader

        init(path: String) throws(LedgerError) {
            reader = try LedgerReader(path: path)
            guard let note = CheckpointNote(try reader.head()) else {
                throw FrontierLoader.contradiction("the signed head isn't a checkpoint", path)
            }
            origin = note.origin
        }
    }

    /// An entry and the volume it stands in.
    public struct Place: Sendable {
        public let volume: Volume
        public let entry: LedgerEntry

        public init(volume: Volume, entry: LedgerEntry) { (self.volume, self.entry) = (volume, entry) }
    }

    /// - Parameter path: of the open volume. With that of a closed one, or of a copy, this is the history of that file alone.
    public init(path: String) throws(LedgerError) {
        var files: VolumeFiles
        var volumes: [Volume]
        repeat {
            files = try VolumeFiles(ofLedger: path)
            volumes = []
            for path in files.allPaths { volumes.append(try Volume(path: path)) }
            // A volume may have been closed meanwhile.
        } while try VolumeFiles(ofLedger: path) != files
        self.volumes = volumes
    }

    public var newest: Volume { volumes[volumes.count - 1] }

    /// The volume with this name, or nil.
    public func volume(_ origin: String) -> Volume? { volumes.first { $0.origin == origin } }

    /// The newest volume that says something of a submission or of a vehicle, or nil.
    public func newest(knowing subject: String) throws(LedgerError) -> Volume? {
        for volume in volumes.reversed() {
            let reader = volume.reader
            if try reader.submission(subject) != nil { return volume }
            if try !reader.history(vin: subject).isEmpty { return volume }
        }
        return nil
    }

    /// The newest submissions first; nil leaves a condition out.
    public func submissions(
        source: String? = nil, stage: String? = nil, vin: String? = nil, limit: Int = 100
    ) throws(LedgerError) -> [SubmissionState] {
        var found: [SubmissionState] = []
        for volume in volumes.reversed() where found.count < limit {
            found += try volume.reader.submissions(source: source, stage: stage, vin: vin, limit: limit - found.count)
        }
        return found
    }

    /// Everything recorded about one submission, in order.
    public func history(submission: String) throws(LedgerError) -> [Place] {
        try places { (reader) throws(LedgerError) in try reader.history(submission: submission) }
    }

    /// Everything recorded about one vehicle, in order.
    public func history(vin: String) throws(LedgerError) -> [Place] {
        try places { (reader) throws(LedgerError) in try reader.history(vin: vin) }
    }

    /// A vehicle's certificates by stage and version, each as its newest volume has it.
    public func certificates(vin: String) throws(LedgerError) -> [CertificateState] {
        var newest: [[Int]: CertificateState] = [:]
        for volume in volumes { for state in try volume.reader.certificates(vin: vin) { newest[[state.stage, state.version]] = state } }
        return newest.values.sorted { ($0.stage, $0.version) < ($1.stage, $1.version) }
    }

    /// The newest entry of one of the daemon's own kinds (`configured`, `key-used`, ...) before a place, in its volume or an older one: what
    /// was in force there. A new volume begins without any.
    /// - Parameter saying: only one whose field of this name has this text.
    public func landmark(
        _ kind: Event.Kind, before place: Place, saying field: (name: String, text: String)? = nil
    ) throws(LedgerError) -> Place? {
        for volume in volumes.reversed().drop(while: { $0.origin != place.volume.origin }) {
            let end = volume.origin == place.volume.origin ? place.entry.position : .max
            if let entry = try volume.reader.landmark(kind, before: end, saying: field) { return Place(volume: volume, entry: entry) }
        }
        return nil
    }

    /// Every version of reference data, by key and age, whichever volumes speak of it.
    public func referenceVersions() throws(LedgerError) -> [ReferenceVersion] {
        ReferenceVersion.fold(try places { (reader) throws(LedgerError) in try reader.referenceEntries() }.map(\.entry))
    }

    /// Everything recorded about one version of reference data, in order.
    public func history(of reference: ReferenceVersion) throws(LedgerError) -> [Place] {
        try places { (reader) throws(LedgerError) in
            try reader.referenceEntries().filter { $0.record?.text("sha256") == reference.sha256 }
        }
    }

    private func places(_ entries: (LedgerReader) throws(LedgerError) -> [LedgerEntry]) throws(LedgerError) -> [Place] {
        var places: [Place] = []
        for volume in volumes { for entry in try entries(volume.reader) { places.append(Place(volume: volume, entry: entry)) } }
        return places
    }
}

extension LedgerHistory {
    /// Compares each head with the volume that it is of; one of no volume says nothing.
    ///
    /// - Parameter key: of any volume; nil leaves the heads' signatures unchecked.
    public func compare(with heads: [OutsideHead], key: VerifierKey?) throws(LedgerError) -> [HeadComparison] {
        var comparisons: [HeadComparison] = []
        for volume in volumes {
            let own = heads.filter { (self.volume($0.note.origin) ?? newest).origin == volume.origin }
            if !own.isEmpty { comparisons += try volume.reader.compare(with: own, key: key) }
        }
        return comparisons
    }
}
